"""A cell of a table of cases, drawn by itself: the style sheet's own way takes three times as long a cell."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui import theme
from ui.state.case_table import CELL_ROLE, Cell

PADDING = 8


@dataclass(frozen=True)
class _Kit:
    """What cells are drawn with in one look: a screen holds 300 of them, and a font takes longer than its text."""

    look: theme.Look
    font: QFont
    metrics: QFontMetrics
    text: QColor
    selected: QColor
    accent: QColor


class CaseDelegate(QStyledItemDelegate):
    """One line of text, its end left out where it is too long; the current row has the focus ring of lists."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made = _make_kit()

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        kit = self._kit
        # The stubs of PySide6 6.11 leave these fields out.
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, kit.selected)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(kit.accent)
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is None or not cell.text:
            return
        room = area.adjusted(PADDING, 0, -PADDING, 0)
        text = kit.metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(kit.font)
        painter.setPen(cell.color or kit.text)
        painter.drawText(room, cell.side | Qt.TextFlag.TextSingleLine, text)

    @property
    def _kit(self) -> _Kit:
        if self._made.look != theme.active():
            self._made = _make_kit()
        return self._made


def _make_kit() -> _Kit:
    font = theme.font()
    colors = (theme.color(token) for token in (theme.TEXT, theme.SELECTED, theme.ACCENT))
    return _Kit(theme.active(), font, QFontMetrics(font), *colors)
