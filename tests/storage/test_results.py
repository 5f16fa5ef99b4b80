"""The batch store keeps every case exactly once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.storage.results import OUTCOMES, CaseRow, FindingRow, PageQuery, ResultStore


def opened(path: Path, model: str = "abc") -> ResultStore:
    store = ResultStore(path)
    store.open({"model": model})
    return store


def test_a_recorded_case_replaces_its_pending_row_and_old_findings(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    store.add_pending([CaseRow("b", "k2"), CaseRow("a", "k1")])
    finding = FindingRow("a", "nodule", 0.25, None, 0.5, 0, "negative")

    store.record(CaseRow("a", "k1", "P1", "done"), [finding])
    store.record(CaseRow("a", "k1", "P1", "done"), [finding])
    store.add_pending([CaseRow("a", "k1")])

    assert [(case.case, case.outcome) for case in store.cases()] == [("a", "done"), ("b", "pending")]
    assert store.findings() == (finding,)
    store.close()


def test_of_cases_recorded_together_all_are_kept_or_none(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    store.add_pending(CaseRow(name, name) for name in "ab")
    doubled = [FindingRow("b", "nodule", 0.1, None, 0.5, 0, "negative")] * 2

    with pytest.raises(StorageError, match=r"results\.sqlite cannot be used"):
        store.record_many([(CaseRow("a", "a", "P1", "done"), ()), (CaseRow("b", "b", "P2", "done"), doubled)])

    assert [case.outcome for case in store.cases()] == ["pending", "pending"]
    store.close()


def test_of_a_case_given_twice_the_last_one_stays(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    first, last = (FindingRow("a", "nodule", score, None, 0.5, 0, "negative") for score in (0.1, 0.2))

    store.record_many([(CaseRow("a", "a", "", "failed", "input"), [first]), (CaseRow("a", "a", "P1", "done"), [last])])

    assert [(case.outcome, case.reason) for case in store.cases()] == [("done", "")]
    assert store.findings() == (last,)
    store.close()


def test_the_same_result_again_leaves_its_readers_notes_and_another_one_is_unread(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    case, finding = CaseRow("a", "k1", "P1", "done"), FindingRow("a", "nodule", 0.25, 0.25, 0.5, 0, "negative")
    store.record(case, [finding])
    store.mark(["a"], read_state="signed")
    store.assign(["a"], to="reader 2")

    store.record(case, [finding])
    same = store.cases()[0]
    store.record(case, [replace(finding, score=0.75, probability=0.75, positive=1, decision="positive")])
    other = store.cases()[0]

    assert (same.read_state, same.assigned_to, same.urgency, same.decision) == ("signed", "reader 2", 0.0, "negative")
    assert (other.read_state, other.assigned_to, other.urgency, other.decision) == (
        "unread",
        "reader 2",
        0.75,
        "positive",
    )
    store.close()


def test_waiting_cases_come_once_each_while_rows_are_recorded(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    names = [f"case{number:03d}" for number in range(50)]
    store.add_pending(CaseRow(name, name) for name in reversed(names))
    store.record(CaseRow(names[7], "k", "", "done"))
    store.record(CaseRow(names[9], "k", "", "cancelled"))
    seen = []

    for case in store.waiting(page=4):
        seen.append(case.case)
        # Every kind of outcome, one of them waiting again; and the next but five is done by another thread.
        store.record(CaseRow(case.case, "k", "", OUTCOMES[len(seen) % 4], "x"))
        ahead = names.index(case.case) + 6
        if len(seen) % 10 == 0 and ahead < len(names):
            store.record(CaseRow(names[ahead], "k", "", "done"))

    assert seen == sorted(set(seen))
    done_by_others = {name for name in names if name not in seen}
    assert all(case.outcome == "done" for case in store.cases() if case.case in done_by_others)
    assert names[9] in seen
    assert names[7] in done_by_others
    assert len(done_by_others) == 5  # that one, and four of the rows ahead
    store.close()


def test_failed_cases_are_put_back_a_page_at_a_time(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    for number in range(30):
        outcome = "failed" if number % 3 else "done"
        store.record(
            CaseRow(f"case{number:02d}", f"k{number}", "P1", outcome, "input" if number % 3 else "", "cut", 1.5)
        )

    n_cases = store.put_back(store.rows(PageQuery(outcome="failed"), page=4))

    assert n_cases == 20
    assert store.counts().outcomes == {"done": 10, "failed": 0, "refused": 0, "cancelled": 0, "pending": 20}
    assert next(store.waiting()) == CaseRow("case01", "k1")
    store.close()


def test_counts_name_every_outcome_and_reason(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    store.add_pending(CaseRow(name, name) for name in "abcd")
    store.record_many([(CaseRow("a", "a", "", "failed", "input", "cut", 1.5), ()), (CaseRow("b", "b", "", "done"), ())])
    store.record(CaseRow("c", "c", "", "cancelled", seconds=0.25))

    counts = store.counts()

    assert counts.outcomes == {"done": 1, "failed": 1, "refused": 0, "cancelled": 1, "pending": 1}
    assert (counts.n_cases, counts.n_waiting, counts.reasons, counts.seconds) == (4, 2, {"input": 1}, 1.75)
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cases SET patient_id = 'P2'",
        "UPDATE cases SET outcome = 'refused'",
        "UPDATE cases SET urgency = 0.99",
        "UPDATE findings SET score = score + 1e-15",
        "UPDATE findings SET probability = NULL WHERE finding = 'nodule'",
        "UPDATE findings SET place = 1 - place",
        "DELETE FROM findings WHERE finding = 'nodule'",
    ],
)
def test_an_edited_row_is_told_and_no_other(tmp_path: Path, change: str) -> None:
    store = opened(tmp_path / "results.sqlite")
    for name in "ab":
        found = [FindingRow(name, n, 0.5, 0.5, 0.25, 1, "positive") for n in ("pneumonia", "nodule")]
        store.record(CaseRow(name, name, "P1", "done", seconds=1, finished_at="2026-01-01T00:00:00+00:00"), found)
    sound = [is_sound for *_, is_sound in store.results()]
    with closing(sqlite3.connect(tmp_path / "results.sqlite")) as connection, connection:
        connection.execute(f"{change} {'AND' if 'WHERE' in change else 'WHERE'} \"case\" = 'b'")

    assert sound == [True, True]
    assert [(case.case, is_sound) for case, _, is_sound in store.results()] == [("a", True), ("b", False)]
    store.close()


def test_odd_values_are_read_back_as_sound(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    odd = [
        FindingRow("\udcff\0 é", "n", -0.0, 1, 1e-300, True, "positive", "一"),
        FindingRow("\udcff\0 é", "p", 3, None, 0.1 + 0.2, 0, "x"),
    ]

    store.record(CaseRow("\udcff\0 é", "k", seconds=2), odd)

    assert [(case.case, is_sound) for case, _, is_sound in store.results()] == [("\\udcff\\x00 é", True)]
    store.close()


def test_results_come_in_order_with_their_findings_as_scored(tmp_path: Path) -> None:
    store = opened(tmp_path / "results.sqlite")
    for name in ("b", "é", "B", "a"):
        store.record(
            CaseRow(name, name), [FindingRow(name, n, 0.5, None, 0.5, 0, "x") for n in ("pneumonia", "nodule")]
        )

    told = [(case.case, [f.finding for f in found]) for case, found, _ in store.results(page=3)]

    assert told == [(name, ["pneumonia", "nodule"]) for name in ("B", "a", "b", "é")]
    store.close()


def test_a_run_with_another_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    opened(path).close()

    with pytest.raises(StorageError, match="written with model abc, this run has xyz"):
        opened(path, model="xyz")


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at as one" * 40)

    with pytest.raises(StorageError, match=r"results\.sqlite cannot be used"):
        opened(path)


def test_a_folder_of_any_name_holds_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "run?1 100%"
    folder.mkdir()
    store = ResultStore(folder / "results.sqlite")
    store.open({})
    store.close()

    assert (folder / "results.sqlite").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["run?1 100%"]
