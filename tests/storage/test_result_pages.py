"""Pages of the store's table are those of a plain sort, however one gets to them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from medmm.storage.result_pages import PageQuery
from medmm.storage.result_schema import ORDERS
from medmm.storage.results import CaseRow, FindingRow, ResultStore

N = 203


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ResultStore]:
    store = ResultStore(tmp_path_factory.mktemp("pages") / "results.sqlite")
    store.open({})
    store.record_many(made(number) for number in range(N))
    store.mark([f"Case_{number:03d}" for number in range(0, N, 3)], read_state="read")
    store.assign([f"Case_{number:03d}" for number in range(0, N, 4)], to="reader 1")
    yield store
    store.close()


def made(number: int) -> tuple[CaseRow, list[FindingRow]]:
    rng = random.Random(number)
    outcome = rng.choice(("done", "done", "failed", "pending"))
    case = CaseRow(
        f"Case_{number:03d}", f"k{number}", f"P{number % 7}", outcome, "input" if outcome == "failed" else ""
    )
    if outcome != "done":
        return case, []
    value = rng.choice((0.125, 0.5, 0.75, 0.875))  # ties, so that their order matters
    is_high = int(value > 0.5)
    return case, [FindingRow(case.case, "nodule", value, value, 0.5, is_high, "positive" if is_high else "negative")]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_after_a_row_and_at_an_offset_are_those_of_a_plain_sort(
    store: ResultStore, order: str, descending: bool
) -> None:
    query = PageQuery(order=order, descending=descending)
    wanted = sorted(store.cases(), key=lambda row: (getattr(row, order), row.case), reverse=descending)

    jumped = [row for offset in range(0, N, 20) for row in store.page(query, n=20, offset=offset)]
    scrolled = list(store.page(query, n=20))
    while page := store.page(query, n=20, after=scrolled[-1]):
        scrolled += page

    assert jumped == wanted
    assert scrolled == wanted


@pytest.mark.parametrize(
    "filters",
    [
        {"outcome": "done"},
        {"outcome": "failed", "reason": "input"},
        {"decision": "positive", "read_state": "unread"},
        {"assigned_to": "reader 1"},
        {"patient_id": "P3", "outcome": "done"},
    ],
)
def test_filters_let_through_what_has_all_their_values(store: ResultStore, filters: dict[str, str]) -> None:
    wanted = [row for row in store.cases() if all(getattr(row, name) == value for name, value in filters.items())]
    query = PageQuery(**filters)

    assert 0 < len(wanted) < N
    assert list(store.page(query, n=N)) == wanted
    assert store.count(query) == len(wanted)


def test_text_is_searched_in_case_and_patient_and_its_signs_are_no_patterns(store: ResultStore) -> None:
    names = [row.case for row in store.page(PageQuery(text="E_00"), n=N)]

    assert names == [f"Case_{number:03d}" for number in range(10)]
    assert store.count(PageQuery(text="p3")) == len([number for number in range(N) if number % 7 == 3])
    assert store.count(PageQuery(text="%")) == 0


def test_a_page_is_read_from_the_index_of_its_order(store: ResultStore) -> None:
    from medmm.storage.result_pages import page_statement

    for order in ORDERS:
        statement = page_statement(PageQuery(order=order, outcome="done"), 50, after=None, offset=0)
        plan = explained(store, statement)
        assert any(f"USING COVERING INDEX cases_by_{order}" in step for step in plan), plan


def test_counts_and_waiting_cases_are_read_from_indexes_of_their_own(store: ResultStore) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(_connection: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    with listening(store, note):
        store.counts()
        next(store.waiting())

    (counted,), (waiting,) = plans(store, asked)
    assert "USING COVERING INDEX cases_counted" in counted
    assert "USING INDEX cases_waiting (case>?)" in waiting


@contextmanager
def listening(store: ResultStore, note: Callable[..., None]) -> Iterator[None]:
    event.listen(store._database.engine, "before_cursor_execute", note)
    yield
    event.remove(store._database.engine, "before_cursor_execute", note)


def plans(store: ResultStore, asked: list[tuple[str, tuple[object, ...]]]) -> list[list[str]]:
    with store._database.reading() as connection:
        explained = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values) for text, values in asked]
        return [[row[3] for row in rows] for rows in explained]


def explained(store: ResultStore, statement: object) -> list[str]:
    with store._database.reading() as connection:
        text = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]


def test_an_order_that_is_none_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no such order"):
        PageQuery(order="colour")
