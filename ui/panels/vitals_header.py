"""The header of the table of vital signs: name, unit, reference range and weight under each other."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from ui import theme
from ui.language import tr
from ui.state.time_words import day_words
from ui.state.vitals_model import COLUMN_ROLE, VitalColumn, header_lines

PAD = 3
LINES = 4


class VitalsHeader(QHeaderView):
    """Over the times stands the day of the uppermost row: rows of one day show the clock only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._day: datetime | None = None
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setAccessibleName(tr("Units, reference ranges and weights"))

    def show_day(self, day: datetime | None) -> None:
        """Write another day over the times."""
        self._day = day
        self.viewport().update()

    def text_width(self, section: int) -> int:
        """Give the width of the widest line."""
        metrics = QFontMetrics(theme.font(theme.SIZE_CORNER))
        return max(metrics.horizontalAdvance(words) for words, _ in self._lines(section))

    @override
    def sizeHint(self) -> QSize:
        line = QFontMetrics(theme.font(theme.SIZE_CORNER)).height()
        return QSize(super().sizeHint().width(), LINES * line + 2 * PAD)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.color(theme.PANEL))
        painter.setPen(theme.color(theme.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font(theme.SIZE_CORNER))
        height = painter.fontMetrics().height()
        side = Qt.AlignmentFlag.AlignRight if logicalIndex else Qt.AlignmentFlag.AlignLeft
        for row, (words, token) in enumerate(self._lines(logicalIndex)):
            painter.setPen(theme.color(token))
            place = QRect(rect.left() + PAD, rect.top() + PAD + row * height, rect.width() - 2 * PAD, height)
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _lines(self, section: int) -> list[tuple[str, str]]:
        column = self.model().headerData(section, self.orientation(), COLUMN_ROLE)
        if not isinstance(column, VitalColumn):
            day = (day_words(self._day), str(self._day.year)) if self._day else ()
            return [(words, theme.TEXT_2) for words in (tr("Time"), *day)]
        title, unit, reference, weight = header_lines(column)
        if column.weight is None:
            return [(title, theme.TEXT), (unit, theme.TEXT_2), (reference, theme.TEXT_2)]
        token = theme.POSITIVE if column.weight.weight > 0 else theme.NEGATIVE
        weight = f"{weight}*" if column.weight.imputed else weight
        return [(title, theme.TEXT), (unit, theme.TEXT_2), (reference, theme.TEXT_2), (weight, token)]
