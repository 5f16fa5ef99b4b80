"""Orientation letters at the left and top edges, true under every flip and quarter turn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from medmm.core.image import ImageGeometry
from medmm.imaging.geometry import orientation_letters
from ui import theme
from ui.language import mark, tr
from ui.state.orientation import Orientation
from ui.viewer.outlined_text import draw_outlined, plain

SIDE_UNKNOWN = mark("side not stated")


def paint_letters(painter: QPainter, geometry: ImageGeometry, orientation: Orientation, *, rect: QRectF) -> None:
    """Paint the letters, or in amber that the side is not stated."""
    edges = orientation_letters(geometry, quarter_turns=orientation.turns, is_mirrored=orientation.is_mirrored)
    _paint_word(painter, plain(edges.left), QPointF(rect.left() + 10, round(rect.center().y())))
    if geometry.row_direction and geometry.column_direction:
        _paint_word(painter, plain(edges.top), QPointF(round(rect.center().x()) - 6, rect.top() + 22))
        return
    painter.setFont(theme.font(theme.SIZE_SECOND))
    width = QFontMetricsF(painter.font()).horizontalAdvance(tr(SIDE_UNKNOWN))
    place = QPointF(round(rect.center().x() - width / 2), rect.top() + 20)
    draw_outlined(painter, place, tr(SIDE_UNKNOWN), color=theme.WARNING)


def _paint_word(painter: QPainter, letters: str, place: QPointF) -> None:
    """Draw the main letter, the secondary ones smaller."""
    if not letters:
        return
    painter.setFont(theme.font(theme.SIZE_SECTION, is_bold=True))
    draw_outlined(painter, place, letters[0])
    after = QFontMetricsF(painter.font()).horizontalAdvance(letters[0]) + 1
    painter.setFont(theme.font(theme.SIZE_CORNER))
    if letters[1:]:
        draw_outlined(painter, place + QPointF(after, 0), letters[1:])
