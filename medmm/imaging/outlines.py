"""The lines and handles of a measurement, and what becomes of its points when one of them is dragged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from medmm.core.measurement import Measurement, MeasurementKind, Point

N_ELLIPSE_POINTS = 128
N_FREEHAND_HANDLES = 12
# An ellipse's first axis this near to a row or a column is meant to be straight.
SNAP_DEGREES = 3.0
# What keeps an ellipse from becoming a line that cannot be grabbed any more, in pixels.
LEAST_HALF_AXIS = 0.25
Stroke = tuple[Point, ...]


def strokes_of(measurement: Measurement) -> tuple[Stroke, ...]:
    """Give the lines of a measurement, also of one that is still being drawn and lacks some points."""
    kind, points = measurement.kind, measurement.points
    if kind is MeasurementKind.POINT or len(points) < 2:
        return ()
    if kind is MeasurementKind.COBB:
        return tuple(points[first : first + 2] for first in range(0, len(points) - 1, 2))
    if kind is MeasurementKind.ELLIPSE:
        return (_ellipse(points),)
    if kind is MeasurementKind.RECTANGLE:
        corners = _corners(points)
        return ((*corners, corners[0]),)
    return ((*points, points[0]),) if kind is MeasurementKind.FREEHAND else (points,)


def handles_of(measurement: Measurement) -> tuple[Point, ...]:
    """Give the places where a measurement can be grabbed to change its shape."""
    kind, points = measurement.kind, measurement.points
    if kind is MeasurementKind.ELLIPSE:
        center, first, second = points
        return first, _opposite(center, first), second, _opposite(center, second)
    if kind is MeasurementKind.RECTANGLE:
        return _corners(points)
    if kind is MeasurementKind.FREEHAND:
        return tuple(points[index] for index in _grips(len(points)))
    return points


def with_handle(measurement: Measurement, handle: int, point: Point, *, pixel: tuple[float, float]) -> Measurement:
    """Drag one handle to a point; `pixel` is the height and width of a pixel, which keeps an ellipse's axes square.

    An end of an ellipse's first axis takes the turn along, an end of the second one changes the width only.
    """
    kind, points = measurement.kind, measurement.points
    if kind is MeasurementKind.ELLIPSE:
        center = points[0]
        towards = point if handle % 2 == 0 else _opposite(center, point)
        turn = _turn_ellipse if handle < 2 else _widen_ellipse
        return replace(measurement, points=turn(points, towards, pixel))
    if kind is MeasurementKind.RECTANGLE:
        return replace(measurement, points=(_corners(points)[(handle + 2) % 4], point))
    if kind is MeasurementKind.FREEHAND:
        return replace(measurement, points=_pull(points, handle, point))
    return replace(measurement, points=(*points[:handle], point, *points[handle + 1 :]))


def is_void(measurement: Measurement) -> bool:
    """Tell whether there is nothing to measure: a line without length, a region without an inside."""
    points = measurement.points
    if measurement.kind in (MeasurementKind.RECTANGLE, MeasurementKind.FREEHAND):
        return any(max(axis) == min(axis) for axis in zip(*points, strict=True))
    if measurement.kind is MeasurementKind.COBB:
        return points[0] == points[1] or points[2] == points[3]
    if measurement.kind is MeasurementKind.ELLIPSE:
        return points[0] in points[1:]
    return any(first == second for first, second in pairwise(points))


def shifted(measurement: Measurement, way: Point, size: tuple[int, int]) -> Measurement:
    """Move a whole measurement; its outline stops at the edge of an image of (rows, cols) pixels."""
    reach = [point for stroke in strokes_of(measurement) for point in stroke] or list(measurement.points)
    steps = [_within(way[axis], [point[axis] for point in reach], size[axis]) for axis in (0, 1)]
    moved = tuple((row + steps[0], col + steps[1]) for row, col in measurement.points)
    return replace(measurement, points=moved)


def inside_image(point: Point, size: tuple[int, int]) -> Point:
    """Give the nearest point of an image of (rows, cols) pixels; its last row and column are still hit."""
    row, col = (min(max(point[axis], 0.0), math.nextafter(size[axis], 0)) for axis in (0, 1))
    return row, col


def ellipse_in_box(corner: Point, other: Point) -> tuple[Point, Point, Point]:
    """Give the points of the upright ellipse in a box: its centre, an end across and an end down."""
    center = ((corner[0] + other[0]) / 2, (corner[1] + other[1]) / 2)
    return center, (center[0], max(corner[1], other[1])), (max(corner[0], other[0]), center[1])


def _within(step: float, reach: Sequence[float], length: int) -> float:
    # What already lies outside, such as the end of a wide ellipse, must not jump.
    return min(max(step, min(-min(reach), 0.0)), max(length - max(reach), 0.0))


def _ellipse(points: Stroke) -> Stroke:
    center, first, second = points
    angles = [2 * math.pi * step / N_ELLIPSE_POINTS for step in range(N_ELLIPSE_POINTS + 1)]
    return tuple(
        (
            center[0] + (first[0] - center[0]) * math.cos(angle) + (second[0] - center[0]) * math.sin(angle),
            center[1] + (first[1] - center[1]) * math.cos(angle) + (second[1] - center[1]) * math.sin(angle),
        )
        for angle in angles
    )


def _corners(points: Stroke) -> tuple[Point, Point, Point, Point]:
    (top, left), (bottom, right) = points
    return (top, left), (top, right), (bottom, right), (bottom, left)


def _turn_ellipse(points: Stroke, end: Point, pixel: tuple[float, float]) -> Stroke:
    center, _, second = points
    down, across = (end[0] - center[0]) * pixel[0], (end[1] - center[1]) * pixel[1]
    length = max(math.hypot(down, across), LEAST_HALF_AXIS * min(pixel))
    angle = _snapped(math.atan2(down, across))
    width = math.hypot((second[0] - center[0]) * pixel[0], (second[1] - center[1]) * pixel[1])
    return (
        center,
        (center[0] + length * math.sin(angle) / pixel[0], center[1] + length * math.cos(angle) / pixel[1]),
        (center[0] + width * math.cos(angle) / pixel[0], center[1] - width * math.sin(angle) / pixel[1]),
    )


def _widen_ellipse(points: Stroke, end: Point, pixel: tuple[float, float]) -> Stroke:
    center, first, second = points
    down, across = (second[0] - center[0]) * pixel[0], (second[1] - center[1]) * pixel[1]
    width = math.hypot(down, across)
    along = ((end[0] - center[0]) * pixel[0] * down + (end[1] - center[1]) * pixel[1] * across) / width
    grown = max(abs(along), LEAST_HALF_AXIS * min(pixel)) / width
    return (
        center,
        first,
        (center[0] + (second[0] - center[0]) * grown, center[1] + (second[1] - center[1]) * grown),
    )


def _snapped(angle: float) -> float:
    straight = round(angle / (math.pi / 2)) * math.pi / 2
    return straight if abs(angle - straight) < math.radians(SNAP_DEGREES) else angle


def _grips(n_points: int) -> list[int]:
    n_handles = min(n_points, N_FREEHAND_HANDLES)
    return [number * n_points // n_handles for number in range(n_handles)]


def _pull(points: Stroke, handle: int, point: Point) -> Stroke:
    """Move one grip of an outline; what lies up to the next grips follows less and less."""
    grips, n_points = _grips(len(points)), len(points)
    grip, reach = grips[handle], max(n_points // len(grips), 1)
    way = point[0] - points[grip][0], point[1] - points[grip][1]
    pulled = []
    for index, (row, col) in enumerate(points):
        apart = min((index - grip) % n_points, (grip - index) % n_points)
        share = (1 + math.cos(math.pi * apart / reach)) / 2 if apart < reach else 0.0
        pulled.append((row + way[0] * share, col + way[1] * share))
    return tuple(pulled)


def _opposite(center: Point, end: Point) -> Point:
    return 2 * center[0] - end[0], 2 * center[1] - end[1]
