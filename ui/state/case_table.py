"""Any number of cases as a Qt table: rows are fetched in pages when they come into sight, in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from typing_extensions import override

from medmm.core.listed_case import ListedCase
from ui.language import mark, tr
from ui.messages import Problem
from ui.tasks import Handlers, Job, Tasks

CASE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
CELL_ROLE = CASE_ROLE + 1
PAGE = 128
# Of what a fast scroll passes over only the last pages are fetched; of those fetched some screens are kept.
MOST_WANTED, MOST_KEPT = 3, 24
TITLE = mark("Reading the list of cases")
AnyIndex = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class Rows:
    """Where rows come from; both are called outside the main thread. page: (first, n) -> rows in order."""

    count: Callable[[], int]
    page: Callable[[int, int], Sequence[ListedCase]]


@dataclass(frozen=True)
class Column:
    """One column. order: what the store sorts by where the header is clicked, "" where it cannot; width in pixels."""

    title: str
    width: int
    order: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Cells:
    """How a case is written: one text a column, the colour token of a row's column if any, and a tooltip."""

    texts: Callable[[int, ListedCase], Sequence[str]]
    tint: Callable[[ListedCase, int], QColor | None]
    tip: Callable[[ListedCase], str]


@dataclass(frozen=True)
class Cell:
    """What is drawn of one cell; color None: that of text."""

    text: str
    color: QColor | None
    side: Qt.AlignmentFlag


@dataclass(frozen=True)
class _Answer:
    n_rows: int
    pages: dict[int, tuple[ListedCase, ...]]


class CaseTable(QAbstractTableModel):
    """What was shown stays until the newer rows are there. counted: how many rows there are; failed: with a Problem."""

    counted = Signal(int)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, columns: Sequence[Column], cells: Cells, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._columns, self._cells = tasks, tuple(columns), cells
        self._key = f"rows_{id(self)}"
        self._rows: Rows | None = None
        self._n_rows = 0
        self._pages: dict[int, tuple[ListedCase, ...]] = {}
        # Of the rows that were painted: most rows of a page never are.
        self._texts: dict[int, Sequence[str]] = {}
        self._sought: dict[int, None] = {}
        self._wanted: dict[int, None] = {}
        self._is_new = self._is_asking = self._is_outdated = False
        # Of many cells that are painted in one turn all pages are asked for together.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the columns are."""
        return self._columns

    def show(self, rows: Rows | None) -> None:
        """Show other rows, from the first one on."""
        self._rows, self._is_new = rows, True
        self._is_asking = False
        self._wanted = {}
        if rows is None:
            self._take_all(_Answer(0, {}))
        else:
            self._ask()

    def replace(self, rows: Rows | None) -> None:
        """Show other rows where the same ones stood; what is looked at stays in sight."""
        self._rows = rows
        self._is_asking = False
        self.refresh()

    def refresh(self) -> None:
        """Look again at the rows in sight, and how many there are."""
        self._is_outdated = True
        self._ask()

    def case_at(self, place: int) -> ListedCase | None:
        """Give the case of a row, None while it is fetched."""
        if place >= self._n_rows:
            return None
        number, within = divmod(place, PAGE)
        page = self._pages.get(number)
        self._seek(number)
        if page is None:
            self._want(number)
        return page[within] if page is not None and within < len(page) else None

    @override
    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._n_rows

    @override
    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self._columns[section].title)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        case = self.case_at(index.row()) if index.isValid() else None
        if case is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        if role == CELL_ROLE:
            return self._cell(case, index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts_of(index.row(), case)[index.column()]
        if role == CASE_ROLE:
            return case
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._cells.tint(case, index.column())
        return self._cells.tip(case) if role == Qt.ItemDataRole.ToolTipRole else None

    def _cell(self, case: ListedCase, index: AnyIndex) -> Cell:
        column = index.column()
        text = self._texts_of(index.row(), case)[column]
        return Cell(text, self._cells.tint(case, column), self._alignment(column))

    def _texts_of(self, place: int, case: ListedCase) -> Sequence[str]:
        if place not in self._texts:
            self._texts[place] = self._cells.texts(place, case)
        return self._texts[place]

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._columns[column].is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _seek(self, number: int) -> None:
        """Keep in mind what is looked at: a refresh brings these pages together with the count of rows."""
        self._sought.pop(number, None)
        self._sought[number] = None
        while len(self._sought) > MOST_WANTED:
            del self._sought[next(iter(self._sought))]

    def _want(self, number: int) -> None:
        self._wanted.pop(number, None)
        self._wanted[number] = None
        while len(self._wanted) > MOST_WANTED:
            del self._wanted[next(iter(self._wanted))]
        if not self._is_asking and not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        rows = self._rows
        if rows is None or self._is_asking:
            return
        is_refresh, numbers = self._is_outdated, [0] if self._is_new else list(self._wanted)
        if is_refresh and not self._is_new:
            numbers = list(self._sought)
        self._wanted, self._is_outdated, self._is_asking = {}, False, True
        handlers = Handlers(
            lambda answer: self._on_fetched(answer, is_refresh=is_refresh), self._on_failed, self._on_cancelled
        )
        job = Job(self._key, "rows", tr(TITLE), handlers)
        self._tasks.run(job, lambda progress, cancel: _fetch(rows, numbers))

    def _on_fetched(self, answer: _Answer, *, is_refresh: bool) -> None:
        self._is_asking = False
        if self._is_new:
            self._take_all(answer)
        else:
            if is_refresh:
                # Other pages may belong to an order or a state that is over.
                self._pages = {}
            self._take_some(answer)
        if self._wanted or self._is_outdated:
            self._soon.start()

    def _on_failed(self, problem: Problem) -> None:
        # The rows stay asked for by nobody: one trouble is told once, and not again at every paint.
        self._is_asking = self._is_outdated = False
        self._wanted = {}
        self.failed.emit(problem)

    def _on_cancelled(self) -> None:
        self._is_asking = False

    def _take_all(self, answer: _Answer) -> None:
        self.beginResetModel()
        self._is_new = False
        self._pages, self._texts = dict(answer.pages), {}
        self._n_rows = answer.n_rows
        self.endResetModel()
        self.counted.emit(self._n_rows)

    def _take_some(self, answer: _Answer) -> None:
        for number in answer.pages:
            self._pages.pop(number, None)
        self._pages |= answer.pages
        self._texts = {}
        while len(self._pages) > MOST_KEPT:
            del self._pages[next(iter(self._pages))]
        self._set_count(answer.n_rows)
        self._tell(answer.pages)

    def _set_count(self, n_rows: int) -> None:
        before = self._n_rows
        if n_rows > before:
            self.beginInsertRows(QModelIndex(), before, n_rows - 1)
            self._n_rows = n_rows
            self.endInsertRows()
        elif n_rows < before:
            self.beginRemoveRows(QModelIndex(), n_rows, before - 1)
            self._n_rows = n_rows
            self.endRemoveRows()
        if n_rows != before:
            self.counted.emit(n_rows)

    def _tell(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            first, last = number * PAGE, min((number + 1) * PAGE, self._n_rows) - 1
            if first <= last:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))


def _fetch(rows: Rows, numbers: Sequence[int]) -> _Answer:
    return _Answer(rows.count(), {number: tuple(rows.page(number * PAGE, PAGE)) for number in numbers})
