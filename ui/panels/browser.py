"""The study browser: patients, studies, series with pictures; search, keys, and dragging onto a viewport."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.language import tr
from ui.panels.browser_model import ROW_ROLE, BrowserModel
from ui.panels.browser_paint import FOLD_WIDTH, BrowserDelegate
from ui.panels.empty_hint import paint_empty_hint
from ui.panels.search_line import SearchLine
from ui.state.browser_rows import Row, RowKind
from ui.state.case_state import CaseState
from ui.state.patient import Stage

OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StudyBrowser(QWidget):
    """What is selected follows the active viewport; a click, or Enter, shows a series there.

    left: the reader goes back to the image, whose keys are to work again.
    """

    left = Signal()

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self.model = BrowserModel(cases, self)
        self.search = SearchLine(self)
        self.search.setPlaceholderText(tr("Search name, ID, accession, description"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search the opened patients"))
        self.search.setToolTip(
            tr("All words must be found: in the name in any script, the ID, the accession number or a description")
        )
        self.search.textChanged.connect(self.model.search)
        self.list = BrowserList(self.model, cases, self)
        self.search.entered.connect(self.list.setFocus)
        self.search.left.connect(self.left)
        self.list.series_clicked.connect(self.left)
        QWidget.setTabOrder(self.search, self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        holder = QVBoxLayout()
        holder.setContentsMargins(8, 8, 8, 8)
        holder.addWidget(self.search)
        column.addLayout(holder)
        column.addWidget(self.list, 1)


class BrowserList(QListView):
    """The rows. Left and Right fold and unfold, Enter shows."""

    picture_wanted = Signal(str)
    series_clicked = Signal()

    def __init__(self, model: BrowserModel, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases, self._model = cases, model
        self._followed = ""
        self._stars: dict[str, int] = {}
        delegate = BrowserDelegate(cases, self._stars, self)
        delegate.picture_wanted.connect(self.picture_wanted)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(tr("Opened patients, studies and series"))
        self.setToolTip(
            tr("Click a series, or press Enter, to show it; drag it onto a viewport. Left and Right fold and unfold.")
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.clicked.connect(self._on_clicked)
        for signal in (cases.current_changed, cases.case_changed, cases.image_changed):
            signal.connect(self._refresh_selection)
        cases.shown.changed.connect(self._on_shown_changed)
        model.updated.connect(self._on_updated)
        self._refresh_selection()

    def show_stars(self, counts: Mapping[str, int]) -> None:
        """Write at each series how many of its slices are key images."""
        self._stars.clear()
        self._stars.update(counts)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, _empty_words(self._cases))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row: Row | None = index.data(ROW_ROLE)
        if row is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in OPEN_KEYS:
            self._show(row)
        elif event.key() == Qt.Key.Key_Left:
            self._fold(index, row)
        elif event.key() == Qt.Key.Key_Right:
            self._unfold(row)
        else:
            super().keyPressEvent(event)

    def _fold(self, index: QModelIndex, row: Row) -> None:
        if row.has_children and row.is_open:
            self._model.toggle(row.key)
            return
        above = (place for place in range(index.row(), -1, -1) if self._model.rows[place].kind < row.kind)
        parent = next(above, None)
        if parent is not None:
            self.setCurrentIndex(self._model.index(parent))

    def _unfold(self, row: Row) -> None:
        if row.has_children and not row.is_open:
            self._model.toggle(row.key)
        elif row.has_children:
            self.setCurrentIndex(self._model.index(min(self.currentIndex().row() + 1, self._model.rowCount() - 1)))

    def _on_clicked(self, index: QModelIndex) -> None:
        row: Row = index.data(ROW_ROLE)
        pointed = self.viewport().mapFromGlobal(self.cursor().pos())
        if row.has_children and (row.kind is RowKind.STUDY or self._is_on_fold(index, pointed)):
            self._model.toggle(row.key)
        else:
            self._show(row)
            if row.kind is RowKind.SERIES:
                self.series_clicked.emit()

    def _is_on_fold(self, index: QModelIndex, point: QPoint) -> bool:
        area = self.visualRect(index)
        return QRect(area.left(), area.top(), 12 + FOLD_WIDTH, theme.scaled(32)).contains(point)

    def _show(self, row: Row) -> None:
        if row.kind is RowKind.SERIES:
            self._cases.show_series(row.target)
        elif row.kind is RowKind.PATIENT:
            self._cases.select(row.target)
        else:
            self._model.toggle(row.key)

    def _on_shown_changed(self) -> None:
        self.viewport().update()

    def _on_updated(self) -> None:
        # Not otherwise: whoever walks through the rows by key must not be thrown back while a scan goes on.
        if self._followed != self._cases.series_key or not self.currentIndex().isValid():
            self._refresh_selection()

    def _refresh_selection(self) -> None:
        place = self._model.row_of(self._cases.series_key)
        self._followed = self._cases.series_key if place is not None else ""
        if place is None:
            place = self._model.row_of(self._cases.key, RowKind.PATIENT)
        if place is not None:
            self.setCurrentIndex(self._model.index(place))
        self.viewport().update()


def _empty_words(cases: CaseState) -> str:
    """Say why no row is seen: nothing is open, nothing has been found in the files yet, or the search leaves none."""
    patients = cases.worklist.patients
    if not patients:
        return tr("Opened patients appear here.")
    is_unknown = not any(patient.series or patient.case for patient in patients)
    is_reading = any(patient.stage is Stage.READING for patient in patients)
    return tr("reading the files").capitalize() if is_unknown and is_reading else tr("Nothing found.")
