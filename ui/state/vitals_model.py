"""The vital signs as a table: one row a time, the newest first, one column a vital sign."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from medmm.core.prediction import VitalWeight
from medmm.core.record import VitalMeasurement, VitalSign
from ui.language import tr
from ui.state.time_axis import DAY, wall_time
from ui.state.time_words import day_words, moment_words
from ui.state.vital_words import (
    NO_VALUE,
    level_of,
    range_words,
    short_title,
    sign_title,
    value_words,
    weight_words,
)
from ui.state.vitals_state import VitalsState

LEVEL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
COLUMN_ROLE = LEVEL_ROLE + 1
NO_PARENT = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex
Cell = tuple[VitalMeasurement, ...]


@dataclass(frozen=True)
class VitalColumn:
    """What stands over a column: the vital sign, and its weight for the selected finding."""

    sign: VitalSign
    weight: VitalWeight | None


class VitalsModel(QAbstractTableModel):
    """Column 0 is the time; a cell with several values at one time shows all of them."""

    def __init__(self, state: VitalsState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        # By the clock's face, the newest first.
        self._rows: list[tuple[float, dict[str, Cell]]] = []
        self._new_days: frozenset[int] = frozenset()
        state.lanes_changed.connect(self._refresh)
        state.changed.connect(self._refresh_header)
        self._refresh()

    @override
    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._state.lanes) + 1

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.column() == 0:
            return self._time_cell(index.row(), role)
        _, cells = self._rows[index.row()]
        sign = self._state.lanes[index.column() - 1].sign
        return self._value_cell(sign, cells.get(sign.name, ()), role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if section == 0:
            return _time_header(role)
        sign = self._state.lanes[section - 1].sign
        column = VitalColumn(sign, self._state.weights.get(sign.name))
        if role == COLUMN_ROLE:
            return column
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(header_lines(column))
        return _column_tip(column) if role == Qt.ItemDataRole.ToolTipRole else None

    @property
    def new_days(self) -> frozenset[int]:
        """The rows that are the first of their day."""
        return self._new_days

    def time_at(self, row: int) -> datetime:
        """Give the time of a row."""
        return wall_time(self._rows[row][0])

    def _time_cell(self, row: int, role: int) -> str | None:
        time = self.time_at(row)
        if role == Qt.ItemDataRole.DisplayRole:
            clock = f"{time:%H:%M}"
            return f"{day_words(time)}\n{clock}" if row in self._new_days else clock
        is_words = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return moment_words(time) if is_words else None

    def _value_cell(self, sign: VitalSign, found: Cell, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return " / ".join(value_words(measurement) for measurement in found) or NO_VALUE
        if role == LEVEL_ROLE:
            levels = [level_of(measurement) for measurement in found]
            return next((level for level in levels if level != "usual"), "usual" if levels else "")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            lines = [line for measurement in found for line in self._state.lines_of(measurement)]
            return "\n".join(lines) or tr("{sign} not measured at this time").format(sign=sign_title(sign))
        return None

    def _refresh(self) -> None:
        self.beginResetModel()
        by_time: dict[float, dict[str, Cell]] = defaultdict(dict)
        for lane in self._state.lanes:
            for seconds, found in zip(lane.seconds.tolist(), lane.measurements, strict=True):
                cells = by_time[seconds]
                cells[found.name] = (*cells.get(found.name, ()), found)
        self._rows = sorted(by_time.items(), key=lambda row: -row[0])
        days = [seconds // DAY for seconds, _ in self._rows]
        self._new_days = frozenset(row for row, day in enumerate(days) if row == 0 or day != days[row - 1])
        self.endResetModel()

    def _refresh_header(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)


def header_lines(column: VitalColumn) -> tuple[str, str, str, str]:
    """Give what stands over a column: short name, unit, reference range, weight."""
    return short_title(column.sign), column.sign.unit, range_words(column.sign), weight_words(column.weight)


def _time_header(role: int) -> str | None:
    if role == Qt.ItemDataRole.DisplayRole:
        return tr("Time")
    return tr("When it was measured, the newest first") if role == Qt.ItemDataRole.ToolTipRole else None


def _column_tip(column: VitalColumn) -> str:
    sign = column.sign
    words = tr("{sign} in {unit}, reference range {range}")
    lines = [words.format(sign=sign_title(sign), unit=sign.unit, range=range_words(sign))]
    if column.weight is not None:
        lines.append(tr("Weight for the selected finding: {weight} logits").format(weight=weight_words(column.weight)))
        if column.weight.imputed:
            lines.append(tr("Not measured: the model took its default"))
    return "\n".join(lines)
