"""Paints measurements over the image: lines, handles where they can be grabbed, and the numbers beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from medmm.core.measurement import Measurement, MeasurementKind
from medmm.imaging.outlines import handles_of, strokes_of
from ui import theme
from ui.viewer.measuring.hit import to_polygon, to_screen
from ui.viewer.measuring.labels import paint_label
from ui.viewer.placement import Placement

WIDTH, WIDTH_SELECTED, EDGE = 1.5, 2.5, 2.0
HANDLE, END_MARK, CROSS, ARC = 4.5, 6.0, 8.0, 18.0
LABEL_GAP = 12.0


@dataclass(frozen=True)
class Drawn:
    """A measurement as it is painted; label: its lines of text, none while it is not complete."""

    measurement: Measurement
    label: tuple[str, ...] = ()
    is_selected: bool = False
    is_hovered: bool = False


def line_color(measurement: Measurement) -> QColor:
    """Give the colour of a measurement, in lists as on the image."""
    return theme.color(theme.MEASURES[measurement.color_index % len(theme.MEASURES)])


def paint_measurement(painter: QPainter, drawn: Drawn, placement: Placement, *, rect: QRectF) -> None:
    """Paint one measurement; of one that is selected or under the pointer the handles as well."""
    measurement = drawn.measurement
    lines = [to_polygon(placement, stroke) for stroke in strokes_of(measurement)]
    marks = _marks(measurement, placement, lines)
    width = WIDTH_SELECTED if drawn.is_selected else WIDTH
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # A dark edge first, so that the line is seen on bone and on air.
    for color, wide in ((theme.color("#000000", alpha=0.6), width + EDGE), (line_color(measurement), width)):
        painter.setPen(QPen(color, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
        for line in lines:
            painter.drawPolyline(line)
        painter.drawLines(marks)
    _paint_link(painter, measurement, lines)
    if drawn.is_selected or drawn.is_hovered:
        _paint_handles(painter, drawn, placement)
    painter.restore()
    if drawn.label:
        outline = QPolygonF([point for line in lines for point in line]) or QPolygonF(
            [to_screen(placement, point) for point in measurement.points]
        )
        paint_label(painter, drawn.label, _beside(outline), color=line_color(measurement), rect=rect)


def _beside(outline: QPolygonF) -> QPointF:
    """Give the place for a label: right of the outline's rightmost point."""
    return max(outline, key=QPointF.x) + QPointF(LABEL_GAP, 0)


def _marks(measurement: Measurement, placement: Placement, lines: list[QPolygonF]) -> list[QLineF]:
    """Give the small lines that are as long at every magnification: ends of a length, the cross of a point."""
    if measurement.kind is MeasurementKind.POINT and measurement.points:
        place = to_screen(placement, measurement.points[0])
        ways = [QPointF(CROSS, 0), QPointF(-CROSS, 0), QPointF(0, CROSS), QPointF(0, -CROSS)]
        return [QLineF(place + way / 3, place + way) for way in ways]
    if measurement.kind is not MeasurementKind.LENGTH or not lines:
        return []
    start, end = lines[0][0], lines[0][1]
    along = end - start
    length = math.hypot(along.x(), along.y())
    if length == 0:
        return []
    across = QPointF(-along.y(), along.x()) * (END_MARK / length)
    return [QLineF(place - across, place + across) for place in (start, end)]


def _paint_link(painter: QPainter, measurement: Measurement, lines: list[QPolygonF]) -> None:
    """Join the two lines of a Cobb angle, and mark the vertex of an angle with an arc."""
    painter.setPen(QPen(line_color(measurement), 1, Qt.PenStyle.DotLine))
    if measurement.kind is MeasurementKind.COBB and len(lines) == 2:
        painter.drawLine((lines[0][0] + lines[0][1]) / 2, (lines[1][0] + lines[1][1]) / 2)
    if measurement.kind is MeasurementKind.ANGLE and len(lines[0]) == 3:
        first, vertex, second = lines[0]
        begin, end = QLineF(vertex, first).angle(), QLineF(vertex, second).angle()
        span = (end - begin + 180) % 360 - 180
        box = QRectF(vertex.x() - ARC, vertex.y() - ARC, 2 * ARC, 2 * ARC)
        painter.drawArc(box, round(begin * 16), round(span * 16))


def _paint_handles(painter: QPainter, drawn: Drawn, placement: Placement) -> None:
    color = line_color(drawn.measurement)
    painter.setPen(QPen(theme.color("#000000", alpha=0.8), 1))
    painter.setBrush(color if drawn.is_selected else theme.color("#000000", alpha=0.35))
    for point in handles_of(drawn.measurement):
        place = to_screen(placement, point)
        if not drawn.is_selected:
            painter.setPen(QPen(color, WIDTH))
        painter.drawEllipse(place, HANDLE, HANDLE)
