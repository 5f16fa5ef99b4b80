"""Which viewports there are, which are seen, and which one the keys and the toolbar act on."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, Signal

from ui.state.view_habits import ViewHabits
from ui.state.view_state import ViewState

MAX_SIDE = 3
PER_PANE = MAX_SIDE * MAX_SIDE
Shape = tuple[int, int]


class Pane(IntEnum):
    """Where a grid of viewports stands: in the main window, or in the one for a second monitor."""

    MAIN = 0
    SECOND = 1


class LayoutState(QObject):
    """The viewports of both windows. All of them agree on the tool, the corner text and the overlay.

    A view's number says its pane: 0 to 8 stand in the main window, 9 to 17 in the second one, row by row.
    changed: other viewports are seen; active_changed: another one is acted on.
    """

    changed = Signal()
    active_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = tuple(ViewState(self) for _ in range(PER_PANE * len(Pane)))
        self._shapes: dict[Pane, Shape] = {Pane.MAIN: (1, 1), Pane.SECOND: (1, 1)}
        self._active_index = 0
        self._is_one_up = False
        self._has_reference_lines = True
        for view in self._views:
            view.tool_changed.connect(lambda view=view: self._agree_on_tool(view))
            view.corner_text_changed.connect(lambda view=view: self._agree_on_corner_text(view))
            view.overlay_changed.connect(lambda view=view: self._agree_on_overlay(view))

    @property
    def views(self) -> tuple[ViewState, ...]:
        """All viewports, seen or not."""
        return self._views

    @property
    def shape(self) -> Shape:
        """Rows and columns of the main window's grid."""
        return self._shapes[Pane.MAIN]

    @property
    def active_index(self) -> int:
        """The number of the viewport that is acted on."""
        return self._active_index

    @property
    def active(self) -> ViewState:
        """The viewport that is acted on."""
        return self._views[self._active_index]

    @property
    def is_one_up(self) -> bool:
        """Tell whether the active viewport fills its pane for the moment."""
        return self._is_one_up

    @property
    def has_reference_lines(self) -> bool:
        """Tell whether the active slice is drawn as a line in images that it crosses."""
        return self._has_reference_lines

    def toggle_reference_lines(self) -> None:
        """Draw the lines, or leave them away."""
        self._has_reference_lines = not self._has_reference_lines
        self.changed.emit()

    def shape_of(self, pane: Pane) -> Shape:
        """Give the rows and columns of a pane."""
        return self._shapes[pane]

    def shown(self, pane: Pane = Pane.MAIN) -> tuple[int, ...]:
        """Give the numbers of the viewports that are seen in a pane, row by row."""
        first = pane * PER_PANE
        if self._is_one_up and first <= self._active_index < first + PER_PANE:
            return (self._active_index,)
        rows, cols = self._shapes[pane]
        return tuple(range(first, first + rows * cols))

    def set_shape(self, shape: Shape, pane: Pane = Pane.MAIN) -> None:
        """Divide a pane into 1 to 3 rows and columns; a viewport that goes out of sight keeps its image."""
        rows, cols = (min(max(side, 1), MAX_SIDE) for side in shape)
        self._shapes[pane] = (rows, cols)
        self._is_one_up = False
        self.changed.emit()
        if self._active_index not in (*self.shown(Pane.MAIN), *self.shown(Pane.SECOND)):
            self.activate(self.shown(pane)[0])

    def activate(self, index: int) -> None:
        """Act on another viewport from now on."""
        if index == self._active_index:
            return
        was_one_up, self._is_one_up = self._is_one_up, False
        self._active_index = index
        if was_one_up:
            self.changed.emit()
        self.active_changed.emit()

    def activate_next(self, by: int) -> None:
        """Act on the next viewport of the pane, or with -1 on the one before; round at the ends."""
        pane = Pane(self._active_index // PER_PANE)
        rows, cols = self._shapes[pane]
        place = self._active_index - pane * PER_PANE
        self.activate(pane * PER_PANE + (place + by) % (rows * cols))

    def toggle_one_up(self) -> None:
        """Let the active viewport fill its pane, or bring its neighbours back."""
        pane = Pane(self._active_index // PER_PANE)
        if self._is_one_up or self._shapes[pane] != (1, 1):
            self._is_one_up = not self._is_one_up
            self.changed.emit()

    def set_habits(self, habits: ViewHabits) -> None:
        """Let every viewport follow the user's settings."""
        for view in self._views:
            view.set_habits(habits)

    def clear(self) -> None:
        """Take the images out of all viewports."""
        for view in self._views:
            if view.image is not None:
                view.show_image(None)

    def _agree_on_tool(self, chosen: ViewState) -> None:
        for view in self._views:
            view.set_tool(chosen.tool)

    def _agree_on_corner_text(self, chosen: ViewState) -> None:
        for view in self._views:
            view.set_corner_text(chosen.corner_text)

    def _agree_on_overlay(self, chosen: ViewState) -> None:
        for view in self._views:
            view.follow_overlay(chosen)
