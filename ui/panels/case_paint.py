"""A cell of a table of cases, drawn by itself: the style sheet's own way takes three times as long a cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui import theme
from ui.state.case_table import CELL_ROLE, Cell

PADDING = 8


class CaseDelegate(QStyledItemDelegate):
    """One line of text, its end left out where it is too long; the current row has the focus ring of lists."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # The stubs of PySide6 6.11 leave these fields out.
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color(theme.SELECTED))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color(theme.ACCENT)))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is None:
            return
        font = theme.font()
        room = area.adjusted(PADDING, 0, -PADDING, 0)
        text = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(cell.color or theme.color(theme.TEXT))
        painter.drawText(room, cell.side | Qt.TextFlag.TextSingleLine, text)
