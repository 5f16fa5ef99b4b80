"""Paints measurements over the image: lines, handles where they can be grabbed, and the numbers beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from medmm.core.measurement import Measurement, MeasurementKind
from medmm.imaging.outlines import handles_of, strokes_of
from ui import theme
from ui.viewer.measuring.hit import to_polygon, to_screen
from ui.viewer.measuring.labels import LabelPlaces, paint_label
from ui.viewer.placement import Placement

WIDTH, WIDTH_SELECTED, EDGE = 1.5, 2.5, 2.0
HANDLE, END_MARK, CROSS, ARC = 4.5, 6.0, 8.0, 22.0


@dataclass(frozen=True)
class Drawn:
    """A measurement as it is painted; label: its lines of text, none while it is not complete.

    is_settled: False while its numbers are those of a moment ago; they are dimmed.
    """

    measurement: Measurement
    label: tuple[str, ...] = ()
    is_selected: bool = False
    is_hovered: bool = False
    is_settled: bool = True


def line_color(measurement: Measurement) -> QColor:
    """Give the colour of a measurement, in lists as on the image."""
    return theme.color(theme.MEASURES[measurement.color_index % len(theme.MEASURES)])


def paint_measurements(painter: QPainter, drawn: Sequence[Drawn], placement: Placement, *, places: LabelPlaces) -> None:
    """Paint lines and handles, then the labels over all of them; the one in hand has its label on top."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for one in drawn:
        _paint_shape(painter, one, placement)
    painter.restore()
    reaches = {one.measurement.id: _reach(one.measurement, placement) for one in drawn if one.measurement.points}
    for reach in reaches.values():
        places.avoid(reach)
    for one in sorted(drawn, key=lambda one: (one.is_selected, one.is_hovered)):
        if one.label:
            beside = reaches[one.measurement.id]
            paint_label(painter, one.label, beside, color=_label_color(one), places=places, is_dim=not one.is_settled)


def _label_color(drawn: Drawn) -> QColor:
    return line_color(drawn.measurement) if drawn.is_settled else theme.color(theme.TEXT_2)


def _paint_shape(painter: QPainter, drawn: Drawn, placement: Placement) -> None:
    measurement = drawn.measurement
    lines = [to_polygon(placement, stroke) for stroke in strokes_of(measurement)]
    marks = _marks(measurement, placement, lines)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _pens(measurement, WIDTH_SELECTED if drawn.is_selected else WIDTH):
        painter.setPen(pen)
        for line in lines:
            painter.drawPolyline(line)
        painter.drawLines(marks)
    if measurement.kind is MeasurementKind.ANGLE and lines and len(lines[0]) == 3:
        _paint_arc(painter, measurement, lines[0])
    if measurement.kind is MeasurementKind.COBB and len(lines) == 2:
        painter.setPen(QPen(line_color(measurement), 1, Qt.PenStyle.DotLine))
        painter.drawLine((lines[0][0] + lines[0][1]) / 2, (lines[1][0] + lines[1][1]) / 2)
    if drawn.is_selected or drawn.is_hovered:
        _paint_handles(painter, drawn, placement)


def _pens(measurement: Measurement, width: float) -> tuple[QPen, QPen]:
    # A dark edge first, so that the line is seen on bone and on air.
    looks = (theme.color("#000000", alpha=0.6), width + EDGE), (line_color(measurement), width)
    style = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.BevelJoin
    edge, line = (QPen(color, wide, *style) for color, wide in looks)
    return edge, line


def _reach(measurement: Measurement, placement: Placement) -> QRectF:
    """Give the part of the view that a measurement takes up."""
    points = [point for stroke in strokes_of(measurement) for point in stroke] or measurement.points
    box = to_polygon(placement, tuple(points)).boundingRect()
    return box.adjusted(-HANDLE, -HANDLE, HANDLE, HANDLE)


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


def _paint_arc(painter: QPainter, measurement: Measurement, arms: QPolygonF) -> None:
    first, vertex, second = arms
    begin, end = QLineF(vertex, first).angle(), QLineF(vertex, second).angle()
    span = (end - begin + 180) % 360 - 180
    box = QRectF(vertex.x() - ARC, vertex.y() - ARC, 2 * ARC, 2 * ARC)
    for pen in _pens(measurement, 1):
        painter.setPen(pen)
        painter.drawArc(box, round(begin * 16), round(span * 16))


def _paint_handles(painter: QPainter, drawn: Drawn, placement: Placement) -> None:
    color = line_color(drawn.measurement)
    # Never filled on a point: the pixel that it names must be seen.
    is_filled = drawn.is_selected and drawn.measurement.kind is not MeasurementKind.POINT
    radius = HANDLE if drawn.measurement.kind is not MeasurementKind.POINT else CROSS + EDGE
    painter.setBrush(color if is_filled else Qt.BrushStyle.NoBrush)
    for point in handles_of(drawn.measurement):
        for pen in _pens(drawn.measurement, 1):
            painter.setPen(pen)
            painter.drawEllipse(to_screen(placement, point), radius, radius)
