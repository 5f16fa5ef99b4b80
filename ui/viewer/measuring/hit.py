"""Which measurement is under the pointer, judged in pixels of the screen at whatever magnification."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from medmm.core.measurement import Measurement, Point
from medmm.imaging.outlines import Stroke, handles_of, strokes_of
from ui.viewer.placement import Placement

HANDLE_REACH, LINE_REACH = 9.0, 6.0


@dataclass(frozen=True)
class Hit:
    """A measurement under the pointer; handle: which one, None for the measurement as a whole."""

    measurement: Measurement
    handle: int | None = None


def to_screen(placement: Placement, point: Point) -> QPointF:
    """Give where a point (row, col) of the image lies in the widget."""
    return placement.to_screen.map(QPointF(point[1], point[0]))


def to_polygon(placement: Placement, stroke: Stroke) -> QPolygonF:
    """Give where a line of the image lies in the widget."""
    return placement.to_screen.map(QPolygonF([QPointF(col, row) for row, col in stroke]))


def to_image(placement: Placement, place: QPointF) -> Point:
    """Give the point (row, col) of the image under a place of the widget."""
    found = placement.to_image(place)
    return found.y(), found.x()


def find_hit(
    measurements: Sequence[Measurement], placement: Placement, place: QPointF, *, selected: Measurement | None = None
) -> Hit | None:
    """Find what a press at a place of the widget would grab: handles before lines, the selected one before others.

    Of a point the only handle is the measurement as a whole.
    """
    newest_first = [*reversed(measurements)]
    newest_first.sort(key=lambda one: selected is None or one.id != selected.id)
    for measurement in newest_first:
        handle = _nearest_handle(measurement, placement, place)
        if handle is not None:
            return Hit(measurement, handle)
    on_line = (one for one in newest_first if _way_to_lines(one, placement, place) <= LINE_REACH)
    return next((Hit(measurement) for measurement in on_line), None)


def _nearest_handle(measurement: Measurement, placement: Placement, place: QPointF) -> int | None:
    ways = [_way(to_screen(placement, point), place) for point in handles_of(measurement)]
    nearest = min(range(len(ways)), key=ways.__getitem__)
    return nearest if ways[nearest] <= HANDLE_REACH else None


def _way_to_lines(measurement: Measurement, placement: Placement, place: QPointF) -> float:
    nearest = math.inf
    for stroke in strokes_of(measurement):
        line = to_polygon(placement, stroke)
        near = line.boundingRect().adjusted(-LINE_REACH, -LINE_REACH, LINE_REACH, LINE_REACH)
        if near.contains(place):
            nearest = min(nearest, *(_way_to_line(place, start, end) for start, end in pairwise(line)))
    return nearest


def _way_to_line(place: QPointF, start: QPointF, end: QPointF) -> float:
    along, from_start = end - start, place - start
    squared = QPointF.dotProduct(along, along)
    share = min(max(QPointF.dotProduct(from_start, along) / squared, 0.0), 1.0) if squared else 0.0
    return _way(place, start + along * share)


def _way(first: QPointF, second: QPointF) -> float:
    return math.hypot(first.x() - second.x(), first.y() - second.y())
