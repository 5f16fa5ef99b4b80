"""Two batches of one folder: what moved is listed, the largest disagreement first, and nothing else."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.cli.main import main
from medmm.core.errors import InputError
from medmm.core.prediction import CaseResult
from medmm.workflow.drift import read_drift, write_drift
from medmm.workflow.result_json import result_to_json
from tests.report.builders import make_case, make_finding, make_result


def keep(folder: Path, **shown: float) -> None:
    """Write one batch: for each case a result whose one finding has this number, threshold 0.5."""
    for key, value in shown.items():
        decision = "positive" if value >= 0.5 else "negative"
        result: CaseResult = make_result(findings=(make_finding("pneumonia", value, decision=decision),))
        place = folder / "cases" / key / "result.json"
        place.parent.mkdir(parents=True)
        document = result_to_json(make_case(), replace(result, explanations={}, shares={}))
        place.write_text(json.dumps(document), "utf-8")


@pytest.fixture
def nights(tmp_path: Path) -> tuple[Path, Path]:
    """Still by 0.05, moved by 0.2, flipped by 0.04, and one case on each side alone."""
    before, after = tmp_path / "before", tmp_path / "after"
    keep(before, still=0.20, moved=0.60, flipped=0.48, gone=0.1)
    keep(after, still=0.25, moved=0.80, flipped=0.52, new=0.1)
    return before, after


def test_what_moved_is_listed_by_disagreement(nights: tuple[Path, Path]) -> None:
    drift = read_drift(*nights)

    assert [case.key for case in drift.cases] == ["moved", "still", "flipped"]
    assert [case.key for case in drift.moved] == ["moved", "flipped"]
    assert (drift.only_before, drift.only_after) == (("gone",), ("new",))


def test_the_table_holds_every_finding(nights: tuple[Path, Path], tmp_path: Path) -> None:
    path = write_drift(read_drift(*nights), tmp_path / "drift.csv")

    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [(row["case"], row["is_large"], row["decision_changed"]) for row in rows] == [
        ("moved", "1", "0"), ("still", "0", "0"), ("flipped", "0", "1"),
    ]  # fmt: skip
    assert float(rows[0]["change"]) == pytest.approx(0.2)


def test_the_command_counts_and_shows_what_moved(nights: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", *(str(night) for night in nights)]) == 0

    said = capsys.readouterr().out
    assert "3 cases in both: something moved in 2; decisions changed: 1, numbers moved by more than 0.1: 1" in said
    assert "only before: 1 cases, first gone" in said
    assert "still" not in said


def test_a_folder_that_is_no_batch_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no results of a batch"):
        read_drift(tmp_path, tmp_path)
