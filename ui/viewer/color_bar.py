"""The heat map's legend: an absolute bar in logits, and in words what the map is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from ui import theme
from ui.viewer.heat_colors import heat_colors
from ui.viewer.heat_overlay import SCALE_END
from ui.viewer.outlined_text import draw_outlined, elide

WIDTH, N_TICKS = 12.0, 5
MEANING = "areas that changed the score"
SEEN_BOX = "dashed: what the network saw"


def paint_color_bar(painter: QPainter, rect: QRectF) -> None:
    """Paint the bar at the right edge, its ticks to the left of it."""
    height = min(rect.height() * 0.4, 240.0)
    bar = QRectF(rect.right() - 10 - WIDTH, rect.center().y() - height / 2, WIDTH, height)
    painter.setPen(theme.color(theme.GROUND))
    painter.setBrush(_gradient(bar))
    painter.drawRect(bar)
    painter.setFont(theme.font(theme.SIZE_CORNER))
    metrics = QFontMetricsF(painter.font())
    for number in range(N_TICKS):
        part = number / (N_TICKS - 1)
        sign = "≥ " if number == N_TICKS - 1 else ""
        text = f"{sign}{SCALE_END * part:.2f}"
        left = bar.left() - 6 - metrics.horizontalAdvance(text)
        draw_outlined(painter, QPointF(left, bar.bottom() - part * height + metrics.ascent() / 2 - 1), text)
    unit_left = bar.right() - metrics.horizontalAdvance("logit")
    draw_outlined(painter, QPointF(unit_left, bar.top() - 8), "logit", color=theme.TEXT_2)


def paint_legend(painter: QPainter, rect: QRectF, lines: tuple[str, ...]) -> None:
    """Write what is painted in the middle of the lower edge, the last line lowest."""
    painter.setFont(theme.font(theme.SIZE_SECOND))
    metrics = QFontMetricsF(painter.font())
    for number, line in enumerate(reversed(lines)):
        text = elide(painter, line, rect.width() * 0.9)
        left = rect.center().x() - metrics.horizontalAdvance(text) / 2
        below = rect.bottom() - LEGEND_RISE - number * metrics.height() * 1.25
        color = theme.TEXT if number == len(lines) - 1 else theme.TEXT_2
        draw_outlined(painter, QPointF(round(left), round(below)), text, color=color)


# Clear of the corner texts, which may meet in the middle of a narrow view.
LEGEND_RISE = 96.0


def _gradient(bar: QRectF) -> QLinearGradient:
    gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
    for index in range(0, 256, 15):
        red, green, blue = (int(part) for part in heat_colors()[index])
        gradient.setColorAt(index / 255, QColor(red, green, blue))
    return gradient
