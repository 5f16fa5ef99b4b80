"""What another session signed is known to the worklist."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from medmm.core.review import Call, ReviewLog, review_document
from medmm.storage.results import CaseRow, ResultStore
from medmm.workflow.batch_folders import STORE
from medmm.workflow.batch_list import BatchList
from medmm.workflow.batch_signed import note_signed
from medmm.workflow.export import write_result
from medmm.workflow.reviews import make_review, make_signature, save_reviews
from tests.report.builders import make_case, make_result

CASE = make_case()


def test_signed_are_those_whose_reviews_in_force_bear_a_signature(tmp_path: Path) -> None:
    results = {name: replace(make_result(), study_uid=f"1.2.{name}") for name in ("1", "2", "3", "4")}
    store = ResultStore(tmp_path / STORE)
    store.open({"model": "m"})
    for name, result in results.items():
        write_result(CASE, result, tmp_path / "cases" / f"k{name}")
        store.record(CaseRow(name, f"k{name}", outcome="done"))
    store.record(CaseRow("5", "k5", outcome="refused"))
    store.close()
    for name in ("1", "2", "4"):
        result = results[name]
        said = (make_review(result, result.findings[0], Call.PRESENT, reader="R"),)
        signatures = (make_signature(result, said, reader="R"),)
        later = (make_review(result, result.findings[0], Call.ABSENT, reader="R"),) if name == "2" else ()
        save_reviews(review_document(result.study_uid, ()), ReviewLog((*said, *later), signatures), known=set())
    batch = BatchList(tmp_path)
    batch.mark(["1", "2", "3", "5"], read_state="read")

    assert note_signed(batch) == ("1",)

    # 2 was judged again after it was signed, 3 was only read, 4 was read by nobody here, 5 has no result.
    states = [row.read_state for row in batch.rows_of(["1", "2", "3", "4", "5"])]
    assert states == ["signed", "read", "read", "unread", "read"]
