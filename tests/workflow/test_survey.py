"""What is opened is surveyed from headers: series, records and identity, and no pixel."""

from __future__ import annotations

import shutil
import zipfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from medmm.core.case import Case, CaseSources
from medmm.core.errors import Cancelled, UnreadableFile
from medmm.core.progress import CancelToken
from medmm.core.resources import resource
from medmm.imaging import pixel_stack, reader, scan, volume
from medmm.workflow.engine_process import _sendable
from medmm.workflow.open_case import open_case
from medmm.workflow.places import Places
from medmm.workflow.series import read_middle, read_series
from medmm.workflow.survey import survey
from tests.imaging.builders import write_image
from tests.records.wave_builders import write_tone
from tests.workflow.patients_on_disk import SMALL, write_film, write_stack


@pytest.fixture
def no_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object, **_more: object) -> None:
        raise AssertionError("pixels were decoded")

    monkeypatch.setattr(volume, "read_pixels", refuse)
    monkeypatch.setattr(pixel_stack, "read_pixels", refuse)
    monkeypatch.setattr(reader, "read_picture", refuse)


@pytest.mark.usefixtures("no_pixels")
def test_the_sample_is_surveyed_as_it_is_opened_but_for_its_pixels() -> None:
    folder = resource("samples", "chest_pneumonia")

    (found,) = survey(CaseSources(folder), folder)

    assert found.images == ()
    assert [series.header.modality for series in found.series] == ["DX"]
    assert (len(found.notes), len(found.vitals), found.stop) == (1, 1, None)


def test_a_survey_and_an_opening_agree_on_patient_time_and_identity() -> None:
    folder = resource("samples", "chest_pneumonia")

    (found,) = survey(CaseSources(folder), folder)
    opened = open_case(CaseSources(folder))

    assert (found.patient, found.index_time, found.notes, found.vitals) == (
        opened.patient,
        opened.index_time,
        opened.notes,
        opened.vitals,
    )
    assert [check for check in found.checks if check.code.startswith("identity")] == [
        check for check in opened.checks if check.code.startswith("identity")
    ]


def test_a_note_of_another_patient_stops_the_survey_too(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resource("samples", "chest_pneumonia"), tmp_path / "patient"))
    own = open_case(CaseSources(folder)).patient.patient_id
    note = folder / "note.txt"
    note.write_text(note.read_text(encoding="utf-8").replace(own, "OTHER999"), encoding="utf-8")

    (found,) = survey(CaseSources(folder), folder)

    assert found.stop is not None
    assert "OTHER999" in found.stop.message


def test_series_are_told_while_the_survey_goes_on_and_each_keeps_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "growing_scan", partial(scan.growing_scan, every_s=0.0))
    for number in range(3):
        write_film(tmp_path, number)
    told: list[tuple[Case, ...]] = []

    (found,) = survey(CaseSources(tmp_path), tmp_path, on_found=told.append)

    assert [len(cases[0].series) for cases in told[:3]] == [1, 2, 3]
    assert {series.key for series in told[0][0].series} <= {series.key for series in found.series}


def test_two_patients_in_one_folder_are_two_cases_each_with_its_own_records(tmp_path: Path) -> None:
    write_film(tmp_path, 1)
    write_film(tmp_path, 2, PatientID="P2", PatientName="OTHER^BERT", PatientBirthDate="19500505", PatientSex="M")
    (tmp_path / "one.txt").write_text("Patient ID: P1\n\nHistory: cough for three days.\n", encoding="utf-8")
    (tmp_path / "none.txt").write_text("History: fever and cough for three days.\n", encoding="utf-8")

    first, second = survey(CaseSources(tmp_path), tmp_path)

    assert (first.patient.patient_id, second.patient.patient_id) == ("P1", "P2")
    assert ([note.path.name for note in first.notes], second.notes) == (["one.txt"], ())
    assert {skipped.path.name for skipped in first.skipped} == {"none.txt"}
    assert (first.stop, second.stop) == (None, None)
    assert open_case(first.sources).patient.patient_id == "P1"


def test_one_id_with_two_birth_dates_is_never_one_patient(tmp_path: Path) -> None:
    write_film(tmp_path, 1)
    write_film(tmp_path, 2, PatientBirthDate="19500505")

    assert len(survey(CaseSources(tmp_path), tmp_path)) == 2


def test_a_patient_whose_name_gained_an_ideographic_group_stays_one(tmp_path: Path) -> None:
    write_film(tmp_path, 1, PatientName="WANG^XIAOHONG")
    write_film(tmp_path, 2, PatientName="WANG^XIAOHONG=王^小红")

    assert len(survey(CaseSources(tmp_path), tmp_path)) == 1


