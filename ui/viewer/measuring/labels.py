"""Paints lines of text on a dark ground beside what they are about, kept inside the view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from ui import theme
from ui.viewer.outlined_text import plain

PADDING, RADIUS, MARGIN = 4.0, 3.0, 4.0
LEADING = 1.2


def paint_label(painter: QPainter, lines: Sequence[str], place: QPointF, *, color: QColor, rect: QRectF) -> None:
    """Paint lines of text with the middle of their left edge at a place, the first line in colour."""
    painter.setFont(theme.font(theme.SIZE_SECOND))
    metrics = QFontMetricsF(painter.font())
    texts = [plain(line) for line in lines]
    step = metrics.height() * LEADING
    width = max(metrics.horizontalAdvance(text) for text in texts) + 2 * PADDING
    box = QRectF(place.x(), place.y() - len(texts) * step / 2 - PADDING, width, len(texts) * step + 2 * PADDING)
    box = _inside(box, rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("#000000", alpha=0.62))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    baseline = box.top() + PADDING + metrics.ascent() + (step - metrics.height()) / 2
    for number, text in enumerate(texts):
        painter.setPen(color if number == 0 else theme.color(theme.TEXT))
        painter.drawText(QPointF(round(box.left() + PADDING), round(baseline + number * step)), text)
    painter.restore()


def _inside(box: QRectF, rect: QRectF) -> QRectF:
    area = rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    left = min(max(box.left(), area.left()), max(area.right() - box.width(), area.left()))
    top = min(max(box.top(), area.top()), max(area.bottom() - box.height(), area.top()))
    return QRectF(left, top, box.width(), box.height())
