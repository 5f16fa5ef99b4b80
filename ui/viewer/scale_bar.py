"""A bar of round length at the lower edge, with the unit's provenance."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from medmm.core.image import ImageGeometry
from ui import theme
from ui.language import told
from ui.viewer.outlined_text import draw_outlined, plain

# Part of the view's width that the bar may take.
MOST_OF_WIDTH = 0.16
# In a view narrower than this the legend of a map takes the bar's place.
NARROW = 640.0
FROM_EDGE, TEXT_GAP, TICK, CLEAR = 14.0, 8.0, 4.0, 6.0


def round_length(longest: float) -> float:
    """Give the largest 1, 2 or 5 times a power of ten that is not longer."""
    power = 10.0 ** math.floor(math.log10(longest))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest * (1 + 1e-9))


def paint_scale_bar(
    painter: QPainter, geometry: ImageGeometry, *, scale: float, rect: QRectF, clear_of: Sequence[QRectF] = ()
) -> None:
    """Paint the bar above whatever text reaches the middle of the lower edge.

    Without a known spacing nothing is painted, for a length in pixels invites a wrong guess.
    """
    between_cols = geometry.spacing_mm[2]
    if not (math.isfinite(between_cols) and between_cols > 0) or geometry.spacing_label == "px":
        return
    per_mm = scale / between_cols
    length = round_length(rect.width() * MOST_OF_WIDTH / per_mm)
    width = length * per_mm
    painter.setFont(theme.font(theme.SIZE_CORNER))
    text, metrics = f"{length:g} {plain(told(geometry.spacing_label))}", QFontMetricsF(painter.font())
    advance = metrics.horizontalAdvance(text)
    box = QRectF(0, 0, max(width, advance), metrics.ascent() + TEXT_GAP + TICK)
    box.moveCenter(rect.center())
    box.moveBottom(rect.bottom() - FROM_EDGE + TICK)
    box = _cleared(box, clear_of)
    left, bottom = rect.center().x() - width / 2, box.bottom() - TICK
    for pen in (QPen(theme.color("#000000", alpha=0.8), 4), QPen(theme.color(theme.TEXT), 1.5)):
        painter.setPen(pen)
        painter.drawLine(QLineF(left, bottom, left + width, bottom))
        for end in (left, left + width):
            painter.drawLine(QLineF(end, bottom - TICK, end, bottom))
    draw_outlined(painter, QPointF(round(rect.center().x() - advance / 2), bottom - TEXT_GAP), text)


def _cleared(box: QRectF, others: Sequence[QRectF]) -> QRectF:
    """Move a box up until it touches none of the others."""
    for other in sorted(others, key=QRectF.bottom, reverse=True):
        if box.adjusted(-CLEAR, -CLEAR, CLEAR, CLEAR).intersects(other):
            box.moveBottom(other.top() - CLEAR)
    return box
