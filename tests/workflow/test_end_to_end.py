"""The commands as others script against them: patient folder in, valid documents, files and exit codes out."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from medmm.cli.main import main
from medmm.core.resources import resource

pytestmark = pytest.mark.slow
SHIPPED = resource("models", "chest-multimodal")
SAMPLES = sorted(path for path in resource("samples").glob("*") if path.is_dir())
WITH_ALL = resource("samples", "chest_pneumonia")
KINDS = ("image", "note", "vitals")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped bundle; where there is none yet, a small one with random weights."""
    if SHIPPED.is_dir():
        return SHIPPED
    from tests.models.builders import make_bundle

    return make_bundle(tmp_path_factory.mktemp("models") / "test-model")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command in this process; gives exit code, stdout and stderr, what libraries print included."""

    def _run(*words: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main([str(word) for word in words])
        said = capfd.readouterr()
        return code, said.out, said.err

    return _run


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """The published schema."""
    return Draft202012Validator(json.loads(resource("schema", "medmm.result-1.schema.json").read_text("utf-8")))


def parsed(text: str) -> dict[str, Any]:
    """One JSON document, nothing beside it, no NaN and no Infinity."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} in the document")

    document: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return document


def check_shares(document: dict[str, Any]) -> None:
    """Every finding has shares of exactly the inputs used, which sum to total - baseline; total is its logit."""
    used = {kind for kind, use in document["inputs_used"].items() if use["used"]}
    shares = document["shares"]["finding"]
    assert list(shares) == [finding["name"] for finding in document["findings"]]
    for finding in document["findings"]:
        own = dict(shares[finding["name"]])
        baseline, total = own.pop("baseline"), own.pop("total")
        # What each input's own head says is no part of the sum.
        assert set(own.pop("alone", {})) <= used
        assert set(own) == used
        assert sum(own.values()) == pytest.approx(total - baseline, abs=1e-5)
        assert total == pytest.approx(finding["logit"], abs=1e-4)


