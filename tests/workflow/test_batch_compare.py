"""Two batches over the same patients: what changed, the largest first."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.cli.main import main
from medmm.core.errors import StorageError
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_compare import Change, compare_batches, write_drift
from medmm.workflow.batch_folders import STORE

Rows = dict[str, dict[str, float] | str]


def batch(folder: Path, rows: Rows) -> Path:
    """Write a store: chances of a case's findings, or its outcome."""
    folder.mkdir()
    store = ResultStore(folder / STORE)
    store.open({"model": folder.name})
    for case, chances in rows.items():
        row = CaseRow(case, f"key {case}", outcome="done" if isinstance(chances, dict) else chances)
        found = chances if isinstance(chances, dict) else {}
        store.record(row, [_finding(case, name, chance) for name, chance in found.items()])
    store.close()
    return folder


def _finding(case: str, name: str, chance: float) -> FindingRow:
    return FindingRow(case, name, chance, chance, 0.5, int(chance > 0.5), "positive" if chance > 0.5 else "negative")


@pytest.fixture
def nights(tmp_path: Path) -> tuple[Path, Path]:
    old: Rows = {
        "a": {"nodule": 0.20, "edema": 0.90},
        "b": {"nodule": 0.48, "edema": 0.10},
        "c": {"nodule": 0.30, "edema": 0.30},
        "d": {"nodule": 0.30, "edema": 0.30},
        "gone": {"nodule": 0.3},
        "late": "pending",
    }
    new: Rows = {
        "a": {"nodule": 0.70, "edema": 0.85},
        "b": {"nodule": 0.53, "edema": 0.21},
        "c": {"nodule": 0.39, "edema": 0.30},
        "d": "failed",
        "late": {"nodule": 0.3},
        "new": {"nodule": 0.3},
    }
    return batch(tmp_path / "old", old), batch(tmp_path / "new", new)


def test_what_changed_is_sorted_by_how_much(nights: tuple[Path, Path]) -> None:
    drift = compare_batches(*nights)

    assert [(one.case, one.finding) for one in drift.changes] == [
        ("d", ""), ("a", "nodule"), ("b", "edema"), ("b", "nodule"),
    ]  # fmt: skip
    assert drift.changes[0] == Change("d", "", None, None, "done", "failed")
    assert drift.changes[1].by == pytest.approx(0.5)
    assert (drift.n_cases, drift.n_changed_cases, drift.n_other_decisions) == (4, 3, 2)


def test_cases_of_one_batch_alone_are_counted_and_not_compared(nights: tuple[Path, Path]) -> None:
    drift = compare_batches(*nights)

    assert (drift.only_before, drift.only_after) == (1, 2)


def test_the_same_batch_has_no_drift(nights: tuple[Path, Path]) -> None:
    drift = compare_batches(nights[0], nights[0])

    assert (drift.changes, drift.n_cases) == ((), 5)


def test_a_change_of_exactly_the_least_one_is_left_out(tmp_path: Path) -> None:
    old, new = batch(tmp_path / "old", {"a": {"x": 0.25}}), batch(tmp_path / "new", {"a": {"x": 0.375}})

    assert compare_batches(old, new, least=0.125).changes == ()
    assert len(compare_batches(old, new, least=0.12).changes) == 1


def test_the_table_holds_numbers_and_decisions_and_runs_no_formula(nights: tuple[Path, Path], tmp_path: Path) -> None:
    drift = compare_batches(*nights)
    drift = replace(drift, changes=(*drift.changes[:2], replace(drift.changes[2], case="=b")))

    rows = list(csv.DictReader(write_drift(drift, tmp_path / "d.csv").open(encoding="utf-8", newline="")))

    assert rows[0]["outcomes"] == "done > failed"
    assert rows[1] == {
        "case": "a", "finding": "nodule", "before": "0.200000", "after": "0.700000", "change": "0.500000",
        "decision_before": "negative", "decision_after": "positive", "outcomes": "",
    }  # fmt: skip
    assert rows[2]["case"] == "'=b"


def test_a_finding_that_only_one_bundle_knows_is_a_change(tmp_path: Path) -> None:
    old, new = (
        batch(tmp_path / "old", {"a": {"x": 0.2, "y": 0.6}}),
        batch(tmp_path / "new", {"a": {"x": 0.2, "z": 0.3}}),
    )

    assert compare_batches(old, new).changes == (
        Change("a", "y", 0.6, None, "positive", ""),
        Change("a", "z", None, 0.3, "", "negative"),
    )


def test_a_folder_without_a_batch_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(StorageError, match="holds no batch"):
        compare_batches(batch(tmp_path / "old", {"a": {"x": 0.2}}), tmp_path / "empty")


def test_the_command_counts_shows_and_writes_what_changed(
    nights: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "drift.csv"
    assert main(["drift", *(str(night) for night in nights), "--out", str(table)]) == 0

    said = capsys.readouterr().out
    assert "4 cases in both: something changed in 3; decisions changed: 2" in said
    assert "only before: 1 cases" in said
    assert "only after: 2 cases" in said
    assert "done > failed" in said
    assert "+0.500" in said
    assert len(table.read_text("utf-8").splitlines()) == 5


def test_the_command_tells_a_folder_that_is_no_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drift", str(tmp_path), str(tmp_path)]) == 1
    assert "holds no batch" in capsys.readouterr().err
