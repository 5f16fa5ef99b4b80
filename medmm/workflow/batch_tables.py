"""results.csv and summary.json of a batch, made anew from the store."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from medmm.storage.atomic import write_text
from medmm.storage.results import OUTCOMES, CaseRow, FindingRow, ResultStore
from medmm.workflow.safe_cell import safe_cell

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


@dataclass(frozen=True)
class BatchSummary:
    """Counts of a batch. cases_per_hour is over the seconds spent on attempted cases."""

    n_cases: int
    outcomes: dict[str, int]
    reasons: dict[str, int]
    seconds: float
    cases_per_hour: float | None


def summarise(cases: tuple[CaseRow, ...]) -> BatchSummary:
    """Count outcomes and reasons; every outcome is named, also with 0."""
    counted = Counter(case.outcome for case in cases)
    reasons = Counter(case.reason for case in cases if case.reason)
    seconds = sum(case.seconds for case in cases)
    attempted = len(cases) - counted["pending"] - counted["cancelled"]
    rate = round(3600 * attempted / seconds, 1) if seconds > 0 else None
    outcomes = {outcome: counted[outcome] for outcome in OUTCOMES}
    return BatchSummary(len(cases), outcomes, dict(sorted(reasons.items())), round(seconds, 3), rate)


def write_tables(store: ResultStore, out: Path) -> BatchSummary:
    """Write results.csv and summary.json beside the store; each appears whole or not at all."""
    cases = store.cases()
    write_text(out / "results.csv", to_csv(cases, store.findings()))
    summary = summarise(cases)
    document = {"schema": "medmm.summary/1", **asdict(summary), "research_use_only": True}
    write_text(out / "summary.json", json.dumps(document, indent=1) + "\n")
    return summary


def to_csv(cases: tuple[CaseRow, ...], findings: tuple[FindingRow, ...]) -> str:
    """Write one row a case and finding; a case without a result gets one row with an empty finding."""
    by_case: dict[str, list[FindingRow]] = {}
    for finding in findings:
        by_case.setdefault(finding.case, []).append(finding)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for case in cases:
        writer.writerows(_rows(case, by_case.get(case.case, [])))
    return stream.getvalue()


def _rows(case: CaseRow, findings: list[FindingRow]) -> Iterator[list[object]]:
    head = [safe_cell(case.case), safe_cell(case.patient_id), case.outcome, case.reason]
    if not findings:
        yield [*head, *([""] * (len(COLUMNS) - len(head)))]
    for f in findings:
        probability = "" if f.probability is None else f"{f.probability:.6f}"
        numbers = [f"{f.score:.6f}", probability, f"{f.threshold:.6f}", f.positive]
        yield [*head, f.finding, *numbers, f.decision]
