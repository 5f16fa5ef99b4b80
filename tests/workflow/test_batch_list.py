"""A batch as a list: pages, the order of reading, marks, retrying, CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.core.listed_case import CaseFilter
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_folders import STORE
from medmm.workflow.batch_list import BatchList
from tests.workflow.made_batch import make_batch

NINE = "2026-01-05T09:00:00+00:00"
NINE_S = 1767603600.0
HOUR_S = 3600.0
ANY = CaseFilter()


@pytest.fixture
def batch(tmp_path: Path) -> BatchList:
    store = ResultStore(tmp_path / STORE)
    store.open({"model": "m"})
    for case, chances in (("a", (0.2, 0.9)), ("b", (0.95, 0.1)), ("c", (0.5, 0.3)), ("d", (0.1, 0.2))):
        found = [_finding(case, name, chance) for name, chance in zip(("nodule", "edema"), chances, strict=True)]
        store.record(CaseRow(case, f"key {case}", f"=ID {case}", "done", seconds=1.0, finished_at=NINE), found)
    store.record(CaseRow("e", "key e", "", "failed", "unreadable", "cut off", 1.0, finished_at=NINE))
    store.record(CaseRow("f", "key f", "", "refused", "identity_mismatch", "two people", 1.0, finished_at=NINE))
    store.add_pending([CaseRow("g", "key g")])
    store.close()
    return BatchList(tmp_path)


def _finding(case: str, name: str, chance: float) -> FindingRow:
    decision = "uncertain" if chance == 0.5 else "positive" if chance > 0.6 else "negative"
    return FindingRow(case, name, chance, chance, 0.6, int(chance > 0.6), decision)


def names(
    batch: BatchList,
    wanted: CaseFilter = ANY,
    *,
    now: float = NINE_S,
    cap: float | None = None,
    everything: bool = False,
) -> list[str]:
    return list(batch.order(wanted, now=now, longest_wait_s=cap, everything=everything).names)


def test_a_row_names_the_finding_that_decided(batch: BatchList) -> None:
    rows = batch.page(CaseFilter(), first=0, n=10)

    told = [(row.case, row.decision, row.finding, row.weight) for row in rows[:4]]
    assert told == [
        ("a", "positive", "edema", 0.9),
        ("b", "positive", "nodule", 0.95),
        ("c", "uncertain", "nodule", 0.5),
        ("d", "negative", "edema", 0.2),
    ]
    assert [row.finding for row in rows[4:]] == ["", "", ""]


def test_rows_can_be_filtered_by_a_positive_finding(batch: BatchList) -> None:
    wanted = CaseFilter(finding="edema")

    assert [row.case for row in batch.page(wanted, first=0, n=10)] == ["a"]
    assert batch.count(wanted) == 1


def test_the_order_of_reading_leaves_out_what_is_not_attempted(batch: BatchList) -> None:
    assert names(batch) == ["b", "a", "c", "d", "e", "f"]


def test_a_case_waits_from_the_moment_reading_began(batch: BatchList) -> None:
    morning = NINE_S + 10 * HOUR_S
    assert names(batch, now=morning, cap=4 * HOUR_S)[:2] == ["b", "a"]

    entries = batch.order(ANY, now=morning + 5 * HOUR_S, longest_wait_s=4 * HOUR_S)

    assert entries[0].since == morning
    # All are overdue by the same time: they take turns with the positive ones in the order of their names.
    assert list(entries.names) == ["a", "b", "c", "d", "e", "f"]
    assert list(entries.is_overdue) == [False, False, True, True, True, True]


def test_what_was_read_leaves_the_list_and_stands_at_the_end_of_everything(batch: BatchList) -> None:
    batch.mark(["b"], read_state="read")
    batch.mark(["c"], read_state="signed")

    assert names(batch) == ["a", "d", "e", "f"]
    assert names(batch, everything=True) == ["a", "d", "e", "f", "b", "c"]


def test_a_worklist_can_be_mine_of_a_decision_or_of_a_finding(batch: BatchList) -> None:
    batch.assign(["a", "d"], to="R. Reader")

    assert names(batch, CaseFilter(assigned_to="R. Reader")) == ["a", "d"]
    assert names(batch, CaseFilter(decision="uncertain")) == ["c"]
    assert names(batch, CaseFilter(finding="nodule")) == ["b"]


def test_retrying_lets_the_next_run_attempt_what_failed_and_nothing_else(batch: BatchList) -> None:
    assert batch.retry_failed() == 1

    assert batch.counts().outcomes == {"done": 4, "failed": 0, "refused": 1, "cancelled": 0, "pending": 2}


def test_the_list_is_exported_as_it_is_filtered_and_runs_no_formula(batch: BatchList, tmp_path: Path) -> None:
    path = batch.export(CaseFilter(decision="positive", order="urgency", is_descending=True), tmp_path / "list.csv")

    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    assert [(row["case"], row["finding"], row["probability"]) for row in rows] == [
        ("b", "nodule", "0.950000"),
        ("a", "edema", "0.900000"),
    ]
    assert rows[0]["patient_id"] == "'=ID b"


def test_findings_are_named_in_the_order_of_the_bundle(batch: BatchList) -> None:
    assert batch.finding_names() == ("nodule", "edema")


def test_a_folder_without_a_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="holds no batch"):
        BatchList(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_pages_of_a_made_batch_join_to_all_of_its_rows(tmp_path: Path) -> None:
    batch = BatchList(make_batch(tmp_path / "made", 500, n_pending=7))
    wanted = CaseFilter(order="urgency", is_descending=True)

    rows = [row for first in range(0, 600, 90) for row in batch.page(wanted, first=first, n=90)]

    assert len({row.case for row in rows}) == len(rows) == batch.count(wanted) == 507
