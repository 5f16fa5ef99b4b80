"""Drift: two batches over the same patients, by two bundles; which findings of which cases changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from medmm.storage.atomic import write_text
from medmm.storage.result_pairs import ResultPair
from medmm.workflow.batch_folders import STORE
from medmm.workflow.batch_store import open_batch
from medmm.workflow.safe_cell import safe_cell

LEAST_CHANGE = 0.1
COLUMNS = ("case", "finding", "before", "after", "change", "decision_before", "decision_after", "outcomes")


@dataclass(frozen=True)
class Change:
    """What is different in a case. before, after: probability (score without a calibration), None where there is none.

    finding: "" where the outcome of the case as a whole is different; decisions are outcomes then.
    """

    case: str
    finding: str
    before: float | None
    after: float | None
    decision_before: str
    decision_after: str

    @property
    def by(self) -> float | None:
        """The change of the number, None where one of the two has none."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def is_other_decision(self) -> bool:
        """Tell whether the decision, or the outcome, is another one."""
        return self.decision_before != self.decision_after


@dataclass(frozen=True)
class Drift:
    """The changes, the largest first, among how many they are, and the cases that are in one batch alone."""

    changes: tuple[Change, ...]
    n_cases: int
    only_before: int
    only_after: int

    @property
    def n_changed_cases(self) -> int:
        """Cases with at least one change."""
        return len({change.case for change in self.changes})

    @property
    def n_other_decisions(self) -> int:
        """Findings whose decision is another one."""
        return sum(change.is_other_decision and bool(change.finding) for change in self.changes)


def compare_batches(before: Path, after: Path, *, least: float = LEAST_CHANGE) -> Drift:
    """Compare the results of two folders: what changed by more than `least`, or has another decision or outcome.

    Cases that one of the batches has not attempted yet are not compared.  Raises StorageError when a folder holds no
    batch or cannot be read.
    """
    for folder in (before, after):
        open_batch(folder).close()  # damage is told, and an older schema brought up to date
    pair = ResultPair(before / STORE, after / STORE)
    changes = [Change(case, "", None, None, old, new) for case, old, new in pair.outcomes()]
    changes += [Change(*found) for found in pair.findings(least=least)]
    changes.sort(key=_by_size)
    n_cases, only_before, only_after = pair.counts()
    return Drift(tuple(changes), n_cases, only_before, only_after)


def write_drift(drift: Drift, path: Path) -> Path:
    """Write the changes as CSV, the largest first.

    Raises StorageError when it cannot be written.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_line(change) for change in drift.changes)
    write_text(path, text.getvalue())
    return path


def _by_size(change: Change) -> tuple[bool, float, str, str]:
    # What has no number on one side comes first: a case that failed is the largest change of all.
    return (change.by is not None, -abs(change.by or 0.0), change.case, change.finding)


def _line(change: Change) -> Sequence[str]:
    numbers = [f"{one:.6f}" if one is not None else "" for one in (change.before, change.after, change.by)]
    decisions = (change.decision_before, change.decision_after)
    return (
        safe_cell(change.case),
        safe_cell(change.finding),
        *numbers,
        *(decisions if change.finding else ("", "")),
        "" if change.finding else " > ".join(decisions),
    )