def test_an_archive_stays_unpacked_until_it_is_released(tmp_path: Path) -> None:
    write_film(tmp_path / "patient", 1)
    path = tmp_path / "patient.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(tmp_path / "patient" / "film001.dcm", "film001.dcm")
    places = Places()

    root = places.open(path)
    (found,) = survey(CaseSources(path), root)

    assert read_series(found.series[0]).stored[0].tolist() == SMALL.tolist()
    places.release(path)
    assert not root.exists()


def test_the_pixels_of_a_series_come_with_what_the_scan_saw_of_it(tmp_path: Path) -> None:
    write_stack(tmp_path, 1, n_slices=3)
    write_stack(tmp_path / "other", 1, n_slices=3, PixelSpacing=["1", "1"])
    series = survey(CaseSources(tmp_path), tmp_path)[0].series

    image = read_series(series[0])

    assert image.n_slices == 3
    assert "series_split" in {note.code for note in image.notes}


def test_a_thumbnail_reads_one_slice_alone(tmp_path: Path) -> None:
    write_stack(tmp_path, 1, n_slices=5)
    (series,) = survey(CaseSources(tmp_path), tmp_path)[0].series

    middle = read_middle(series)

    assert middle is not None
    assert middle.n_slices == 1


def test_of_a_large_multi_frame_object_a_thumbnail_reads_the_frame_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.arange(5, dtype=np.uint16)[:, None, None] + np.zeros((5, 6, 8), np.uint16)
    write_image(tmp_path / "cine.dcm", pixels, modality="US")
    (series,) = survey(CaseSources(tmp_path), tmp_path)[0].series
    monkeypatch.setattr("medmm.workflow.series.MAX_THUMBNAIL_BYTES", 200)

    middle = read_middle(series)

    assert middle is not None
    assert middle.stored.shape == (1, 6, 8)
    assert (middle.stored == 2).all()

    monkeypatch.setattr("medmm.workflow.series.MAX_THUMBNAIL_BYTES", 90)
    assert read_middle(series) is None


def test_a_series_that_does_not_fit_in_memory_is_refused_with_both_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_film(tmp_path, 1)
    (series,) = survey(CaseSources(tmp_path), tmp_path)[0].series
    monkeypatch.setattr("medmm.workflow.series.available_bytes", lambda: 1 << 20)

    with pytest.raises(Exception, match=r"needs .* of memory; 1.0 MiB are left"):
        read_series(series)


def test_a_survey_of_nothing_and_a_cancelled_one_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_film(tmp_path / "full", 1)
    cancel = CancelToken()
    cancel.set()

    with pytest.raises(UnreadableFile, match="'empty' holds no image"):
        survey(CaseSources(tmp_path / "empty"), tmp_path / "empty")
    with pytest.raises(Cancelled):
        survey(CaseSources(tmp_path / "full"), tmp_path / "full", cancel=cancel)


def test_named_files_alone_are_opened(tmp_path: Path) -> None:
    write_film(tmp_path, 1)
    write_film(tmp_path, 2)

    (found,) = survey(CaseSources(tmp_path, files=("film002.dcm", "gone.dcm")), tmp_path)

    assert [series.paths[0].name for series in found.series] == ["film002.dcm"]
    assert [skipped.path.name for skipped in found.skipped] == ["gone.dcm"]


def test_the_engine_is_sent_the_sources_of_a_case_without_pixels(tmp_path: Path) -> None:
    write_film(tmp_path, 1)
    write_film(tmp_path, 2, PatientID="P2")

    first, _ = survey(CaseSources(tmp_path, identity_override="why"), tmp_path)

    assert _sendable(first) == CaseSources(tmp_path, identity_override="why", files=("film001.dcm",))


def test_a_recording_is_surveyed_and_in_a_mixed_folder_it_is_nobodys(tmp_path: Path) -> None:
    write_film(tmp_path, 1, PatientID="A", PatientName="A^A")
    write_tone(tmp_path / "base.wav")
    (alone,) = survey(CaseSources(tmp_path), tmp_path)
    write_film(tmp_path, 2, PatientID="B", PatientName="B^B")

    mixed = survey(CaseSources(tmp_path), tmp_path)

    assert [sound.path.name for sound in alone.audio] == ["base.wav"]
    assert [(case.audio, [s.code for s in case.skipped]) for case in mixed] == [((), ["owner_unknown"])] * 2
