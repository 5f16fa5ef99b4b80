"""The measurements of the open case as rows: name, value, slice."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from medmm.core.image import StudyHeader
from medmm.core.measurement import Measurement
from medmm.imaging.slice_place import is_computed
from ui import theme
from ui.language import mark, tr
from ui.state.case_state import CaseState
from ui.state.measurement_seats import MeasurementSeats, Seat
from ui.state.measurement_words import NO_NUMBER, main_text
from ui.state.measuring_desk import MeasuringDesk
from ui.state.plane_words import cut_words

NAME, VALUE, SLICE = range(3)
TITLES = (mark("Name"), mark("Value"), mark("Slice"))
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class MeasurementRows(QAbstractTableModel):
    """Follows the measurements, the one being dragged as well; names can be edited."""

    def __init__(self, desk: MeasuringDesk, cases: CaseState, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._state = desk, desk.state
        self.seats = MeasurementSeats(desk, cases)
        self._rows: tuple[Measurement, ...] = ()
        self._documents: tuple[str, ...] = ()
        for signal in (cases.current_changed, cases.case_changed, cases.status_changed, cases.image_changed):
            signal.connect(self._refresh_studies)
        cases.pixels.series_changed.connect(self._on_series_changed)
        cases.shown.changed.connect(self._on_shown_changed)
        desk.state.changed.connect(self._refresh)
        # It is told while a viewport paints.
        desk.wishes.learned.connect(self._refresh, Qt.ConnectionType.QueuedConnection)
        self._refresh_studies()

    def measurement(self, row: int) -> Measurement | None:
        """Give the measurement of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, measurement: Measurement | None) -> int | None:
        """Find the row of a measurement."""
        ids = [row.id for row in self._rows]
        return ids.index(measurement.id) if measurement is not None and measurement.id in ids else None

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
        cut = measurement.place.cut
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == SLICE and cut is not None:
            return cut_words(cut)
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
        self._state.rename(measurement, str(value))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def _text(self, measurement: Measurement, column: int) -> str:
        if column == NAME:
            return measurement.name
        found = self.seats.readout(measurement)
        if found is None:
            said = self._desk.said(measurement)
            unknown = said.value if said is not None else NO_NUMBER
            return unknown if column == VALUE else self._unread_text(measurement)
        seat, readout = found
        if column == VALUE:
            return main_text(measurement.kind, readout, seat.image, seat.slice_index)
        return slice_text(seat)

    def _unread_text(self, measurement: Measurement) -> str:
        if is_computed(measurement.place):
            return tr("a computed plane")
        series = self.seats.unread_series(measurement)
        return tr("not among the files") if series is None else series_words(series.header) or tr("not read yet")

    def _on_series_changed(self, _key: str) -> None:
        self._refresh_studies()

    def _on_shown_changed(self, _viewport: int) -> None:
        self._refresh_studies()

    def _refresh_studies(self) -> None:
        self._documents = self.seats.documents
        self._refresh()

    def _refresh(self) -> None:
        draft = self._state.draft
        kept = self._state.in_studies(self._documents)
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
    """Name a slice: its series, and its number where there are several."""
    series, n_slices = series_words(seat.image.header), seat.image.n_slices
    number = f"{seat.slice_index + 1} / {n_slices}" if n_slices > 1 else ""
    return ", ".join(part for part in (series, number) if part) or tr("image")


def series_words(header: StudyHeader) -> str:
    """Name a series by its number, or by what it is of."""
    if header.series_number:
        return tr("series {number}").format(number=header.series_number)
    return " ".join(part for part in (header.modality, header.view_position) if part)
