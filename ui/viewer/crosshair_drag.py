"""What dragging the crosshair does: move the point, shift one plane, turn two planes."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, Qt

from medmm.imaging.crosshair import index_at
from medmm.imaging.reformat import Plane
from ui.state.mpr_state import MprState
from ui.viewer.crosshair_figure import Grip, Held, Vector, to_place
from ui.viewer.placement import Placement

# With Shift held, turns go in steps of so many degrees.
SNAP_DEGREES = 15.0


class CrosshairDrag:
    """One drag in the view of a plane; it works from its start, so steps between may be left out."""

    def __init__(
        self, mpr: MprState, plane: Plane, held: Held, placement: Callable[[], Placement], point: QPointF
    ) -> None:
        assert mpr.cuts is not None, "planes are shown"
        self._mpr, self._plane, self._held, self._placement = mpr, plane, held, placement
        self._start = mpr.cuts.crosshair
        # The hand is rarely exactly on the line: that way off stays, nothing jumps.
        self._off = self._place(point) - self._start.point_mm
        self._angle = self._angle_at(point)
        if held.grip is Grip.HANDLE:
            mpr.set_turning(True)

    def to(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Take the pointer's newest place."""
        if self._mpr.cuts is None:
            return
        if self._held.grip is Grip.HANDLE:
            self._turn(point, is_snapping=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
            return
        way = self._place(point) - self._off - self._start.point_mm
        if self._held.grip is Grip.LINE and self._held.plane is not None:
            normal = self._start.planes[self._held.plane].normal
            way = normal * float(way @ normal)
        self._mpr.move_to(self._start.point_mm + way)

    def end(self) -> None:
        """Let go."""
        if self._held.grip is Grip.HANDLE:
            self._mpr.set_turning(False)

    def _turn(self, point: QPointF, *, is_snapping: bool) -> None:
        degrees = math.degrees(self._angle_at(point) - self._angle)
        if is_snapping:
            degrees = round(degrees / SNAP_DEGREES) * SNAP_DEGREES
        self._mpr.turn(self._plane, degrees, start=self._start)

    def _angle_at(self, point: QPointF) -> float:
        # In millimetres of the plane: true however the view is flipped, turned or stretched.
        directions = self._start.planes[self._plane]
        way = self._place(point) - self._start.point_mm
        return math.atan2(float(way @ directions.down), float(way @ directions.right))

    def _place(self, point: QPointF) -> Vector:
        image = self._mpr.views[self._plane].image
        assert image is not None, "planes are shown"
        depth = index_at(image, self._start.point_mm)[0]
        return np.asarray(to_place(image, self._placement(), point, depth=depth))
