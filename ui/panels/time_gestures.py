"""Wheel, drag and keys on anything with a time axis: the same in the chart of vital signs and in the timeline."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from ui.state.time_axis import TimeAxis

WHEEL_NOTCH = 120
ZOOM_PER_NOTCH = 1.25
PAN_STEP = 0.1
# A press that moves less is a click.
CLICK_ROOM = 4


@dataclass(frozen=True)
class AxisPlace:
    """Where an axis lies on a widget, in pixels."""

    left: float
    width: float

    def fraction(self, x: float) -> float:
        """Give a pixel's place, 0 at the left end and 1 at the right."""
        return (x - self.left) / max(1.0, self.width)


def wheeled(axis: TimeAxis, event: QWheelEvent, place: AxisPlace) -> TimeAxis:
    """Zoom about the pointer; sideways, or with Shift, pan."""
    delta = event.angleDelta()
    if abs(delta.x()) > abs(delta.y()):
        return axis.panned(-PAN_STEP * delta.x() / WHEEL_NOTCH)
    notches = delta.y() / WHEEL_NOTCH
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return axis.panned(-PAN_STEP * notches)
    return axis.zoomed(ZOOM_PER_NOTCH**notches, at=min(max(place.fraction(event.position().x()), 0.0), 1.0))


def keyed(axis: TimeAxis, event: QKeyEvent) -> TimeAxis | None:
    """Zoom with + and -, show everything with 0; None for any other key."""
    if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        return axis.zoomed(ZOOM_PER_NOTCH)
    if event.key() == Qt.Key.Key_Minus:
        return axis.zoomed(1 / ZOOM_PER_NOTCH)
    return axis.reset() if event.key() == Qt.Key.Key_0 else None
