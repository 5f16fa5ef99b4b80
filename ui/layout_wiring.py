"""Join layout, linking, reference lines, cine and the second window to their actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from medmm.core.image import SeriesSummary
from medmm.workflow.hanging import LoadedProtocols, load_protocols
from ui.hanging_menu import HangingMenu
from ui.language import told, tr
from ui.main_window import MainWindow
from ui.messages import Problem
from ui.session import Session
from ui.state.hanging_state import HangingState
from ui.state.layout_state import PER_PANE, Pane, Shape
from ui.state.series_walk import next_series, next_study
from ui.tasks import Handlers, Job
from ui.viewer.window_linking import WindowLinking

WALKS = ("next_series", "previous_series", "next_study", "previous_study")
HANGING_KEY = "hanging"

SHAPES: dict[str, Shape] = {
    "layout_1x1": (1, 1),
    "layout_1x2": (1, 2),
    "layout_2x1": (2, 1),
    "layout_2x2": (2, 2),
    "layout_2x3": (2, 3),
    "layout_3x3": (3, 3),
}


class LayoutWiring(QObject):
    """Keeps the layout's actions in step with its states."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._cases, self._actions = session.cases, window.actions_table
        views, cases = session.views, session.cases
        self._layout, self._linking, self._cine = views.viewports, views.linking, views.cine
        WindowLinking(self._layout, self._linking, self)
        self._connect_actions()
        self._place_hanging(session.hanging)
        for signal in (self._layout.changed, self._layout.active_changed, self._cine.changed):
            signal.connect(self._refresh)
        for signal in (self._linking.changed, cases.current_changed, cases.case_changed):
            signal.connect(self._refresh)
        for view in self._layout.views:
            # Pixels come after their headers: only now is there a film to play.
            view.image_changed.connect(self._refresh)
        window.second_window.visibility_changed.connect(self._refresh)
        self._refresh()

    def _connect_actions(self) -> None:
        layout = self._layout
        self._actions.bind({name: lambda shape=shape: self._set_shape(shape) for name, shape in SHAPES.items()})
        self._actions.bind(
            {
                "one_up": layout.toggle_one_up,
                "next_series": lambda: self._walk(next_series, 1),
                "previous_series": lambda: self._walk(next_series, -1),
                "next_study": lambda: self._walk(next_study, 1),
                "previous_study": lambda: self._walk(next_study, -1),
                "next_viewport": lambda: layout.activate_next(1),
                "previous_viewport": lambda: layout.activate_next(-1),
                "link": self._linking.toggle,
                "link_windows": self._linking.toggle_windows,
                "reference_lines": layout.toggle_reference_lines,
                "cine": self._cine.toggle,
                "cine_faster": lambda: self._cine.change_rate(1),
                "cine_slower": lambda: self._cine.change_rate(-1),
                "second_window": self._window.second_window.toggle,
            }
        )

    def _walk(self, step: Callable[[Iterable[SeriesSummary], str, int], str], by: int) -> None:
        patient = self._cases.current
        key = step(patient.series, self._cases.series_key, by) if patient else ""
        if key:
            self._cases.select_series(key)

    def wake(self) -> None:
        """Read the hanging protocols, unless an earlier window has."""
        if not self._session.hanging.protocols:
            handlers = Handlers(done=self._on_protocols, failed=self._session.notices.complain)
            job = Job(HANGING_KEY, "protocols", tr("Reading the hanging protocols"), handlers)
            self._session.tasks.run(job, lambda progress, cancel: load_protocols())

    def _on_protocols(self, loaded: LoadedProtocols) -> None:
        self._session.hanging.set_protocols(loaded.protocols)
        for trouble in loaded.troubles:
            self._session.notices.complain(Problem(told(trouble), tr("The protocols that ship stand in for it.")))

    def _place_hanging(self, hanging: HangingState) -> None:
        before = self._actions["one_up"]
        menu = next(parent for parent in before.associatedObjects() if isinstance(parent, QMenu))
        menu.insertMenu(before, HangingMenu(hanging, menu))
        menu.insertSeparator(before)

    def _set_shape(self, shape: Shape) -> None:
        self._layout.set_shape(shape, Pane(self._layout.active_index // PER_PANE))

    def _refresh(self) -> None:
        actions, layout = self._actions, self._layout
        pane = Pane(layout.active_index // PER_PANE)
        for name, shape in SHAPES.items():
            actions[name].setChecked(layout.shape_of(pane) == shape)
            actions[name].setEnabled(self._cases.current is not None)
        n_series = len(self._cases.current.series) if self._cases.current else 0
        for name in WALKS:
            actions[name].setEnabled(n_series > 1)
        is_divided = layout.shape_of(pane) != (1, 1)
        for name in ("one_up", "next_viewport", "previous_viewport"):
            actions[name].setEnabled(is_divided)
        actions["link"].setChecked(self._linking.is_on)
        actions["link_windows"].setChecked(self._linking.has_windows)
        actions["reference_lines"].setChecked(layout.has_reference_lines)
        actions["cine"].setChecked(self._cine.is_playing)
        actions["cine"].setEnabled(self._cine.can_play)
        for name in ("cine_faster", "cine_slower"):
            actions[name].setEnabled(self._cine.can_play)
        actions["cine"].setText(tr("Play as &cine ({rate:g} a second)").format(rate=self._cine.rate))
        actions["second_window"].setChecked(self._window.second_window.isVisible())
