"""What a drag does: window, pan, zoom and scroll, one small class each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QPointF, Qt

from medmm.core.image import LookupTable, Window
from ui.state.view_state import Tool, ViewState, Voi
from ui.state.window_choice import WindowChoice
from ui.viewer.placement import fit_scale, zoom_about

# A drag of this many pixels doubles or empties the window: fine enough for a radiograph, one stroke for CT.
DRAG_FOR_WIDTH = 300.0
FAST, FINE = 4.0, 0.25
# A drag of this many pixels doubles the magnification.
DRAG_FOR_DOUBLE = 150.0


@dataclass(frozen=True)
class DragStart:
    """Where a drag began: the point, the widget's size, and the VOI in force."""

    point: QPointF
    size: tuple[float, float]
    voi: Voi


class Drag(Protocol):
    """A drag under way; `to` may skip points, so it works from the start, never from step to step."""

    def to(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Take the pointer's newest place."""
        ...


class WindowDrag:
    """Left and right: width; down: a higher level, that is a darker image. Ctrl is faster, Shift finer.

    With the other habit sideways is level and down is width, as some workstations have it.
    """

    def __init__(self, view: ViewState, start: DragStart) -> None:
        self._view, self._last = view, start.point
        self._window = to_window(start.voi)
        self._per_pixel = max(self._window.width, 1e-6) / DRAG_FOR_WIDTH

    def to(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Change width and level by the way since the last point, at the speed of the keys held now."""
        step = self._per_pixel * _speed(modifiers)
        narrowest = 1.0 if self._window.function == "LINEAR" else self._per_pixel
        right, down = point.x() - self._last.x(), point.y() - self._last.y()
        wider, higher = (right, down) if self._view.habits.horizontal_drag_is_width else (down, right)
        width = max(self._window.width + wider * step, narrowest)
        center = self._window.center + higher * step
        self._last = point
        before, self._window = self._window, replace(self._window, center=center, width=width)
        self._view.choose_window(WindowChoice(self._window, before=before))


class PanDrag:
    """The image follows the pointer."""

    def __init__(self, view: ViewState, start: DragStart) -> None:
        self._view, self._start, self._pan = view, start, view.pan
        self._scale = fit_scale(view, *start.size) * view.zoom

    def to(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Move the image by the way from the start."""
        way = point - self._start.point
        self._view.set_pan(self._pan[0] + way.x() / self._scale, self._pan[1] + way.y() / self._scale)


class ZoomDrag:
    """Up magnifies about the point where the drag began, down shrinks."""

    def __init__(self, view: ViewState, start: DragStart) -> None:
        self._view, self._start, self._zoom = view, start, view.zoom

    def to(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Magnify by the way from the start."""
        goal = self._zoom * 2 ** ((self._start.point.y() - point.y()) / DRAG_FOR_DOUBLE)
        zoom_about(self._view, goal / self._view.zoom, self._start.point, self._start.size)


class ScrollDrag:
    """Down goes through the slices; the view's height is the whole stack."""

    def __init__(self, view: ViewState, start: DragStart) -> None:
        self._view, self._start, self._slice = view, start, view.slice_index
        self._per_slice = max(start.size[1] / max(view.n_slices, 1), 2.0)

    def to(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Show the slice that the way from the start leads to."""
        self._view.set_slice(self._slice + round((point.y() - self._start.point.y()) / self._per_slice))


DRAGS: dict[Tool, type[WindowDrag] | type[PanDrag] | type[ZoomDrag] | type[ScrollDrag]] = {
    Tool.WINDOW: WindowDrag,
    Tool.PAN: PanDrag,
    Tool.ZOOM: ZoomDrag,
    Tool.SCROLL: ScrollDrag,
}


def to_window(voi: Voi) -> Window:
    """Give the window from which a drag goes on: a VOI LUT turns into the range of its entries."""
    if isinstance(voi, LookupTable):
        n_entries = len(voi.values)
        return Window(voi.first + n_entries / 2, float(n_entries))
    return replace(voi, explanation="")


def _speed(modifiers: Qt.KeyboardModifier) -> float:
    fast = FAST if modifiers & Qt.KeyboardModifier.ControlModifier else 1.0
    return fast * (FINE if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0)
