"""results.csv, results.parquet and summary.json of a batch, made anew from the store in one pass."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from medmm.storage.atomic import replacing, write_text
from medmm.storage.results import OUTCOMES, WAITING, CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_parquet import ParquetTable
from medmm.workflow.safe_cell import safe_cell

log = logging.getLogger(__name__)

COLUMNS = (
    "case",
    "patient_id",
    "outcome",
    "reason",
    "finding",
    "score",
    "probability",
    "threshold",
    "positive",
    "decision",
)
DAMAGED = "damaged_row"

Result = tuple[CaseRow, Sequence[FindingRow]]


@dataclass(frozen=True)
class BatchSummary:
    """Counts of a batch. cases_per_hour is over the seconds spent on attempted cases."""

    n_cases: int
    outcomes: dict[str, int]
    reasons: dict[str, int]
    seconds: float
    cases_per_hour: float | None


@dataclass
class Tally:
    """Counts the cases that pass by."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, case: CaseRow) -> None:
        """Count one case."""
        self.outcomes[case.outcome] += 1
        if case.reason:
            self.reasons[case.reason] += 1
        self.seconds += case.seconds

    def summary(self) -> BatchSummary:
        """Give the counts; every outcome is named, also with 0."""
        n_cases = self.outcomes.total()
        attempted = n_cases - sum(self.outcomes[outcome] for outcome in WAITING)
        rate = round(3600 * attempted / self.seconds, 1) if self.seconds > 0 else None
        outcomes = {outcome: self.outcomes[outcome] for outcome in OUTCOMES}
        return BatchSummary(n_cases, outcomes, dict(sorted(self.reasons.items())), round(self.seconds, 3), rate)


def write_tables(store: ResultStore, out: Path) -> BatchSummary:
    """Write results.csv, results.parquet and summary.json into a folder; each appears whole or not at all.

    A row that is not what was recorded appears as failed, for the reason `damaged_row` and without numbers; its case
    waits again, for a batch that is gone on with.
    Raises StorageError when the store cannot be read or a file cannot be written.
    """
    tally = Tally()
    damaged = []
    with (
        replacing(out / "results.csv", out / "results.parquet") as (plain, columnar),
        csv_table(plain) as lines,
        ParquetTable(columnar) as columns,
    ):
        for case, findings in told_results(store):
            if case.reason == DAMAGED:
                damaged.append(case)
            tally.add(case)
            lines.add(case, findings)
            columns.add(case, findings)
    store.put_back(damaged)
    summary = tally.summary()
    document = {"schema": "medmm.summary/1", **asdict(summary), "research_use_only": True}
    write_text(out / "summary.json", json.dumps(document, indent=1) + "\n")
    return summary


def told_results(store: ResultStore) -> Iterator[Result]:
    """Give every case and its findings; of a torn or edited one only that it is."""
    for case, findings, is_sound in store.results():
        if is_sound:
            yield case, findings
        else:
            log.warning("the row of case %s is not what was recorded", case.key)
            yield replace(CaseRow(case.case, case.key), outcome="failed", reason=DAMAGED), ()


class CsvTable:
    """Writes one row a case and finding; a case without a result gets one row with an empty finding."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(COLUMNS)

    def add(self, case: CaseRow, findings: Iterable[FindingRow]) -> None:
        """Write the rows of one case."""
        self._writer.writerows(_rows(case, findings))


@contextmanager
def csv_table(stream: BinaryIO) -> Iterator[CsvTable]:
    """Give a table that writes into a stream of bytes, in UTF-8."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        yield CsvTable(text)
    finally:
        text.detach()


def _rows(case: CaseRow, findings: Iterable[FindingRow]) -> Iterator[list[object]]:
    head = [safe_cell(case.case), safe_cell(case.patient_id), case.outcome, case.reason]
    if not findings:
        yield [*head, *([""] * (len(COLUMNS) - len(head)))]
    for f in findings:
        probability = "" if f.probability is None else f"{f.probability:.6f}"
        numbers = [f"{f.score:.6f}", probability, f"{f.threshold:.6f}", f.positive]
        yield [*head, f.finding, *numbers, f.decision]
