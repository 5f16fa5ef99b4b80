"""A bar of round length at the lower edge, with the unit's provenance."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from medmm.core.image import ImageGeometry
from ui import theme
from ui.language import told
from ui.viewer.outlined_text import draw_outlined, plain

# Part of the view's width that the bar may take.
MOST_OF_WIDTH = 0.16
# In a view narrower than this the corner texts reach its middle; the bar then stands above them.
NARROW, RAISED_BY = 640.0, 64.0


def round_length(longest: float) -> float:
    """Give the largest 1, 2 or 5 times a power of ten that is not longer."""
    power = 10.0 ** math.floor(math.log10(longest))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest * (1 + 1e-9))


def paint_scale_bar(painter: QPainter, geometry: ImageGeometry, *, scale: float, rect: QRectF) -> None:
    """Paint the bar; without a known spacing nothing, for a length in pixels invites a wrong guess."""
    between_cols = geometry.spacing_mm[2]
    if not (math.isfinite(between_cols) and between_cols > 0) or geometry.spacing_label == "px":
        return
    per_mm = scale / between_cols
    length = round_length(rect.width() * MOST_OF_WIDTH / per_mm)
    width = length * per_mm
    left, bottom = rect.center().x() - width / 2, rect.bottom() - 14 - RAISED_BY * (rect.width() < NARROW)
    for pen in (QPen(theme.color("#000000", alpha=0.8), 4), QPen(theme.color(theme.TEXT), 1.5)):
        painter.setPen(pen)
        painter.drawLine(QLineF(left, bottom, left + width, bottom))
        for end in (left, left + width):
            painter.drawLine(QLineF(end, bottom - 4, end, bottom))
    painter.setFont(theme.font(theme.SIZE_CORNER))
    text = f"{length:g} {plain(told(geometry.spacing_label))}"
    advance = QFontMetricsF(painter.font()).horizontalAdvance(text)
    draw_outlined(painter, QPointF(round(rect.center().x() - advance / 2), bottom - 8), text)
