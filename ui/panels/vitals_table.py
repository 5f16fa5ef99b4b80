"""The vital signs as a table under a header with units, reference ranges and weights."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.language import tr
from ui.panels.vitals_header import VitalsHeader
from ui.state.vitals_model import LEVEL_ROLE, VitalsModel
from ui.state.vitals_state import VitalsState

ROW_HEIGHT, NEW_DAY_HEIGHT = 22, 36
CELL_PAD = 6
# Rows that are measured for the columns' widths.
SAMPLE = 60
TONES = {"high": theme.WARNING, "low": theme.WARNING, "implausible": theme.STOP, "": theme.TEXT_2, "time": theme.TEXT_2}


class VitalsTable(QTableView):
    """Only the rows that are seen are painted, however many there are."""

    def __init__(self, state: VitalsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = VitalsModel(state, self)
        self._header = VitalsHeader(self)
        self.setModel(self._model)
        self.setItemDelegate(_ValueDelegate(self))
        self.setHorizontalHeader(self._header)
        self.setAccessibleName(tr("Table of the vital signs"))
        self.setToolTip(tr("Vital signs by time, the newest first"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        self._model.modelReset.connect(self._fit)
        self.verticalScrollBar().valueChanged.connect(self._refresh_day)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit(self) -> None:
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(theme.scaled(ROW_HEIGHT))
        for row in self._model.new_days:
            rows.resizeSection(row, theme.scaled(NEW_DAY_HEIGHT))
        self._fit_columns()
        self._refresh_day()

    def _fit_columns(self) -> None:
        widths = [self._width(column) for column in range(self._model.columnCount())]
        spare = max(0, self.viewport().width() - sum(widths)) // max(1, len(widths))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width + spare)

    def _width(self, column: int) -> int:
        metrics = QFontMetrics(theme.font(theme.SIZE_SECOND))
        rows = range(min(SAMPLE, self._model.rowCount()))
        lines = [line for row in rows for line in str(self._model.index(row, column).data()).split("\n")]
        widest = max((metrics.horizontalAdvance(line) for line in lines), default=0)
        return max(widest, self._header.text_width(column)) + CELL_PAD

    def _refresh_day(self) -> None:
        row = self.rowAt(0)
        self._header.show_day(self._model.time_at(row) if row >= 0 else None)


class _ValueDelegate(QStyledItemDelegate):
    """Colour and strike-through by level; the sign beside the value says the same without colour."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # Painted here and not by the style, which asks for a dozen roles a cell: scrolling must keep up.
        level = index.data(LEVEL_ROLE) if index.column() else "time"
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color(theme.SELECTED))
        font = theme.font(theme.SIZE_SECOND)
        font.setStrikeOut(level == "implausible")
        painter.setFont(font)
        painter.setPen(theme.color(TONES.get(level, theme.TEXT)))
        side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
        pad = CELL_PAD // 2
        painter.drawText(option.rect.adjusted(pad, 0, -pad, 0), side | Qt.AlignmentFlag.AlignVCenter, index.data())
        painter.restore()
