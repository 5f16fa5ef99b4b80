"""Which pixels lie inside an outline: those whose centre does.

The rule, for pixel (row, col) with its centre at (row + 0.5, col + 0.5):
rectangle and freehand: a centre on the upper or left border is inside, on the lower or right border outside, so that
regions side by side share no pixel; a freehand outline that crosses itself is filled by the even-odd rule.
ellipse: a centre inside or on the border is inside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.measurement import Measurement, MeasurementKind, Point

# An outline's area is integrated along so many lines a pixel, within these bounds for the whole.
LINES_PER_PIXEL, LEAST_LINES, MOST_LINES = 8, 256, 8192
# So many rows of an ellipse are worked out together: they stay in the cache.
ROWS_AT_ONCE = 16


@dataclass(frozen=True)
class RoiMask:
    """The box around a region and what of it is inside: inside[0, 0] is pixel (row, col) of the slice."""

    row: int
    col: int
    inside: NDArray[np.bool_]

    @property
    def rows(self) -> slice:
        """The rows of the slice that the box covers."""
        return slice(self.row, self.row + self.inside.shape[0])

    @property
    def cols(self) -> slice:
        """The columns of the slice that the box covers."""
        return slice(self.col, self.col + self.inside.shape[1])


def roi_mask(measurement: Measurement, size: tuple[int, int]) -> RoiMask:
    """Mark the pixels inside a region of a slice of (rows, cols) pixels; what lies outside the slice is left out."""
    kind, points = measurement.kind, measurement.points
    if kind is MeasurementKind.ELLIPSE:
        return _ellipse(points, size)
    if kind is MeasurementKind.RECTANGLE:
        return _rectangle(points, size)
    if kind is MeasurementKind.FREEHAND:
        return _polygon(points, size)
    if kind is MeasurementKind.POINT:
        return _pixel(points[0], size)
    raise ValueError(f"a {kind.value} encloses no pixels")


def area_px(measurement: Measurement) -> float:
    """Give the area inside the outline in pixels, wherever pixel centres lie."""
    kind, points = measurement.kind, measurement.points
    if kind is MeasurementKind.ELLIPSE:
        first, second = _half_axes(points)
        return math.pi * abs(first[0] * second[1] - first[1] * second[0])
    if kind is MeasurementKind.RECTANGLE:
        (top, left), (bottom, right) = points
        return abs(bottom - top) * abs(right - left)
    return _even_odd_area(np.asarray(points, dtype=np.float64))


def box_pixels(measurement: Measurement, size: tuple[int, int]) -> int:
    """Count the pixels of the box around a region, at most those of the slice: what its statistics cost."""
    corners = np.asarray(measurement.points, dtype=np.float64)
    if measurement.kind is MeasurementKind.ELLIPSE:
        first, second = _half_axes(measurement.points)
        reach = np.hypot(first, second)
        corners = corners[0] + np.array([-reach, reach])
    height, width = np.minimum(np.ptp(corners, axis=0) + 1, size)
    return int(height * width)


def _ellipse(points: tuple[Point, ...], size: tuple[int, int]) -> RoiMask:
    center, (first, second) = points[0], _half_axes(points)
    reach = math.hypot(first[0], second[0]), math.hypot(first[1], second[1])
    rows = _span(center[0] - reach[0], center[0] + reach[0], size[0])
    cols = _span(center[1] - reach[1], center[1] + reach[1], size[1])
    spread = first[0] * second[1] - first[1] * second[0]
    if spread == 0:
        return RoiMask(rows.start, cols.start, np.zeros((len(rows), len(cols)), dtype=bool))
    down = np.arange(rows.start, rows.stop) + (0.5 - center[0])
    right = np.arange(cols.start, cols.stop) + (0.5 - center[1])
    # A centre's coordinates in half axes are ((down, right) x second, first x (down, right)) / spread: the ellipse is
    # an affine picture of the unit circle, whatever its turn and the aspect. Their squares are summed by a few rows.
    mixed = right * (-2 * (first[0] * first[1] + second[0] * second[1]))
    below, beside = down**2 * (first[1] ** 2 + second[1] ** 2), right**2 * (first[0] ** 2 + second[0] ** 2)
    inside = np.empty((len(rows), len(cols)), dtype=bool)
    for top in range(0, len(rows), ROWS_AT_ONCE):
        part = slice(top, top + ROWS_AT_ONCE)
        reached = np.outer(down[part], mixed)
        reached += below[part, None]
        reached += beside[None, :]
        np.less_equal(reached, spread**2, out=inside[part])
    return RoiMask(rows.start, cols.start, inside)


def _rectangle(points: tuple[Point, ...], size: tuple[int, int]) -> RoiMask:
    spans = []
    for axis in (0, 1):
        low, high = sorted((points[0][axis], points[1][axis]))
        spans.append((_first_center(low, size[axis]), _first_center(high, size[axis])))
    (top, bottom), (left, right) = spans
    return RoiMask(top, left, np.ones((bottom - top, right - left), dtype=bool))


def _polygon(points: tuple[Point, ...], size: tuple[int, int]) -> RoiMask:
    corners = np.asarray(points, dtype=np.float64)
    (top, left), (bottom, right) = corners.min(axis=0), corners.max(axis=0)
    rows, cols = _span(top, bottom, size[0]), _span(left, right, size[1])
    line, col = _crossings(corners, np.arange(rows.start, rows.stop, dtype=np.float64) + np.float64(0.5))
    # Every crossing turns all pixels whose centres lie at or right of it from outside to inside or back.
    first = np.clip(np.ceil(col - 0.5).astype(np.intp) - cols.start, 0, len(cols))
    turns = np.zeros((len(rows), len(cols) + 1), dtype=bool)
    np.logical_xor.at(turns, (line, first), True)
    inside = np.logical_xor.accumulate(turns, axis=1)[:, : len(cols)]
    return RoiMask(rows.start, cols.start, inside)


def _pixel(point: Point, size: tuple[int, int]) -> RoiMask:
    row, col = math.floor(point[0]), math.floor(point[1])
    is_inside = 0 <= row < size[0] and 0 <= col < size[1]
    return RoiMask(row, col, np.ones((1, 1), dtype=bool)) if is_inside else RoiMask(0, 0, np.ones((0, 0), dtype=bool))


def _even_odd_area(corners: NDArray[np.float64]) -> float:
    top, bottom = float(corners[:, 0].min()), float(corners[:, 0].max())
    height = bottom - top
    if height <= 0:
        return 0.0
    n_lines = min(max(math.ceil(height * LINES_PER_PIXEL), LEAST_LINES), MOST_LINES)
    step = height / n_lines
    line, col = _crossings(corners, np.linspace(top + step / 2, bottom - step / 2, n_lines, dtype=np.float64))
    # Each line meets the outline an even number of times: in, out, in, out.
    ordered = col[np.lexsort((col, line))]
    return float((ordered[1::2] - ordered[::2]).sum() * step)


def _crossings(
    corners: NDArray[np.float64], lines: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Give where the closed outline meets lines of constant row: the number of the line and the column of each."""
    start, end = corners, np.roll(corners, -1, axis=0)
    # A line through a corner belongs to the edge below it alone, else it would be crossed twice.
    first = np.searchsorted(lines, np.minimum(start[:, 0], end[:, 0]))
    last = np.searchsorted(lines, np.maximum(start[:, 0], end[:, 0]))
    counts = last - first
    edge = np.repeat(np.arange(len(corners)), counts)
    line = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    share = (lines[line] - start[edge, 0]) / (end[edge, 0] - start[edge, 0])
    return line, start[edge, 1] + share * (end[edge, 1] - start[edge, 1])


def _half_axes(points: tuple[Point, ...]) -> tuple[Point, Point]:
    center, first, second = points
    return (first[0] - center[0], first[1] - center[1]), (second[0] - center[0], second[1] - center[1])


def _span(low: float, high: float, length: int) -> range:
    first = min(max(math.floor(low), 0), length)
    return range(first, min(max(math.ceil(high), first), length))


def _first_center(edge: float, length: int) -> int:
    return min(max(math.ceil(edge - 0.5), 0), length)
