"""Paints the corner texts: as many lines as the view has room for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from ui import theme
from ui.state.view_state import CornerText
from ui.viewer.corner_text import ALWAYS, DETAIL, FIXED, USUAL, Corners, Line
from ui.viewer.outlined_text import broken, draw_outlined, elide

MARGIN = 10.0
LEADING = 1.3
# Widths and heights below which details, then everything but the patient and the fixed lines, are left out.
ROOM_FOR_DETAIL = (520.0, 420.0)
# Four viewports on 1280 by 800 keep the date, the slice and the window: without them a prior looks like the present.
ROOM_FOR_USUAL = (280.0, 200.0)


def lowest_rank(amount: CornerText, width: float, height: float) -> int:
    """Tell which lines are shown, by the user's choice and the room there is."""
    if amount is CornerText.NONE:
        return FIXED
    if width < ROOM_FOR_USUAL[0] or height < ROOM_FOR_USUAL[1]:
        return ALWAYS
    if amount is CornerText.MINIMAL or width < ROOM_FOR_DETAIL[0] or height < ROOM_FOR_DETAIL[1]:
        return USUAL
    return DETAIL


def paint_corners(painter: QPainter, corners: Corners, rect: QRectF, *, amount: CornerText) -> tuple[QRectF, ...]:
    """Paint all four corners; with no corner text the fixed lines stay: the model, research use, geometry, loss.

    Gives the boxes of all lines, for what must stay clear of them.
    """
    painter.setFont(theme.font(theme.SIZE_CORNER))
    rank = lowest_rank(amount, rect.width(), rect.height())
    shown = [_kept(lines, rank) for lines in (corners.top_left, corners.top_right, corners.bottom_left)]
    top_left, top_right, bottom_left = shown
    bottom_right = _kept(corners.bottom_right, rank)
    # In the middle of the top stands the orientation letter: no text may reach it, nor the small one beside it.
    top = rect.width() / 2 - 3 * MARGIN
    bottom = _shares(painter, bottom_left, bottom_right, rect.width())
    bottom_left = _wrapped(bottom_left, bottom[0])
    return (
        *_paint_block(painter, top_left, rect, is_bottom=False, max_width=top),
        *_paint_block(painter, top_right, rect, is_right=True, is_bottom=False, max_width=top),
        *_paint_block(painter, bottom_left, rect, max_width=bottom[0]),
        *_paint_block(painter, bottom_right, rect, is_right=True, max_width=bottom[1]),
    )


def paint_fixed(painter: QPainter, lines: tuple[Line, ...], rect: QRectF) -> None:
    """Paint the lines that never go away, in their corner."""
    painter.setFont(theme.font(theme.SIZE_CORNER))
    _paint_block(painter, lines, rect, is_right=True, max_width=rect.width() - 2 * MARGIN)


def _shares(painter: QPainter, left: tuple[Line, ...], right: tuple[Line, ...], width: float) -> tuple[float, float]:
    """Give how wide the blocks at the left and at the right may be: what one does not need is the other's."""
    metrics = QFontMetricsF(painter.font())
    needed = [max((metrics.horizontalAdvance(line.text) for line in lines), default=0.0) for lines in (left, right)]
    whole = width - 2 * MARGIN
    half = whole / 2 - MARGIN
    return max(half, whole - 2 * MARGIN - needed[1]), max(half, whole - 2 * MARGIN - needed[0])


def _wrapped(lines: tuple[Line, ...], width: float) -> tuple[Line, ...]:
    """Break remarks that are wider than their block: the end of a warning may not be lost."""
    found: list[Line] = []
    for line in lines:
        texts = (line.text,) if line.color == theme.TEXT else broken(line.text, theme.font(theme.SIZE_CORNER), width)
        found += [replace(line, text=text) for text in texts]
    return tuple(found)


def _kept(lines: tuple[Line, ...], rank: int) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.rank <= rank)


def _paint_block(
    painter: QPainter,
    lines: tuple[Line, ...],
    rect: QRectF,
    *,
    max_width: float,
    is_right: bool = False,
    is_bottom: bool = True,
) -> list[QRectF]:
    metrics = QFontMetricsF(painter.font())
    step = round(metrics.height() * LEADING)
    baseline = rect.top() + MARGIN + metrics.ascent()
    if is_bottom:
        baseline = rect.bottom() - MARGIN - metrics.descent() - step * (len(lines) - 1)
    boxes = []
    for number, line in enumerate(lines):
        text = elide(painter, line.text, max_width)
        width = metrics.horizontalAdvance(text)
        left = rect.right() - MARGIN - width if is_right else rect.left() + MARGIN
        place = QPointF(round(left), round(baseline + number * step))
        draw_outlined(painter, place, text, color=line.color)
        boxes.append(QRectF(place.x(), place.y() - metrics.ascent(), width, metrics.height()))
    return boxes
