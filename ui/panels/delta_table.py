"""The findings of two results side by side; what changed much or decides otherwise stands out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from medmm.core.comparison import Difference, FindingDelta
from ui import theme
from ui.language import tr
from ui.panels.empty_hint import paint_empty_hint
from ui.panels.plain_label import plain_tip
from ui.state.comparison_words import delta_cells, difference_cells

ROW_HEIGHT = 26
NUMBERS = range(1, 5)


class PlainTable(QTableWidget):
    """A table to read: rows are chosen and copied nowhere, and an empty one says why."""

    def __init__(self, titles: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(0, len(titles), parent)
        self._hint = ""
        self.setHorizontalHeaderLabels(list(titles))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def set_hint(self, text: str) -> None:
        """Say this while there are no rows."""
        self._hint = text
        self.viewport().update()

    def align_right(self, columns: Sequence[int]) -> None:
        """Set the titles of columns of numbers to the right, above their figures."""
        for column in columns:
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._hint:
            paint_empty_hint(self, self._hint)


class DeltaTable(PlainTable):
    """names: of the two results, for the titles of their columns."""

    def __init__(self, names: tuple[str, str], parent: QWidget | None = None) -> None:
        titles = [tr("Finding"), *names, tr("Difference"), tr("In logits"), tr("Decision")]
        super().__init__(titles, tr("Findings of both results, the largest disagreement first"), parent)
        self.align_right(NUMBERS)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_deltas(self, deltas: Sequence[FindingDelta]) -> None:
        """Fill the table anew."""
        self.clearContents()
        self.setRowCount(len(deltas))
        for row, delta in enumerate(deltas):
            for column, text in enumerate(delta_cells(delta)):
                self.setItem(row, column, _cell(text, column, delta))


class DifferenceTable(PlainTable):
    """What is different in how two results came about. names: of the two results."""

    def __init__(self, names: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(
            [tr("Where"), tr("What"), *names], tr("What is different in how the results came about"), parent
        )
        for column in (2, 3):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Fill the table anew."""
        self.clearContents()
        self.setRowCount(len(differences))
        for row, difference in enumerate(differences):
            for column, text in enumerate(difference_cells(difference)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self.setItem(row, column, item)


def _cell(text: str, column: int, delta: FindingDelta) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    if column in NUMBERS:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if delta.is_large or delta.is_flipped:
        item.setFont(theme.font(is_bold=True))
    if delta.is_large and column in (3, 4):
        item.setForeground(theme.color(theme.WARNING))
    if column == 5:
        last = delta.second or delta.first
        assert last is not None
        token = theme.WARNING if delta.is_flipped else theme.DECISION_COLORS[last.decision]
        item.setForeground(theme.color(token))
    return item
