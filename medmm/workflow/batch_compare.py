"""Drift: two batches over the same patients, by two bundles; which findings of which cases changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from medmm.storage.atomic import write_text
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_store import open_batch
from medmm.workflow.safe_cell import safe_cell

LEAST_CHANGE = 0.1
COLUMNS = ("case", "finding", "before", "after", "change", "decision_before", "decision_after", "outcomes")
Answer = tuple[CaseRow, tuple[FindingRow, ...]]


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
    n_findings: int
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
    stores = [open_batch(before), open_batch(after)]
    changes: list[Change] = []
    n_cases = n_findings = 0
    only = [0, 0]
    try:
        for old, new in _paired(*(_attempted(store) for store in stores)):
            if old is None or new is None:
                only[old is None] += 1
                continue
            n_cases += 1
            n_findings += len(old[1])
            changes += _changes(old, new, least)
    finally:
        for store in stores:
            store.close()
    changes.sort(key=_by_size)
    return Drift(tuple(changes), n_cases, n_findings, only[0], only[1])


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


def _attempted(store: ResultStore) -> Iterator[Answer]:
    return ((case, found) for case, found, _ in store.results() if case.outcome in ("done", "failed", "refused"))


def _paired(old: Iterator[Answer], new: Iterator[Answer]) -> Iterator[tuple[Answer | None, Answer | None]]:
    """Walk two lists that are in the order of names, and give what belongs together."""
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before[0].case < after[0].case):
            yield before, None
            before = next(old, None)
        elif before is None or after[0].case < before[0].case:
            yield None, after
            after = next(new, None)
        else:
            yield before, after
            before, after = next(old, None), next(new, None)


def _changes(old: Answer, new: Answer, least: float) -> Iterable[Change]:
    case = old[0].case
    if old[0].outcome != new[0].outcome:
        return [Change(case, "", None, None, old[0].outcome, new[0].outcome)]
    before, after = ({one.finding: one for one in found} for found in (old[1], new[1]))
    found = [_change(case, name, before.get(name), after.get(name)) for name in {**before, **after}]
    return [one for one in found if one.is_other_decision or (one.by is not None and abs(one.by) > least)]


def _change(case: str, name: str, old: FindingRow | None, new: FindingRow | None) -> Change:
    return Change(case, name, _told(old), _told(new), old.decision if old else "", new.decision if new else "")


def _told(finding: FindingRow | None) -> float | None:
    if finding is None:
        return None
    return finding.score if finding.probability is None else finding.probability


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
