"""Join the linked planes to their actions, to the background work and to what they quiet meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from medmm.core.measurement import Measurement, SlicePlace
from medmm.imaging.crosshair import place_at
from medmm.imaging.windowing import default_voi
from ui.commands import VIEW_KEY, Session
from ui.language import tr
from ui.main_window import MainWindow
from ui.mpr_binding import MprBinding
from ui.panels.mpr_bar import MprBar
from ui.state.layout_state import Pane
from ui.state.mpr_cuts import Reformation, compute_all, reform
from ui.state.shown import Shown
from ui.tasks import Handlers, Job

TURN_DEGREES = 5.0
# Fine planes are computed once nothing has moved for so long.
REST_MS = 150


class MprWiring(QObject):
    """Holds the state of the planes of one window."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session, self._layout = window, session, session.views.viewports
        self._actions, self.mpr = window.actions_table, session.views.mpr
        grids = (window.grid, window.second_window.grid)
        self.binding = MprBinding(self.mpr, self._layout, grids)
        self.bars = [self._make_bar(pane) for pane in Pane]
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._compute_fine)
        self._waiting: SlicePlace | None = None
        self._connect()
        for grid in grids:
            grid.installEventFilter(self)
        self._refresh()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Keys that a canvas did not want come to its grid: Esc then leaves the planes.
        is_leaving = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.mpr.is_on
        if is_leaving and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.mpr.stop()
            return True
        return False

    def _connect(self) -> None:
        self._actions.bind(
            {
                "mpr": self._toggle,
                "mpr_straighten": self.mpr.straighten,
                "mpr_turn_left": lambda: self._turn(-TURN_DEGREES),
                "mpr_turn_right": lambda: self._turn(TURN_DEGREES),
            }
        )
        self.mpr.changed.connect(self._refresh)
        self.mpr.fine_wanted.connect(self._rest.start)
        self._layout.active_changed.connect(self._refresh)
        for view in self._layout.views:
            view.image_changed.connect(self._refresh)
        session = self._session
        session.desk.state.jump_wanted.connect(self._jump)
        session.cases.image_changed.connect(self._go_on)
        self._session.settings.changed.connect(self._on_settings_changed)

    def _on_settings_changed(self, names: frozenset[str]) -> None:
        # The next window takes over what the viewports show, not what led there.
        if "language" in names:
            self.mpr.stop()

    def _make_bar(self, pane: Pane) -> MprBar:
        grid = self._window.grid if pane is Pane.MAIN else self._window.second_window.grid
        straighten, leave = self._actions["mpr_straighten"], self._actions["mpr"]
        bar = MprBar(self.mpr, pane, straighten=straighten, leave=leave, parent=grid)
        grid.set_bar(bar)
        return bar

    def _jump(self, measurement: Measurement) -> None:
        """Show the computed plane that a measurement lies on; its series is read first where it must be."""
        self._waiting = None
        place = measurement.place
        if place.cut is None:
            return
        cuts = self.mpr.cuts
        if cuts is not None and cuts.volume.image.header.series_uid == place.series_uid:
            self.mpr.return_to(place.cut)
            return
        patient = self._session.cases.current
        series = patient.series if patient else ()
        wanted = next((one for one in series if one.header.series_uid == place.series_uid), None)
        if wanted is not None:
            self.mpr.stop()
            self._waiting = place
            self._session.cases.select_series(wanted.key)
            self._go_on()

    def _go_on(self) -> None:
        """Compute the planes for a jump once the series is there as a whole."""
        image, place = self._session.cases.image, self._waiting
        shown = self._layout.active.image
        if place is None or image is None or image is not shown or image.header.series_uid != place.series_uid:
            return
        if not self.mpr.is_on:
            self._toggle()

    def _toggle(self) -> None:
        source = self._layout.active.shown
        if self.mpr.is_on:
            self.mpr.stop()
        elif source.image is not None:
            image = source.image
            handlers = Handlers(
                done=lambda made: self._on_ready(made, source), failed=self._session.notices.complain
            )  # fmt: skip
            job = Job(VIEW_KEY, "planes", tr("Preparing planes"), handlers)
            self._session.tasks.run(job, lambda progress, cancel: reform(image))
        self._refresh()

    def _on_ready(self, made: Reformation, source: Shown) -> None:
        image = self._layout.active.image
        if image is None or image is not source.image:
            return  # another image was chosen meanwhile
        rows, cols = image.size
        middle = place_at(image, (source.slice_index, (rows - 1) / 2, (cols - 1) / 2))
        self.mpr.start(made, source, source.voi or default_voi(image, source.slice_index), middle)
        grid = self._window.grid if self.mpr.pane is Pane.MAIN else self._window.second_window.grid
        grid.active_canvas.setFocus()
        place, self._waiting = self._waiting, None
        if place is not None and place.cut is not None and place.series_uid == image.header.series_uid:
            self.mpr.return_to(place.cut)

    def _turn(self, degrees: float) -> None:
        plane = next((plane for plane, view in self.mpr.views.items() if view is self._layout.active), None)
        if plane is not None:
            self.mpr.turn(plane, degrees)

    def _compute_fine(self) -> None:
        cuts = self.mpr.cuts
        if cuts is not None:
            job = Job(
                VIEW_KEY, "fine planes", tr("Computing planes"), Handlers(lambda made: self.mpr.take_fine(cuts, made))
            )
            self._session.tasks.run(job, lambda progress, cancel: compute_all(cuts))

    def _refresh(self) -> None:
        is_on, actions = self.mpr.is_on, self._actions
        actions["mpr"].setEnabled(is_on or self._layout.active.image is not None)
        actions["mpr"].setChecked(is_on)
        cuts = self.mpr.cuts
        actions["mpr_straighten"].setEnabled(cuts is not None and cuts.is_turned)
        for name in ("mpr_turn_left", "mpr_turn_right"):
            actions[name].setEnabled(is_on)
