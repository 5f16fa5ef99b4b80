"""A table of cases that fetches pages: what is asked for, what stays, what is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from medmm.core.errors import StorageError
from medmm.core.listed_case import ListedCase
from medmm.core.words import Words
from ui.state.case_cells import BATCH_COLUMNS, batch_cells
from ui.state.case_table import PAGE, CaseTable, Rows
from ui.tasks import Tasks

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], object]], bool]


class Source:
    """Cases whose names are numbers; counts what was asked for."""

    def __init__(self, n_rows: int) -> None:
        self.n_rows = n_rows
        self.asked: list[int] = []
        self.prefix = ""

    @property
    def rows(self) -> Rows:
        return Rows(lambda: self.n_rows, self._page)

    def _page(self, first: int, n: int) -> Sequence[ListedCase]:
        self.asked.append(first)
        return [ListedCase(f"{self.prefix}{at}", f"k{at}") for at in range(first, min(first + n, self.n_rows))]


@pytest.fixture
def table(application: QApplication) -> Iterator[CaseTable]:
    tasks = Tasks()
    yield CaseTable(tasks, BATCH_COLUMNS, batch_cells())
    assert tasks.close(2.0)


def name_at(table: CaseTable, row: int) -> object:
    return table.data(table.index(row, 1), Qt.ItemDataRole.DisplayRole)


def shown(table: CaseTable, row: int) -> str:
    case = table.case_at(row)
    return case.case if case is not None else ""


def test_only_the_pages_in_sight_are_fetched(table: CaseTable, spin: Spin) -> None:
    source = Source(100_000)

    table.show(source.rows)
    assert spin(lambda: table.rowCount() == 100_000)
    assert name_at(table, 3) == "3"
    assert name_at(table, 70_000) is None
    assert spin(lambda: shown(table, 70_000) == "70000")

    assert source.asked == [0, 70_000 // PAGE * PAGE]


def test_of_a_fast_scroll_the_last_pages_are_fetched(table: CaseTable, spin: Spin) -> None:
    source = Source(100_000)
    table.show(source.rows)
    assert spin(lambda: table.rowCount() == 100_000)

    for row in range(0, 90_000, PAGE):
        table.case_at(row)
    assert spin(lambda: shown(table, row) == str(row))

    assert len(source.asked) <= 5


def test_a_refresh_keeps_rows_in_sight_and_takes_new_ones(table: CaseTable, spin: Spin) -> None:
    source = Source(10)
    table.show(source.rows)
    assert spin(lambda: table.rowCount() == 10)
    resets: list[bool] = []
    table.modelReset.connect(lambda: resets.append(True))

    source.n_rows, source.prefix = 12, "new "
    table.refresh()
    assert shown(table, 3) == "3"

    assert spin(lambda: table.rowCount() == 12 and shown(table, 3) == "new 3")
    assert shown(table, 11) == "new 11"
    assert not resets


def test_rows_that_are_gone_leave_the_table(table: CaseTable, spin: Spin) -> None:
    source = Source(300)
    table.show(source.rows)
    assert spin(lambda: table.rowCount() == 300)

    source.n_rows = 5
    table.refresh()

    assert spin(lambda: table.rowCount() == 5)
    assert table.case_at(100) is None


def test_an_answer_to_a_former_question_is_not_shown(table: CaseTable, spin: Spin) -> None:
    go_on = threading.Event()
    slow = Rows(lambda: 7 if go_on.wait(3) else 0, lambda first, n: [])
    other = Source(3)

    table.show(slow)
    table.show(other.rows)
    assert spin(lambda: table.rowCount() == 3)
    go_on.set()
    spin(lambda: table.rowCount() == 7)

    assert table.rowCount() == 3


def test_trouble_is_told_once(table: CaseTable, spin: Spin) -> None:
    def fail() -> int:
        raise StorageError(Words("results.sqlite cannot be used: disk I/O error"))

    told: list[str] = []
    table.failed.connect(lambda problem: told.append(problem.sentence))

    table.show(Rows(fail, lambda first, n: []))

    assert spin(lambda: told)
    assert told == ["Results.sqlite cannot be used: disk I/O error."]


def test_nothing_to_show_is_an_empty_table(table: CaseTable, spin: Spin) -> None:
    table.show(Source(4).rows)
    assert spin(lambda: table.rowCount() == 4)

    table.show(None)

    assert table.rowCount() == 0
