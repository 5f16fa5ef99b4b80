"""Paint one vital sign over time: reference band, line, and points that tell high, low and impossible values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from ui import theme
from ui.language import tr
from ui.panels.point_shapes import Numbers, polygon, strokes
from ui.state.time_axis import TimeAxis
from ui.state.vital_lanes import LONGEST_GAP, VitalLane, thinned

BAND_ALPHA = 0.22
# Qt draws smooth lines of one pixel forty times as fast as wider ones.
LINE_WIDTH = 1
DOT, MARK = 3.5, 3.5
# Where points stand closer, the line alone says it.
DOT_ROOM = 6
Corners = tuple[tuple[float, ...], tuple[float, ...]]
# Corners of the signs of a high and a low value, from the point: dx and dy.
UP = (0.0, MARK, -MARK, 0.0), (-MARK, MARK, MARK, -MARK)
DOWN = (0.0, MARK, -MARK, 0.0), (MARK, -MARK, -MARK, MARK)
# More than these in a lane run into each other.
MOST_SHAPES = 60


@dataclass(frozen=True)
class LanePicture:
    """A lane with the place it is painted in."""

    lane: VitalLane
    area: QRectF
    axis: TimeAxis

    def xs(self, seen: slice) -> Numbers:
        """Give x of the measurements seen."""
        return self.area.left() + (self.lane.seconds[seen] - self.axis.start) / self.axis.span * self.area.width()

    def ys(self, values: Numbers) -> Numbers:
        """Give y of values; what lies beyond the lane stays at its edge."""
        low, high = self.lane.limits
        up = np.clip((values - low) / (high - low), 0.0, 1.0)
        return self.area.bottom() - up * self.area.height()

    def point(self, place: int) -> QPointF:
        """Give where one measurement is drawn."""
        one = slice(place, place + 1)
        return QPointF(float(self.xs(one)[0]), float(self.ys(self.lane.values[one])[0]))


def paint_lane(painter: QPainter, picture: LanePicture) -> None:
    """Paint a lane; one never measured is hatched and says so."""
    lane, area = picture.lane, picture.area
    if not lane.measurements:
        painter.fillRect(area, QBrush(theme.color(theme.LINE), Qt.BrushStyle.BDiagPattern))
        painter.setPen(theme.color(theme.TEXT_2))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("not measured"))
        return
    top, bottom = picture.ys(np.array(lane.sign.reference[::-1]))
    band = QRectF(area.left(), float(top), area.width(), float(bottom - top))
    painter.fillRect(band, theme.color(theme.NEGATIVE, alpha=BAND_ALPHA))
    painter.save()
    # Half a mark beyond the edge, so that a point at the very end is whole.
    painter.setClipRect(area.adjusted(-MARK, -MARK, MARK, MARK))
    seen = lane.within(picture.axis)
    values, plausible = lane.values[seen], lane.is_plausible[seen]
    xs, ys = picture.xs(seen), picture.ys(values)
    low, high = lane.sign.reference
    usual = plausible & (values >= low) & (values <= high)
    is_dense = len(values) * DOT_ROOM > area.width()
    # A line over days without a value would tell a course that nobody measured.
    breaks = np.flatnonzero(np.diff(lane.seconds[seen][plausible]) > LONGEST_GAP) + 1
    _paint_line(painter, xs[plausible], ys[plausible], breaks=breaks, is_dense=is_dense)
    if not is_dense:
        _paint_dots(painter, xs[usual], ys[usual])
    above, below = plausible & (values > high), plausible & (values < low)
    _paint_marks(painter, xs[above], ys[above], UP)
    _paint_marks(painter, xs[below], ys[below], DOWN)
    _paint_crosses(painter, xs[~plausible], ys[~plausible])
    painter.restore()


def _paint_line(painter: QPainter, xs: Numbers, ys: Numbers, *, breaks: NDArray[np.intp], is_dense: bool) -> None:
    # Where points stand close, smooth edges cost much and show nothing.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not is_dense)
    painter.setPen(QPen(theme.color(theme.TEXT), LINE_WIDTH))
    for part_xs, part_ys in zip(np.split(xs, breaks), np.split(ys, breaks), strict=True):
        painter.drawPolyline(polygon(*thinned(part_xs, part_ys, room=2)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_dots(painter: QPainter, xs: Numbers, ys: Numbers) -> None:
    painter.setPen(QPen(theme.color(theme.TEXT), DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(polygon(xs, ys))


def _paint_marks(painter: QPainter, xs: Numbers, ys: Numbers, shape: Corners) -> None:
    if len(xs) > MOST_SHAPES:
        # On which side of the band they lie, they say themselves. Round and smooth points cost ten times as much.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color(theme.WARNING), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.drawPoints(polygon(*thinned(xs, ys, room=2)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return
    # Marks that lie over each other do not cut holes into each other: the path is filled by winding.
    painter.fillPath(strokes(*_around(xs, ys, *shape)), theme.color(theme.WARNING))


def _paint_crosses(painter: QPainter, xs: Numbers, ys: Numbers) -> None:
    xs, ys = thinned(xs, ys, room=2 * MARK)
    pen = QPen(theme.color(theme.STOP), 2)
    for slope in (MARK, -MARK):
        painter.strokePath(strokes(*_around(xs, ys, (-MARK, MARK), (-slope, slope))), pen)


def _around(xs: Numbers, ys: Numbers, dx: tuple[float, ...], dy: tuple[float, ...]) -> tuple[Numbers, Numbers]:
    # Every point with the corners of its sign: [n, corners].
    return xs[:, None] + np.array(dx), ys[:, None] + np.array(dy)
