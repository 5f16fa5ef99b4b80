"""Run again and compare, and two bundles side by side, as others script against them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from medmm.cli.main import main
from medmm.core.resources import resource
from medmm.workflow.stored_result import read_stored
from tests.models.builders import make_bundle, make_net, make_spec, make_tokenizer, write_sealed

pytestmark = pytest.mark.slow
SAMPLE = resource("samples", "chest_pneumonia")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle with random weights."""
    return make_bundle(tmp_path_factory.mktemp("bundle") / "small")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another one with other weights."""
    tokenizer = make_tokenizer()
    net = make_net(make_spec(), vocabulary=len(tokenizer), seed=7)
    return write_sealed(tmp_path_factory.mktemp("bundle") / "other", net, tokenizer)


def score(capfd: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    """Run `medmm score --json` and read its one document, which must be valid."""
    capfd.readouterr()
    assert main(["score", *(str(word) for word in words), "--json", "--no-explain"]) == 0
    document: dict[str, Any] = json.loads(capfd.readouterr().out)
    schema = json.loads(resource("schema", "medmm.result-1.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)
    return document


def test_run_again_is_identical_until_a_file_changes(
    bundle: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    patient, out = tmp_path / "patient", tmp_path / "out"
    shutil.copytree(SAMPLE, patient)
    first = score(capfd, patient, "--model", bundle, "--out", out)

    again = score(capfd, patient, "--model", bundle, "--compare", out / "result.json")
    note = patient / "note.txt"
    note.write_text(note.read_text("utf-8") + "\nNo fever, no cough.\n", "utf-8")
    changed = score(capfd, patient, "--model", bundle, "--compare", out / "result.json")

    assert (out / "seen_image.png").read_bytes().startswith(b"\x89PNG")
    assert first["record"]["random"] == "none"
    assert again["rerun"]["verdict"] == "identical"
    assert again["rerun"]["differences"] == []
    told = {(one["place"], one["name"]) for one in changed["rerun"]["differences"]}
    assert {("file", "note.txt"), ("input", "note tensor")} <= told
    assert not {name for place, name in told if place == "file"} - {"note.txt"}
    assert changed["rerun"]["verdict"] == "beyond"


def test_two_bundles_stand_side_by_side_and_the_result_stays_the_first_ones(
    bundle: Path, other: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    alone = score(capfd, SAMPLE, "--model", bundle)

    beside = score(capfd, SAMPLE, "--model", bundle, "--against", other)
    swapped = score(capfd, SAMPLE, "--model", other)

    assert beside["findings"] == alone["findings"]
    assert beside["model"] == alone["model"]
    second = {one["name"]: one["logit"] for one in swapped["findings"]}
    for delta in beside["against"]["findings"]:
        assert delta["second"]["logit"] == second[delta["name"]]
        assert delta["logit_change"] == delta["second"]["logit"] - delta["first"]["logit"]
    assert beside["against"]["second"]["sha256"] == swapped["model"]["sha256"]


def test_a_stored_record_comes_back_as_it_was(bundle: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    document = score(capfd, SAMPLE, "--model", bundle, "--out", tmp_path)

    record = read_stored(tmp_path / "result.json").result.record

    assert record is not None
    assert dict(record.software) == document["record"]["software"]
    assert {kind.value: facts.sha256 for kind, facts in record.tensors.items()} == {
        kind: facts["sha256"] for kind, facts in document["record"]["tensors"].items()
    }
    kept = [[step.code for step in steps] for steps in record.steps.values()]
    assert kept == [[step["step"] for step in steps] for steps in document["record"]["steps"].values()]


def test_a_result_that_is_not_there_is_told_before_anything_is_scored(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(SAMPLE), "--compare", str(tmp_path / "none.json")]) == 1

    assert "none.json" in capfd.readouterr().err
