"""The measurements of the open case as rows: name, value, slice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from medmm.core.image import MedicalImage
from medmm.core.measurement import Measurement
from medmm.imaging.measuring import Readout
from medmm.imaging.slice_place import documents_of, find_slices
from ui import theme
from ui.language import mark, tr
from ui.state.case_state import CaseState
from ui.state.measurement_words import NO_NUMBER, main_text
from ui.state.measuring_desk import MeasuringDesk

NAME, VALUE, SLICE = range(3)
TITLES = (mark("Name"), mark("Value"), mark("Slice"))
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Seat:
    """Where a measurement lies in the open case."""

    image: MedicalImage
    number: int
    slice_index: int


class MeasurementRows(QAbstractTableModel):
    """Follows the measurements, the one being dragged as well; names can be edited."""

    def __init__(self, desk: MeasuringDesk, cases: CaseState, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._cases = desk, cases
        self._rows: tuple[Measurement, ...] = ()
        self._documents: tuple[str, ...] = ()
        self._slices: Mapping[tuple[str, int], tuple[int, int]] = {}
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._refresh_case)
        desk.state.changed.connect(self._refresh)
        self._refresh_case()

    def measurement(self, row: int) -> Measurement | None:
        """Give the measurement of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, measurement: Measurement | None) -> int | None:
        """Find the row of a measurement."""
        ids = [row.id for row in self._rows]
        return ids.index(measurement.id) if measurement is not None and measurement.id in ids else None

    def seat(self, measurement: Measurement) -> Seat | None:
        """Find the slice of a measurement among the images of the case; None where it is not open."""
        found = self._slices.get(measurement.place.key)
        if found is None or self._cases.case is None:
            return None
        return Seat(self._cases.case.images[found[0]], *found)

    def readout(self, measurement: Measurement) -> Readout | None:
        """Give what a measurement says; None where its slice is not open."""
        seat = self.seat(measurement)
        return None if seat is None else self._desk.readouts.read(measurement, seat.image, seat.slice_index)

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(TITLES)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return tr(TITLES[section]) if is_title else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        measurement = self.measurement(index.row())
        if measurement is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(measurement, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == NAME:
            return QColor(theme.MEASURES[measurement.color_index % len(theme.MEASURES)])
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        measurement = self.measurement(index.row())
        if measurement is None or index.column() != NAME or role != Qt.ItemDataRole.EditRole:
            return False
        self._desk.state.rename(measurement, str(value))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def _text(self, measurement: Measurement, column: int) -> str:
        if column == NAME:
            return measurement.name
        seat, readout = self.seat(measurement), self.readout(measurement)
        if seat is None or readout is None:
            return NO_NUMBER if column == VALUE else tr("not open")
        if column == VALUE:
            return main_text(measurement.kind, readout, seat.image, seat.slice_index)
        return slice_text(seat)

    def _refresh_case(self) -> None:
        images = self._cases.case.images if self._cases.case else ()
        self._documents, self._slices = documents_of(images), find_slices(images)
        self._refresh()

    def _refresh(self) -> None:
        draft = self._desk.state.draft
        kept = self._desk.state.in_studies(self._documents)
        rows = tuple(draft if draft is not None and draft.id == row.id else row for row in kept)
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, SLICE))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def slice_text(seat: Seat) -> str:
    """Name a slice as the viewer counts: the image of the case, and the slice where there are several."""
    image = tr("image {number}").format(number=seat.number + 1)
    if seat.image.n_slices == 1:
        return image
    return f"{image}, {seat.slice_index + 1} / {seat.image.n_slices}"