def hashes(folder: Path) -> dict[str, str]:
    """What a folder holds."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda path: path.name)
def test_each_sample_gives_one_valid_document(
    folder: Path, bundle: Path, run: Run, validator: Draft202012Validator
) -> None:
    before = hashes(folder)

    code, said, trouble = run("score", folder, "--model", bundle, "--json")

    assert (code, trouble) == (0, "")
    document = parsed(said)
    validator.validate(document)
    check_shares(document)
    there = {file.suffix for file in folder.iterdir()}
    used = {kind: document["inputs_used"][kind]["used"] for kind in KINDS}
    assert used == {"image": ".dcm" in there, "note": ".txt" in there, "vitals": ".csv" in there}
    assert {file["sha256"] for file in document["case"]["inputs"]} == set(before.values())
    assert hashes(folder) == before
    for kind in KINDS:
        assert used[kind] or document["inputs_used"][kind]["gate"], f"no reason why {kind} was not used"


def test_words_of_the_explanation_stand_in_the_note(bundle: Path, run: Run) -> None:
    document = parsed(run("score", WITH_ALL, "--model", bundle, "--json")[1])

    text = (WITH_ALL / "note.txt").read_text("utf-8")
    explained = document["explanation"]["finding"]
    assert explained
    for why in explained.values():
        assert why["tokens"]
        assert why["vitals"]
        assert all(text[token["start"] : token["end"]] == token["text"] for token in why["tokens"])


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_input_it_still_answers_and_says_so(
    kind: str, bundle: Path, run: Run, validator: Draft202012Validator
) -> None:
    whole = parsed(run("score", WITH_ALL, "--model", bundle, "--json")[1])

    code, said, _ = run("score", WITH_ALL, "--model", bundle, "--json", "--without", kind)

    assert code == 0
    document = parsed(said)
    validator.validate(document)
    check_shares(document)
    use = document["inputs_used"][kind]
    assert (use["used"], [note["code"] for note in use["gate"]]) == (False, ["left_out_by_choice"])
    logits = [finding["logit"] for finding in document["findings"]]
    assert logits != pytest.approx([finding["logit"] for finding in whole["findings"]], abs=1e-6)


def test_without_every_input_there_is_no_answer(bundle: Path, run: Run) -> None:
    code, said, trouble = run("score", WITH_ALL, "--model", bundle, "--json", "--without", ",".join(KINDS))

    assert (code, said) == (1, "")
    assert "Traceback" not in trouble


def test_the_table_names_findings_model_and_what_was_missing(bundle: Path, run: Run) -> None:
    code, said, _ = run("score", resource("samples", "chest_no_vitals"), "--model", bundle)

    assert code == 0
    assert "RESEARCH USE ONLY" in said
    assert "without vitals:" in said
    assert "Pneumonia" in said
    identity = json.loads((bundle / "configs" / "metadata.json").read_text("utf-8"))
    assert identity["version"] in said


def test_out_and_pdf_write_the_files_and_the_same_document(
    bundle: Path, run: Run, validator: Draft202012Validator, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    code, said, _ = run("score", WITH_ALL, "--model", bundle, "--json", "--out", out, "--pdf")

    assert code == 0
    document = parsed((out / "result.json").read_text("utf-8"))
    validator.validate(document)
    maps = [why["heatmap"] for why in document["explanation"]["finding"].values() if why["heatmap"]]
    pictures = {heatmap["file"] for heatmap in maps if heatmap["file"]}
    assert {path.name for path in out.iterdir()} == {"result.json", "report.pdf", "seen_image.png", *pictures}
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert parsed(said) == document


def test_the_report_comes_again_from_the_stored_result(bundle: Path, run: Run, tmp_path: Path) -> None:
    run("score", WITH_ALL, "--model", bundle, "--out", tmp_path)

    code, said, trouble = run("report", tmp_path / "result.json", "--out", tmp_path / "again.pdf")

    assert (code, trouble) == (0, "")
    assert "again.pdf" in said
    assert (tmp_path / "again.pdf").read_bytes().startswith(b"%PDF-")


def test_a_batch_of_the_samples_leaves_store_table_summary_and_results(
    bundle: Path, run: Run, validator: Draft202012Validator, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    root = tmp_path / "root"
    shutil.copytree(resource("samples"), root)
    (root / "empty of inputs").mkdir()
    (root / "empty of inputs" / "x.bin").write_bytes(bytes(range(256)))

    code, _, trouble = run("batch", root, "--out", out, "--model", bundle)

    assert (code, trouble) == (0, "")
    assert {path.name for path in out.iterdir()} == {
        "results.sqlite",
        "results.csv",
        "results.parquet",
        "summary.json",
        "cases",
    }
    summary = parsed((out / "summary.json").read_text("utf-8"))
    assert summary["n_cases"] == len(SAMPLES) + 1
    assert summary["outcomes"]["done"] == len(SAMPLES)
    documents = [parsed(path.read_text("utf-8")) for path in sorted(out.glob("cases/*/result.json"))]
    assert len(documents) == len(SAMPLES)
    for document in documents:
        validator.validate(document)
    check_table(out, documents)


def check_table(out: Path, documents: list[dict[str, Any]]) -> None:
    """results.csv has one row a case and finding, the numbers of the documents and of the store."""
    with (out / "results.csv").open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    columns = "case,patient_id,outcome,reason,finding,score,probability,threshold,positive,decision"
    assert reader.fieldnames == columns.split(",")
    scored = {(row["patient_id"], row["finding"]): float(row["score"]) for row in rows if row["finding"]}
    wanted = {(d["case"]["patient_id"], f["name"]): f["score"] for d in documents for f in d["findings"]}
    assert scored == pytest.approx(wanted, abs=1e-6)
    (refused,) = [row for row in rows if not row["finding"]]
    assert (refused["case"], refused["score"]) == ("empty of inputs", "")
    assert refused["reason"]
    connection = sqlite3.connect(out / "results.sqlite")
    (n_findings,) = connection.execute("SELECT count(*) FROM findings").fetchone()
    connection.close()
    assert n_findings == len(wanted)


def test_a_batch_that_is_done_stays_as_it_is(bundle: Path, run: Run, tmp_path: Path) -> None:
    words = ("batch", resource("samples"), "--out", tmp_path / "out", "--model", bundle)
    assert run(*words, "--limit", 1)[0] == 0
    code, _, trouble = run(*words)
    assert code == 1
    assert "--resume" in trouble
    assert run(*words, "--resume")[0] == 0
    before = (tmp_path / "out" / "results.csv").read_bytes()

    assert run(*words, "--resume")[0] == 0

    assert (tmp_path / "out" / "results.csv").read_bytes() == before
    assert before.count(b",done,") > before.count(b",pending,") == 0


def test_info_lists_what_was_found_and_what_was_skipped(run: Run, tmp_path: Path) -> None:
    patient = tmp_path / "patient"
    shutil.copytree(WITH_ALL, patient)
    (patient / "letter.pdf").write_bytes(b"%PDF-1.7 no note")

    code, said, trouble = run("info", patient, "--json")

    assert (code, trouble) == (0, "")
    document = parsed(said)
    assert document["schema"] == "medmm.info/1"
    assert [len(document[kind]) for kind in ("series", "notes", "vitals", "skipped")] == [1, 1, 1, 1]
    assert document["skipped"][0]["reason"]


def test_a_conflict_of_identities_scores_nothing_and_shows_both(bundle: Path, run: Run, tmp_path: Path) -> None:
    patient = tmp_path / "patient"
    shutil.copytree(WITH_ALL, patient)
    own = parsed(run("info", patient, "--json")[1])["patient"]["patient_id"]
    note = patient / "note.txt"
    note.write_text(note.read_text("utf-8").replace(own, "OTHER999"), "utf-8")

    code, said, trouble = run("score", patient, "--model", bundle, "--json", "--out", tmp_path / "out")

    assert (code, said) == (1, "")
    assert own in trouble
    assert "OTHER999" in trouble
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("score", WITH_ALL, "--model", "no such bundle"), 1),
        (("score", WITH_ALL / "nobody"), 1),
        (("batch", WITH_ALL / "nobody", "--out", "out"), 1),
        (("report", "nothing.json", "--out", "a.pdf"), 1),
        (("score", WITH_ALL, "--no-such-option"), 2),
        (("batch", WITH_ALL), 2),
        (("scor", WITH_ALL), 2),
    ],
)
def test_exit_codes_tell_trouble_from_wrong_usage(
    words: tuple[object, ...], code: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    found, said, trouble = run(*words)

    assert (found, said) == (code, "")
    assert trouble
    assert "Traceback" not in trouble


def test_a_case_that_the_model_cannot_use_says_why_for_each_input(bundle: Path, run: Run, tmp_path: Path) -> None:
    code, _, trouble = run(
        "score", resource("samples", "chest_no_vitals"), "--model", bundle, "--without", "image,note"
    )

    assert code == 1
    said = " ".join(trouble.split())
    assert said.startswith("The model can use nothing of this case. The image was left out on request.")
    assert "vital" in said


def test_loading_is_told_in_the_result_that_waited_for_it_and_a_second_score_runs_anew(bundle: Path) -> None:
    from medmm.core.case import CaseSources
    from medmm.workflow.engine import LocalEngine
    from medmm.workflow.open_case import open_case

    engine, case = LocalEngine(bundle, device="cpu"), open_case(CaseSources(WITH_ALL))
    first, second = (engine.score(case, explain=False) for _ in range(2))
    assert first.timing_ms["load"] >= 0.9 * engine.load_ms > second.timing_ms["load"]
    assert second.timing_ms["predict"] > 1
    assert [f.logit for f in first.findings] == [f.logit for f in second.findings]
