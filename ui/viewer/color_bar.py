"""The heat map's legend: an absolute bar in logits, and in words what the map is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from ui import theme
from ui.viewer.heat_colors import heat_colors
from ui.viewer.outlined_text import draw_outlined, elide

WIDTH, N_TICKS = 12.0, 6
# Clear of the scale bar, and of the corner texts, which meet it in the middle of a narrow view.
LEGEND_RISE = 56.0


def paint_color_bar(painter: QPainter, rect: QRectF, *, end_logits: float, scale: str) -> None:
    """Paint the bar at the right edge with its ticks; end_logits: the upper end; scale: name of the colours."""
    height = min(rect.height() * 0.4, 240.0)
    bar = QRectF(rect.right() - 10 - WIDTH, rect.center().y() - height / 2, WIDTH, height)
    painter.fillRect(bar.adjusted(-1, -1, 1, 1), theme.color(theme.GROUND))
    painter.fillRect(bar, _gradient(bar, scale))
    painter.setFont(theme.font(theme.SIZE_CORNER))
    metrics = QFontMetricsF(painter.font())
    for number in range(N_TICKS):
        part = number / (N_TICKS - 1)
        text = f"{'≥ ' if number == N_TICKS - 1 else ''}{end_logits * part:.3g}"
        left = bar.left() - 6 - metrics.horizontalAdvance(text)
        draw_outlined(painter, QPointF(left, bar.bottom() - part * height + metrics.ascent() / 2 - 1), text)
    draw_outlined(painter, QPointF(bar.right() - metrics.horizontalAdvance("logit"), bar.top() - 10), "logit")


def paint_legend(painter: QPainter, rect: QRectF, lines: tuple[str, ...], *, warning: str = "") -> None:
    """Write what is painted on a dark plate in the middle of the lower edge, a warning lowest and in amber."""
    painter.setFont(theme.font(theme.SIZE_SECOND))
    metrics = QFontMetricsF(painter.font())
    given = (*lines, warning) if warning else lines
    shown = [elide(painter, line, rect.width() * 0.9) for line in given]
    tokens = [theme.TEXT, *[theme.TEXT_2] * (len(lines) - 1), theme.WARNING]
    step = round(metrics.height() * 1.25)
    width = max(metrics.horizontalAdvance(text) for text in shown) + 24
    top = rect.bottom() - LEGEND_RISE - step * len(shown)
    plate = QRectF(rect.center().x() - width / 2, top - 6, width, step * len(shown) + 10)
    painter.fillRect(plate, theme.color(theme.GROUND, alpha=0.78))
    for number, text in enumerate(shown):
        painter.setPen(theme.color(tokens[number]))
        left = rect.center().x() - metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(round(left), round(top + metrics.ascent() + number * step)), text)


def _gradient(bar: QRectF, scale: str) -> QLinearGradient:
    gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
    for index in range(0, 256, 15):
        red, green, blue = (int(part) for part in heat_colors(scale)[index])
        gradient.setColorAt(index / 255, QColor(red, green, blue))
    return gradient
