"""Paints the frame of the viewport that keys and toolbar act on."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui import theme

WIDTH = 1.0
OPACITY = 0.7


def paint_frame(painter: QPainter, rect: QRectF) -> None:
    """Paint a thin frame just inside a rectangle."""
    color = theme.color(theme.ACCENT, alpha=OPACITY)
    # Four thin bars: a translucent outline of the whole view costs ten times as much.
    for bar in (
        QRectF(rect.left(), rect.top(), rect.width(), WIDTH),
        QRectF(rect.left(), rect.bottom() - WIDTH, rect.width(), WIDTH),
        QRectF(rect.left(), rect.top() + WIDTH, WIDTH, rect.height() - 2 * WIDTH),
        QRectF(rect.right() - WIDTH, rect.top() + WIDTH, WIDTH, rect.height() - 2 * WIDTH),
    ):
        painter.fillRect(bar, color)
