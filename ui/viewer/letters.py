"""Orientation letters at the left and top edges, true under every flip and quarter turn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from medmm.core.image import ImageGeometry
from ui import theme
from ui.state.orientation import Orientation
from ui.viewer.outlined_text import draw_outlined

SIDE_UNKNOWN = "side not stated"
_OPPOSITE = {"A": "P", "P": "A", "R": "L", "L": "R", "H": "F", "F": "H"}
LEFT, TOP = (-1.0, 0.0), (0.0, -1.0)


def edge_letters(geometry: ImageGeometry, orientation: Orientation, edge: tuple[float, float]) -> str:
    """Give the letters for the edge that lies in a direction (right, down) of the screen; empty where not stated."""
    axes = (((1, 0), geometry.row_direction), ((0, 1), geometry.column_direction))
    for (x, y), towards in axes:
        right, down = orientation.to_screen(x, y)
        if (right, down) == edge:
            return towards.upper()
        if (-right, -down) == edge:
            return opposite(towards)
    raise ValueError(f"{edge} is not one of the four edges")


def opposite(letters: str) -> str:
    """Turn a biped's direction round, e.g. "LF" into "RH"; empty for letters that are none (PS3.3 C.7.6.1.1.1)."""
    turned = [_OPPOSITE.get(letter, "") for letter in letters.upper()]
    return "".join(turned) if all(turned) else ""


def paint_letters(painter: QPainter, geometry: ImageGeometry, orientation: Orientation, *, rect: QRectF) -> None:
    """Paint the letters, or in amber that the side is not stated."""
    left, top = (edge_letters(geometry, orientation, edge) for edge in (LEFT, TOP))
    _paint_word(painter, left, QPointF(rect.left() + 10, rect.center().y()))
    _paint_word(painter, top, QPointF(rect.center().x() - 6, rect.top() + 20))
    if not (geometry.row_direction and geometry.column_direction):
        painter.setFont(theme.font(theme.SIZE_SECOND))
        width = QFontMetricsF(painter.font()).horizontalAdvance(SIDE_UNKNOWN)
        place = QPointF(round(rect.center().x() - width / 2), rect.top() + 20)
        draw_outlined(painter, place, SIDE_UNKNOWN, color=theme.WARNING)


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
