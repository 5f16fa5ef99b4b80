"""Two lines under a chart over time: clock times or days, and what they lie in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from ui import theme
from ui.state.time_axis import Tick, TimeAxis, edges, ticks, wall_time
from ui.state.time_words import CONTEXT, context_words, tick_words

TICK_ROOM = 48
NOTCH = 4
GAP = 8


def ruler_height() -> int:
    """Give the height of the two lines."""
    return NOTCH + 2 * _line()


def paint_ruler(painter: QPainter, area: QRectF, axis: TimeAxis) -> list[float]:
    """Paint the axis into an area and give where its ticks stand, for lines above them."""
    painter.save()
    painter.setFont(theme.font(theme.SIZE_CORNER))
    painter.setClipRect(area)
    painter.setPen(theme.color(theme.CONTROL_LINE))
    painter.drawLine(area.topLeft(), area.topRight())
    found = ticks(axis, n_most=max(1, int(area.width() / theme.scaled(TICK_ROOM))))
    places = [area.left() + axis.fraction(tick.seconds) * area.width() for tick in found]
    _paint_ticks(painter, area, found, places)
    unit = CONTEXT[found[0].unit] if found else "day"
    if unit:
        _paint_context(painter, area, axis, unit)
    painter.restore()
    return places


def _paint_ticks(painter: QPainter, area: QRectF, found: list[Tick], places: list[float]) -> None:
    metrics = QFontMetricsF(painter.font())
    for tick, at in zip(found, places, strict=True):
        painter.setPen(theme.color(theme.CONTROL_LINE))
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.top() + NOTCH))
        words = tick_words(tick)
        half = metrics.horizontalAdvance(words) / 2
        if area.left() <= at - half and at + half <= area.right():
            painter.setPen(theme.color(theme.TEXT_2))
            place = QRectF(at - half, area.top() + NOTCH, 2 * half + 1, _line())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)


def _paint_context(painter: QPainter, area: QRectF, axis: TimeAxis, unit: str) -> None:
    # The day that the left end lies in stays at the left until the next one pushes it out.
    metrics = QFontMetricsF(painter.font())
    painter.setPen(theme.color(theme.TEXT_2))
    top = area.top() + NOTCH + _line()
    starts = [(area.left() + axis.fraction(edge.seconds) * area.width(), edge.time) for edge in edges(axis, unit)]
    first = context_words(wall_time(axis.start), unit)
    free_from = area.left()
    if not starts or starts[0][0] - area.left() > metrics.horizontalAdvance(first) + GAP:
        painter.drawText(QPointF(area.left(), top + metrics.ascent()), first)
        free_from += metrics.horizontalAdvance(first) + GAP
    for at, time in starts:
        words = context_words(time, unit)
        width = metrics.horizontalAdvance(words)
        if at >= free_from and at + width <= area.right():
            painter.drawText(QPointF(at, top + metrics.ascent()), words)
            free_from = at + width + GAP


def _line() -> int:
    return round(QFontMetricsF(theme.font(theme.SIZE_CORNER)).height())
