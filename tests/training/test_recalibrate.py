"""`medmm recalibrate` from a folder of labelled cases to a bundle that decides."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from medmm.cli.main import main
from medmm.core.case import CaseSources
from medmm.core.progress import CancelToken, no_progress
from medmm.core.quality import InputKind
from tests.models.builders import make_bundle

pytestmark = pytest.mark.slow
FINDINGS = ("pneumonia", "nodule")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("bundle") / "test-model")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labelled cases with notes and vital signs; a few have lost their vital signs."""
    from medmm.simulate.cohort import simulate_cohort

    folder = tmp_path_factory.mktemp("cohort") / "cases"
    kinds = frozenset({InputKind.NOTE, InputKind.VITALS})
    simulate_cohort(folder, n_patients=260, seed=5, inputs=kinds, progress=no_progress, cancel=CancelToken())
    for case in sorted(folder.glob("case_*"))[:12]:
        (case / "vitals.csv").unlink()
    return folder


@pytest.fixture(scope="module")
def ours(bundle: Path, cohort: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "ours"
    assert main(["recalibrate", str(bundle), "--data", str(cohort / "truth.csv"), "--out", str(out)]) == 0
    return out


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def score(case: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert main(["score", str(case), "--model", str(model), "--device", "cpu", "--no-explain", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_new_bundle_names_its_own_cases_and_the_old_one_stays(bundle: Path, ours: Path) -> None:
    from medmm.models.bundle import load_bundle

    found, _ = load_bundle(ours)

    assert (found.spec.name, found.spec.version) == ("test-model-recalibrated", "0+recalibrated.260")
    assert found.calibration is not None
    assert found.calibration.n_cases == 260
    block = json.loads((ours / "configs" / "metadata.json").read_text())["medmm"]["recalibration"]
    assert block["data"]["cases"] == 260
    old, _ = load_bundle(bundle)
    assert block["from"]["sha256"] == old.sha256
    assert old.calibration is not None
    assert old.calibration.n_cases == 10
    changed = {"calibration.json", "configs/metadata.json", "docs/README.md", "SHA256SUMS"}
    new = bytes_of(ours)
    assert {name for name, content in bytes_of(bundle).items() if new[name] != content} == changed
    assert set(new) - set(bytes_of(bundle)) == {"spread.safetensors"}
    assert block["spread"] == {"note": 260, "vitals": 248}
    assert not [path for path in ours.parent.iterdir() if path != ours]


def test_its_card_states_both_calibrations_on_held_out_cases(ours: Path) -> None:
    card = (ours / "docs" / "README.md").read_text()

    assert "5 parts by patient" in card
    assert "| finding | cases | with it | NLL before | NLL after | change | ECE before | ECE after | null |" in card
    # A value with its interval, for each finding and their mean.
    assert card.count("(") > 3 * 5
    assert "| note+vitals | 248 | 248 |" in card
    # Eleven or twelve cases with the note alone cannot hold both classes nine times: the others are scored without.
    assert "| note | 260 | 12 |" in card


def test_it_decides_by_the_inputs_of_the_case_or_says_why_not(
    ours: Path, cohort: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from medmm.models.calibration import calibration_from_json

    calibration = calibration_from_json((ours / "calibration.json").read_bytes(), findings=FINDINGS)
    assert set(calibration.patterns) == {"note+vitals", "note", "vitals"}

    result = score(cohort / "case_00100", ours, capsys)

    findings = result["findings"]
    # Random weights tell nothing apart: both answers stay possible for nearly all.
    assert {finding["decision"] for finding in findings} <= {"positive", "negative", "uncertain"}
    for finding in findings:
        assert (finding["decision"] == "uncertain") == bool(finding["reason"])
        assert finding["interval"] is None
    assert "conformal_pooled" not in {check["code"] for check in result["checks"]}


def test_a_bundle_without_scores_says_that_it_cannot_doubt(
    bundle: Path, cohort: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = score(cohort / "case_00100", bundle, capsys)

    assert "no_conformal_decision" in {check["code"] for check in result["checks"]}
    assert "uncertain" not in {finding["decision"] for finding in result["findings"]}


def test_its_own_cases_are_no_strangers_to_it(ours: Path, cohort: Path) -> None:
    from medmm.inference.distance_gate import strangers
    from medmm.inference.predictor import load_predictor
    from medmm.workflow.open_case import open_case

    predictor = load_predictor(ours, device="cpu", n_threads=1)
    cases = [open_case(CaseSources(cohort / f"case_{number:05d}")) for number in range(100, 140)]

    predicted = [predictor.predict(predictor.prepare(case).model_input) for case in cases]

    assert all(set(prediction.z) & set(predictor.spreads) for prediction in predicted)
    # Each of the two inputs takes 1 % of its own cases for strangers, give or take: 4 of 40 has a chance below 1 %.
    assert sum(bool(strangers(predictor, prediction)) for prediction in predicted) <= 3


def few(cohort: Path, folder: Path, n: int) -> Path:
    """Take the first n cases of a cohort."""
    folder.mkdir()
    with (cohort / "truth.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = sorted({row["case"] for row in rows})[:n]
    with (folder / "truth.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(row for row in rows if row["case"] in names)
    for name in names:
        shutil.copytree(cohort / name, folder / name)
    return folder


def test_too_few_cases_are_refused_with_the_number_needed(
    bundle: Path, cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = few(cohort, tmp_path / "few", 40)

    assert main(["recalibrate", str(bundle), "--data", str(own), "--out", str(tmp_path / "out")]) == 1

    said = " ".join(capsys.readouterr().err.split())
    assert "every finding needs 30 with it and 30 without it" in said
    assert "--leave-out" in said
    assert not (tmp_path / "out").exists()


def test_a_bundle_is_never_written_over(
    bundle: Path, cohort: Path, ours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = bytes_of(bundle)

    assert main(["recalibrate", str(ours), "--data", str(cohort), "--out", str(bundle)]) == 1

    assert "exists already" in capsys.readouterr().err
    assert bytes_of(bundle) == before


def test_an_unknown_finding_cannot_be_left_out(
    bundle: Path, cohort: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["recalibrate", str(bundle), "--data", str(cohort), "--out", str(tmp_path / "out")]

    assert main([*asked, "--leave-out", "gout"]) == 1

    assert "no finding 'gout'" in capsys.readouterr().err
