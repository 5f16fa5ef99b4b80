"""Join measuring to the window: every canvas measures, actions act on the study looked at, changes are saved."""

from __future__ import annotations

from PySide6.QtCore import QObject

from medmm.core.measurement import Measurement
from medmm.imaging.slice_place import stated_slice
from ui.commands import Session
from ui.language import tr
from ui.late_readouts import LateReadouts
from ui.main_window import MainWindow
from ui.measurement_saving import MeasurementSaving
from ui.state.measurement_seats import MeasurementSeats, Seat
from ui.state.view_state import ViewState
from ui.viewer.canvas import ImageCanvas


class MeasureWiring(QObject):
    """Holds nothing but connections."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._cases, self._desk = window, session.cases, session.desk
        self._seats = MeasurementSeats(session.desk, session.cases)
        self._state, self._layout, self._actions = session.desk.state, window.viewports, window.actions_table
        self._saving = MeasurementSaving(session.desk, session.cases, session.notices, session.tasks)
        LateReadouts(session.desk, session.tasks, self)
        # It ends with its window; the measurements go on.
        self._saving.setParent(self)
        for grid in (window.grid, window.second_window.grid):
            grid.canvas_made.connect(self._on_canvas_made)
            for canvas in grid.canvases:
                self._on_canvas_made(canvas)
        self._waiting: Measurement | None = None
        self._connect()
        self._refresh()

    def finish(self) -> None:
        """Save what is not saved yet, for the window is closing."""
        self._saving.flush()

    def _connect(self) -> None:
        state, group = self._state, self._state.undo_group
        self._actions.bind(
            {
                "undo": group.undo,
                "redo": group.redo,
                "rename_measurement": self._rename,
                "measurements": self._show_list,
                "delete_measurement": state.remove_selected,
                "hide_measurements": state.toggle_hidden,
            }
        )
        for signal in (group.canUndoChanged, group.canRedoChanged, group.undoTextChanged, group.redoTextChanged):
            signal.connect(self._refresh)
        for signal in (state.changed, state.selection_changed):
            signal.connect(self._refresh)
        # Delete and undo must never change what was measured on a patient who is no longer seen.
        self._cases.current_changed.connect(self._on_patient_changed)
        self._layout.active_changed.connect(self._activate_study)
        for view in self._layout.views:
            view.image_changed.connect(self._on_shown)
        state.jump_wanted.connect(self._jump)

    def _on_canvas_made(self, canvas: ImageCanvas) -> None:
        canvas.measure_on(self._desk)

    def _show_list(self) -> None:
        self._window.measurements_dock.show()
        self._window.measurements_dock.raise_()
        self._window.measurements.take_focus()

    def _rename(self) -> None:
        self._show_list()
        self._window.measurements.edit_name()

    def _on_patient_changed(self) -> None:
        self._state.select(None)
        self._activate_study()

    def _activate_study(self) -> None:
        view = self._layout.active
        if view.image is None:
            self._state.undo_group.setActiveStack(None)
        else:
            study_uid = view.image.header.study_uid
            self._state.activate(study_uid or self._desk.readouts.place(view.image, view.slice_index).document)

    def _jump(self, measurement: Measurement) -> None:
        self._waiting = None
        if measurement.place.cut is not None:
            return  # the planes go there
        seat = self._seats.seat(measurement)
        if seat is not None:
            self._go(measurement, seat)
            return
        # Not in memory: it is asked for, and gone to once it has come.
        wanted = self._seats.unread_series(measurement)
        if wanted is not None:
            self._waiting = measurement
            self._cases.select_series(wanted.key)

    def _on_shown(self) -> None:
        self._activate_study()
        if self._waiting is None:
            return
        for view in self._layout.views:
            index = None if self._waiting is None else self._index_in(view, self._waiting)
            if index is not None:
                view.set_slice(index)
                self._waiting = None

    def _index_in(self, view: ViewState, measurement: Measurement) -> int | None:
        """Find the slice of a measurement in what a viewport shows, as it is stored or by a presentation state."""
        if view.image is None:
            return None
        stated = stated_slice(view.image, measurement.place)
        seat = self._seats.seat(measurement) if stated is None else None
        return seat.slice_index if seat is not None and seat.image is view.image else stated

    def _go(self, measurement: Measurement, seat: Seat) -> None:
        """Go to a viewport that shows the slice's image, else show it in the active one."""
        for number in (self._layout.active_index, *self._layout.shown()):
            index = self._index_in(self._layout.views[number], measurement)
            if index is not None:
                self._layout.activate(number)
                self._layout.views[number].set_slice(index)
                return
        self._cases.select_series(seat.key)
        self._layout.active.set_slice(seat.slice_index)

    def _refresh(self) -> None:
        actions, group = self._actions, self._state.undo_group
        actions["undo"].setEnabled(group.canUndo())
        actions["redo"].setEnabled(group.canRedo())
        actions["undo"].setText(tr("&Undo {what}").format(what=group.undoText()).rstrip())
        actions["redo"].setText(tr("&Redo {what}").format(what=group.redoText()).rstrip())
        for name in ("rename_measurement", "delete_measurement"):
            actions[name].setEnabled(self._state.selected is not None)
        actions["hide_measurements"].setChecked(self._state.is_hidden)
