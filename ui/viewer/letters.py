"""Orientation letters at the left and top edges, true under every flip and quarter turn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from medmm.core.image import ImageGeometry
from medmm.imaging.geometry import orientation_letters
from ui import theme
from ui.language import mark, tr
from ui.state.orientation import Orientation
from ui.viewer.outlined_text import draw_outlined, plain

SIDE_UNKNOWN = mark("side not stated")
FROM_EDGE = 8.0


def paint_letters(
    painter: QPainter,
    geometry: ImageGeometry,
    orientation: Orientation,
    *,
    rect: QRectF,
    clear_of: Sequence[QRectF] = (),
) -> None:
    """Paint the letters, or in amber that the side is not stated, below whatever text reaches the middle of the top."""
    edges = orientation_letters(geometry, quarter_turns=orientation.turns, is_mirrored=orientation.is_mirrored)
    _paint_word(painter, plain(edges.left), QPointF(rect.left() + 10, round(rect.center().y())))
    if geometry.row_direction and geometry.column_direction:
        painter.setFont(theme.font(theme.SIZE_SECTION, is_bold=True))
        _paint_word(painter, plain(edges.top), QPointF(round(rect.center().x()) - 6, _below(painter, rect)))
        return
    painter.setFont(theme.font(theme.SIZE_SECOND))
    width = QFontMetricsF(painter.font()).horizontalAdvance(tr(SIDE_UNKNOWN))
    place = QPointF(round(rect.center().x() - width / 2), _below(painter, rect))
    metrics = QFontMetricsF(painter.font())
    box = QRectF(place.x(), place.y() - metrics.ascent(), width, metrics.height())
    for other in sorted(clear_of, key=QRectF.top):
        if box.adjusted(-FROM_EDGE, 0, FROM_EDGE, 0).intersects(other):
            box.moveTop(other.bottom())
    place.setY(round(box.top() + metrics.ascent()))
    draw_outlined(painter, place, tr(SIDE_UNKNOWN), color=theme.WARNING)


def _below(painter: QPainter, rect: QRectF) -> float:
    """Give the baseline of a text that hangs from the upper edge, however large it is."""
    return round(rect.top() + FROM_EDGE + QFontMetricsF(painter.font()).ascent())


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
