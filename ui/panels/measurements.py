"""The Measurements dock: every measurement of the case, and what the selected one says in full."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.language import mark, tr
from ui.panels.empty_hint import paint_empty_hint
from ui.panels.measurement_detail import MeasurementDetail
from ui.state.case_state import CaseState
from ui.state.measurement_rows import NAME, SLICE, VALUE, MeasurementRows
from ui.state.measuring_desk import MeasuringDesk
from ui.state.plane_words import cut_words

ROW_HEIGHT, LEAST_ROWS = 26, 2
SWATCH, NAME_WIDTH = 10, 140
EMPTY = mark("Nothing is measured yet. Choose a tool in the Measure menu and drag on the image.")


class MeasurementTable(QTableView):
    """One row a measurement; a click or Enter shows it on its slice, F2 renames it."""

    def __init__(self, rows: MeasurementRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setAccessibleName(tr("Measurements"))
        self.setToolTip(tr("Click a measurement to see it on its slice; F2 renames it"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(SWATCH, SWATCH))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(ROW_HEIGHT))
        header = self.horizontalHeader()
        # The value gives way first: the detail below says it in full.
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SLICE, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(NAME, theme.scaled(NAME_WIDTH))
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    @override
    def minimumSizeHint(self) -> QSize:
        rows = self.horizontalHeader().sizeHint().height() + LEAST_ROWS * theme.scaled(ROW_HEIGHT)
        return QSize(super().minimumSizeHint().width(), rows)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, tr(EMPTY))


class MeasurementsPanel(QWidget):
    """Reads the measurements of the open case; selecting here selects on the image and the other way round."""

    def __init__(
        self, desk: MeasuringDesk, cases: CaseState, actions: tuple[QAction, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._state = desk, desk.state
        self._rows = MeasurementRows(desk, cases, self)
        self._table = MeasurementTable(self._rows, self)
        self._detail = MeasurementDetail(self)
        self._build(actions)
        # While a region is dragged its histogram follows at a calmer pace than its numbers.
        self._pause = QTimer(self, singleShot=True, interval=50)
        self._pause.timeout.connect(self._refresh_detail)
        self._table.clicked.connect(self._on_chosen)
        self._table.activated.connect(self._on_chosen)
        self._table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        for signal in (desk.state.selection_changed, self._rows.modelReset):
            signal.connect(self._refresh_selection)
        for changed in (desk.state.selection_changed, desk.state.changed, self._rows.modelReset):
            changed.connect(self._pause.start)
        self._refresh_selection()
        self._refresh_detail()

    def edit_name(self) -> None:
        """Let the user type another name for the selected measurement."""
        row = self._rows.row_of(self._state.selected)
        if row is not None:
            self._table.setFocus()
            self._table.edit(self._rows.index(row, NAME))

    def take_focus(self) -> None:
        """Take the keys to the list."""
        self._table.setFocus()

    def _build(self, actions: tuple[QAction, ...]) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(action.iconText())
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(self._table, 1)
        column.addWidget(self._detail)
        inset = QHBoxLayout()
        inset.setContentsMargins(8, 0, 8, 0)
        inset.addLayout(buttons)
        column.addLayout(inset)

    def _on_chosen(self, index: QModelIndex) -> None:
        measurement = self._rows.measurement(index.row())
        if measurement is not None:
            self._state.jump_to(measurement)

    def _on_row_changed(self, current: QModelIndex) -> None:
        if self._table.hasFocus() and current.isValid():
            self._state.select(self._rows.measurement(current.row()))

    def _refresh_selection(self) -> None:
        row = self._rows.row_of(self._state.selected)
        if row is None:
            self._table.selectionModel().clear()
        elif row != self._table.currentIndex().row() or not self._table.selectionModel().hasSelection():
            self._table.selectRow(row)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_detail()

    def _refresh_detail(self) -> None:
        if not self.isVisible():
            return
        row = self._rows.row_of(self._state.selected)
        measurement = None if row is None else self._rows.measurement(row)
        found = None if measurement is None else self._rows.seats.readout(measurement)
        said = None if measurement is None or found is not None else self._desk.said(measurement)
        if said is not None:
            cut = measurement.place.cut if measurement is not None else None
            self._detail.show_words((*said.details, *([cut_words(cut)] if cut is not None else [])))
        elif measurement is None or found is None:
            self._detail.clear()
        else:
            self._detail.show_measurement(measurement, found[1], found[0])
        # The numbers take room from the list: the row that they belong to stays in sight.
        self._column.activate()
        self._table.scrollTo(self._table.currentIndex())
