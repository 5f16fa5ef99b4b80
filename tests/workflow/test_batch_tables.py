"""results.csv and summary.json."""

from __future__ import annotations

import csv
import io

from medmm.storage.results import CaseRow, FindingRow
from medmm.workflow.batch_tables import COLUMNS, summarise, to_csv

CASES = (
    CaseRow("=cmd()", "k1", "00042", "done", seconds=2.0),
    CaseRow("b", "k2", "", "failed", "unreadable_file", "cut off", 1.0),
    CaseRow("c", "k3"),
)
FINDINGS = (FindingRow("=cmd()", "nodule", 0.25, None, 0.5, 0, "negative"),)


def test_csv_has_one_row_a_finding_and_one_for_a_case_without() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(CASES, FINDINGS))))

    assert tuple(rows[0]) == COLUMNS
    assert [(row["outcome"], row["finding"]) for row in rows] == [("done", "nodule"), ("failed", ""), ("pending", "")]
    assert rows[0]["probability"] == ""
    assert rows[0]["patient_id"] == "00042"


def test_csv_keeps_its_columns_whatever_the_store_knows_besides() -> None:
    doubtful = FindingRow("b", "nodule", 0.4, 0.4, 0.5, 0, "uncertain", "Cannot tell at 90 %.")

    lines = to_csv(CASES, (doubtful,)).splitlines()

    assert lines[0] == "case,patient_id,outcome,reason,finding,score,probability,threshold,positive,decision"
    assert lines[2].endswith(",uncertain")


def test_csv_of_an_uncalibrated_model_has_no_percent_sign() -> None:
    assert "%" not in to_csv(CASES, FINDINGS)


def test_csv_cells_are_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(CASES, FINDINGS))))

    assert rows[0]["case"] == "'=cmd()"


def test_summary_counts_every_outcome_and_the_rate_of_attempted_cases() -> None:
    summary = summarise(CASES)

    assert summary.outcomes == {"done": 1, "failed": 1, "refused": 0, "cancelled": 0, "pending": 1}
    assert summary.reasons == {"unreadable_file": 1}
    assert summary.cases_per_hour == 2400.0  # two cases in three seconds
