"""From mouse to view state: which button drags what, and one drag step per repaint however fast the mouse is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent

from ui.state.view_state import Tool, ViewState
from ui.viewer.placement import zoom_about
from ui.viewer.tools import DRAGS, Drag, DragStart

NOTCH = 120
ZOOM_PER_NOTCH = 1.15
# Below this way a press of the right button is a click, and opens the menu.
CLICK_SLOP = 4.0
_BUTTONS = {Qt.MouseButton.MiddleButton: Tool.PAN, Qt.MouseButton.RightButton: Tool.ZOOM}


class Gestures(QObject):
    """One drag at a time. make_start gives the drag's beginning for a point, or None without an image."""

    def __init__(self, view: ViewState, make_start: Callable[[QPointF], DragStart], parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._make_start = view, make_start
        self._drag: Drag | None = None
        self._button = Qt.MouseButton.NoButton
        self._pressed_at = QPointF()
        self._waiting: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self._notches = 0.0
        # A queue of one: a newer point replaces the waiting one, so a slow repaint never builds up a lag.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.flush)

    @property
    def is_dragging(self) -> bool:
        """Tell whether a button is held that drags."""
        return self._drag is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin a drag, unless one is under way or there is nothing to window."""
        if self._drag is not None or self._view.image is None:
            return
        tool = _BUTTONS.get(event.button(), self._view.tool)
        if tool not in DRAGS or (tool is Tool.WINDOW and self._view.image.is_color):
            return
        self._button, self._pressed_at = event.button(), event.position()
        self._drag = DRAGS[tool](self._view, self._make_start(event.position()))

    def move(self, event: QMouseEvent) -> None:
        """Note the newest place; the step is taken when the event loop comes round."""
        way = event.position() - self._pressed_at
        is_click = self._button is Qt.MouseButton.RightButton and not self._view.is_interacting
        if self._drag is None or (is_click and abs(way.x()) + abs(way.y()) < CLICK_SLOP):
            return
        self._waiting = (event.position(), event.modifiers())
        self._view.set_interacting(True)
        self._timer.start()

    def flush(self) -> None:
        """Take the waiting step now."""
        if self._drag is not None and self._waiting is not None:
            (point, modifiers), self._waiting = self._waiting, None
            self._drag.to(point, modifiers)

    def release(self, event: QMouseEvent) -> bool:
        """End the drag of this button; tell whether it was a right click that never moved."""
        if self._drag is None or event.button() is not self._button:
            return False
        self.flush()
        was_click = self._button is Qt.MouseButton.RightButton and not self._view.is_interacting
        self.cancel()
        return was_click

    def cancel(self) -> None:
        """Drop the drag, e.g. because another image came."""
        self._timer.stop()
        self._drag, self._waiting, self._button = None, None, Qt.MouseButton.NoButton
        self._view.set_interacting(False)

    def wheel(self, event: QWheelEvent, size: tuple[float, float]) -> None:
        """Scroll through slices, away from the user towards the first; with Ctrl magnify at the pointer."""
        notches = event.angleDelta().y() / NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            zoom_about(self._view, ZOOM_PER_NOTCH**notches, event.position(), size)
            return
        # Touch pads send parts of a notch.
        self._notches += notches
        whole = int(self._notches)
        self._notches -= whole
        self._view.set_slice(self._view.slice_index - whole)
