"""The table of cases: rows of one height, columns that are not measured, so that 100,000 rows scroll like ten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from medmm.core.listed_case import ListedCase
from ui import theme
from ui.panels.case_paint import CaseDelegate
from ui.panels.empty_hint import paint_empty_hint
from ui.state.case_table import CaseTable

ROW_HEIGHT = 26
OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaseView(QTableView):
    """Enter or a double click asks for a case; several rows can be chosen.

    wanted: a case is to be opened; sort_wanted: an order of the store, and whether it is to be descending.
    """

    wanted = Signal(object)
    sort_wanted = Signal(str, bool)
    chosen_changed = Signal()

    def __init__(self, table: CaseTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._hint = ""
        self.setModel(table)
        self.setItemDelegate(CaseDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.scaled(ROW_HEIGHT))
        rows.hide()
        self._dress_header()
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(lambda: self.chosen_changed.emit())
        table.modelReset.connect(self._on_reset)

    def set_hint(self, text: str) -> None:
        """Say something where there are no rows."""
        self._hint = text
        self.viewport().update()

    @property
    def chosen(self) -> tuple[ListedCase, ...]:
        """The cases of the rows that are selected and known by now."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(case for row in rows if (case := self._table.case_at(row)) is not None)

    def choose(self, places: Sequence[int]) -> None:
        """Select these rows and no others; what is in sight stays."""
        chosen, last = QItemSelection(), len(self._table.columns) - 1
        for place in places:
            chosen.select(self._table.index(place, 0), self._table.index(place, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if places:
            first = self._table.index(places[0], 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPEN_KEYS and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._on_double_clicked(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, self._hint)

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for place, column in enumerate(self._table.columns):
            self.setColumnWidth(place, theme.scaled(column.width))
        if any(column.order for column in self._table.columns):
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicatorClearable(False)
            header.setSortIndicator(self._first_order(), Qt.SortOrder.AscendingOrder)
            header.sortIndicatorChanged.connect(self._on_sort)

    def _first_order(self) -> int:
        return next(place for place, column in enumerate(self._table.columns) if column.order == "case")

    def _on_sort(self, place: int, order: Qt.SortOrder) -> None:
        name = self._table.columns[place].order
        if name:
            self.sort_wanted.emit(name, order is Qt.SortOrder.DescendingOrder)

    def _on_reset(self) -> None:
        self.scrollToTop()
        if self._table.rowCount():
            self.setCurrentIndex(self._table.index(0, 0))
        self.chosen_changed.emit()

    def _on_double_clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        case = self._table.case_at(index.row()) if index.isValid() else None
        if case is not None:
            self.wanted.emit(case)
