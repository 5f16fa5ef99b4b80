"""Files that a scored case leaves behind."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.case import Case, CaseSources
from medmm.core.errors import ReportError, StorageError
from medmm.core.progress import CancelToken
from medmm.core.quality import InputFile, InputKind
from medmm.storage import atomic
from medmm.workflow import open_case as opening
from medmm.workflow.export import write_report_again, write_report_of, write_result
from tests.report.builders import make_case, make_explanation, make_finding, make_heatmap, make_image, make_result
from tests.report.pdf_tools import squeeze, text_of


def small_case() -> Case:
    """A case with a small image."""
    return make_case(images=(make_image(64, 56),))


def test_write_result_leaves_json_overlay_and_pdf(tmp_path: Path) -> None:
    written = write_result(small_case(), make_result(), tmp_path / "out", pdf=True)

    assert [path.name for path in written] == ["result.json", "overlay_pneumonia.png", "report.pdf"]
    assert sorted(os.listdir(tmp_path / "out")) == ["overlay_pneumonia.png", "report.pdf", "result.json"]
    document = json.loads(written[0].read_text(encoding="utf-8"))
    assert document["explanation"]["finding"]["pneumonia"]["heatmap"]["file"] == "overlay_pneumonia.png"
    assert written[1].read_bytes().startswith(b"\x89PNG")
    assert written[2].read_bytes().startswith(b"%PDF-")


def test_write_result_writes_no_overlay_for_a_negative_or_unstable_finding(tmp_path: Path) -> None:
    unstable = replace(make_explanation("pneumonia"), heatmap=replace(make_heatmap(), stability=0.2))
    result = make_result(explanations={"pneumonia": unstable, "nodule": make_explanation("nodule")})

    written = write_result(small_case(), result, tmp_path)

    assert [path.name for path in written] == ["result.json"]


def test_nothing_of_an_earlier_patient_stays_beside_the_new_result(tmp_path: Path) -> None:
    write_result(small_case(), make_result(), tmp_path, pdf=True)
    (tmp_path / "mine.png").write_bytes(b"not ours")

    write_result(small_case(), make_result(patient_id="other", explanations={}), tmp_path)

    assert sorted(os.listdir(tmp_path)) == ["mine.png", "result.json"]


def test_chinese_names_are_readable_in_the_json(tmp_path: Path) -> None:
    case = small_case()

    (path, *_) = write_result(replace(case, patient=replace(case.patient, name="王^小红")), make_result(), tmp_path)

    assert "王^小红" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../../evil", "a/b", "con:", "x" * 300])
def test_finding_name_cannot_lead_out_of_the_folder(name: str, tmp_path: Path) -> None:
    result = make_result(findings=(make_finding(name, 0.9),), explanations={name: make_explanation(name)}, shares={})

    written = write_result(small_case(), result, tmp_path / "out")

    assert len(written) == 2
    assert {path.parent for path in written} == {tmp_path / "out"}
    assert os.listdir(tmp_path) == ["out"]


def test_full_disk_leaves_the_older_result_and_no_debris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, result = make_case(images=()), make_result(explanations={})
    (old, *_) = write_result(case, result, tmp_path)
    before = old.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(StorageError, match=r"result.json could not be written \([\d,]+ bytes needed\)"):
        write_result(case, replace(result, patient_id="other"), tmp_path)

    assert old.read_bytes() == before
    assert os.listdir(tmp_path) == ["result.json"]


def test_report_again_from_the_stored_result_alone(tmp_path: Path) -> None:
    write_result(small_case(), make_result(), tmp_path)

    path = write_report_again(tmp_path / "result.json", tmp_path / "again.pdf")

    text = text_of(path.read_bytes(), tmp_path)
    for words in ("MILLER ANNA", "12 March 1961 (65 y)", "Chest radiograph", "0.83", "pneumonia +0.52", "38.8"):
        assert squeeze(words) in text, words
    assert squeeze("the image itself is not part of it") in text


def test_report_again_without_overlay_files_says_that_it_has_no_image(tmp_path: Path) -> None:
    write_result(small_case(), make_result(), tmp_path)
    (tmp_path / "overlay_pneumonia.png").unlink()

    path = write_report_again(tmp_path / "result.json", tmp_path / "again.pdf")

    assert squeeze("No image in this report.") in text_of(path.read_bytes(), tmp_path)


def test_report_again_with_the_patient_folder_equals_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = small_case()
    write_result(case, make_result(), tmp_path, pdf=True)
    monkeypatch.setattr(opening, "open_case", lambda sources: case)

    again = write_report_again(tmp_path / "result.json", tmp_path / "again.pdf", patient=tmp_path)

    assert again.read_bytes() == (tmp_path / "report.pdf").read_bytes()


def test_report_again_refuses_a_folder_whose_files_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = small_case()
    write_result(case, make_result(), tmp_path)
    changed = replace(case, inputs=(*case.inputs[:2], InputFile(InputKind.VITALS, "vitals.csv", "d" * 64)))
    monkeypatch.setattr(opening, "open_case", lambda sources: changed)

    with pytest.raises(ReportError, match=r"1 of 3 scored files .* first: vitals.csv"):
        write_report_again(tmp_path / "result.json", tmp_path / "again.pdf", patient=tmp_path)


def test_report_again_refuses_a_folder_with_one_note_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # An older note would come first, and the words of the scored one would be marked in it.
    case = small_case()
    write_result(case, make_result(), tmp_path)
    more = replace(case, inputs=(case.inputs[0], InputFile(InputKind.NOTE, "older.txt", "e" * 64), *case.inputs[1:]))
    monkeypatch.setattr(opening, "open_case", lambda sources: more)

    with pytest.raises(ReportError, match="holds 4 inputs, 3 were scored"):
        write_report_again(tmp_path / "result.json", tmp_path / "again.pdf", patient=tmp_path)


def test_report_again_leaves_out_what_was_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = replace(small_case(), vitals=(), inputs=small_case().inputs[:2])
    write_result(case, make_result(), tmp_path)
    asked: list[CaseSources] = []
    monkeypatch.setattr(opening, "open_case", lambda sources: asked.append(sources) or case)

    write_report_again(tmp_path / "result.json", tmp_path / "again.pdf", patient=tmp_path)

    assert InputKind.VITALS in asked[0].without
    assert InputKind.NOTE not in asked[0].without


def test_report_again_of_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"result\.json cannot be read: No such file"):
        write_report_again(tmp_path / "result.json", tmp_path / "again.pdf")


def test_a_report_of_files_that_changed_since_the_score_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "patient"
    folder.mkdir()
    note = folder / "note.txt"
    note.write_text("Patient ID: P1\n\nHistory: cough for three days.\n", encoding="utf-8")
    scored = opening.open_case(CaseSources(folder))
    result = make_result(explanations={}, inputs=scored.inputs)

    write_report_of(scored.sources, result, tmp_path / "same.pdf", cancel=CancelToken())
    note.write_text("Patient ID: P1\n\nHistory: no cough at all.\n", encoding="utf-8")

    assert (tmp_path / "same.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(ReportError, match=r"changed since it was scored, first: note\.txt"):
        write_report_of(scored.sources, result, tmp_path / "changed.pdf", cancel=CancelToken())
    assert not (tmp_path / "changed.pdf").exists()
