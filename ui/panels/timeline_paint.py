"""Paint the lanes of the timeline: studies and notes as marks with their words, vital signs as a strip."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from medmm.core.quality import InputKind
from medmm.workflow.timeline import TimelineItem
from ui import theme
from ui.language import tr
from ui.panels.timeline_frame import DOT, TimelineFrame
from ui.state.timeline_state import seconds_of
from ui.state.timeline_words import LANES, lane_title

BIN = 3
GAP, MARGIN = 4, 12
LEAST_WORDS = 24
DAY_ALPHA = 0.25


def paint_lanes(painter: QPainter, frame: TimelineFrame) -> None:
    """Write the lanes' names and draw the lines that things stand on."""
    body = frame.body
    for kind in LANES:
        lane = frame.lane(kind)
        title = QRectF(MARGIN, lane.top(), body.left() - MARGIN, lane.height())
        painter.setPen(theme.color(theme.TEXT_2))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, lane_title(kind))
        painter.setPen(theme.color(theme.LINE))
        painter.drawLine(QPointF(body.left(), lane.center().y()), QPointF(body.right(), lane.center().y()))
    if frame.has_undated:
        painter.setPen(theme.color(theme.TEXT_2))
        area = QRectF(frame.undated.left(), frame.ruler.top(), frame.undated.width(), frame.ruler.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignTop, tr("no date"))
        painter.setPen(theme.color(theme.LINE))
        edge = frame.undated.left() - GAP
        painter.drawLine(QPointF(edge, body.top()), QPointF(edge, frame.ruler.bottom()))


def paint_strip(
    painter: QPainter, frame: TimelineFrame, seconds: NDArray[np.float64], unusual: NDArray[np.bool_]
) -> None:
    """Draw how often vital signs were measured; over it, in the colour of a warning, where any was unusual."""
    if frame.axis is None or not len(seconds):
        return
    lane = frame.lane(InputKind.VITALS)
    n_bins = max(1, int(frame.body.width() / BIN))
    span = (frame.axis.start, frame.axis.end)
    counts, _ = np.histogram(seconds, n_bins, span)
    marked, _ = np.histogram(seconds[unusual], n_bins, span)
    most = max(1, int(counts.max()))
    tall, bottom = lane.height() - 2 * GAP, lane.bottom() - GAP
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    # The warning lies over the lower part: how much of what was measured there was unusual.
    for heights, token in ((counts, theme.INPUT_COLORS[InputKind.VITALS]), (marked, theme.WARNING)):
        painter.setPen(QPen(theme.color(token), BIN - 1))
        for at in np.flatnonzero(heights):
            x = frame.body.left() + (at + 0.5) * BIN
            height = 3 + np.log1p(heights[at]) / np.log1p(most) * (tall - 3)
            painter.drawLine(QLineF(x, bottom - height, x, bottom))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_mark(painter: QPainter, frame: TimelineFrame, place: int, *, is_shown: bool) -> None:
    """Draw a study as a dot or a note as a page: filled when it is shown, pale over its day when no hour is known."""
    item = frame.items[place]
    if item.kind is InputKind.VITALS:
        return
    area, ink = frame.place_of(place), theme.INPUT_COLORS[item.kind]
    painter.setPen(QPen(theme.color(ink), 1.5))
    painter.setBrush(theme.color(ink) if is_shown else theme.color(theme.PANEL))
    if not item.has_clock:
        painter.setBrush(theme.color(ink, alpha=1.0 if is_shown else DAY_ALPHA))
        painter.drawRoundedRect(area, 3, 3)
    elif item.kind is InputKind.IMAGE:
        painter.drawEllipse(area)
    else:
        painter.drawRect(area.adjusted(1.5, 0, -1.5, 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_words(painter: QPainter, frame: TimelineFrame, kind: InputKind) -> None:
    """Write what each mark of a lane is: at its right, else at its left, else as much as there is room for."""
    dated = [place for place, item in enumerate(frame.items) if item.kind is kind and item.start is not None]
    areas = [frame.place_of(place) for place in dated]
    ends = [*(area.left() for area in areas[1:]), frame.body.right()]
    free_from = frame.body.left()
    for place, area, end in zip(dated, areas, ends, strict=False):
        words, room = _words_of(frame.items[place]), end - area.right() - 2 * GAP
        width = painter.fontMetrics().horizontalAdvance(words)
        left = area.right() + GAP
        if width > room and area.left() - free_from - 2 * GAP >= width:
            left = area.left() - GAP - width
        elif width > room:
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(max(room, 0)))
            width = painter.fontMetrics().horizontalAdvance(words) if room >= LEAST_WORDS else 0
        _write(painter, QRectF(left, area.top() - GAP, width, DOT + 2 * GAP), words)
        free_from = max(area.right(), left + width)


def _words_of(item: TimelineItem) -> str:
    return " ".join(part for part in (item.modality, item.title) if part)


def _write(painter: QPainter, area: QRectF, words: str) -> None:
    if area.width() > 0:
        # Over the lane's line, so that it does not strike the words through.
        painter.fillRect(area, theme.color(theme.PANEL))
        painter.setPen(theme.color(theme.TEXT_2))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)


def paint_shown(painter: QPainter, frame: TimelineFrame, item: TimelineItem) -> None:
    """Draw when the study shown was taken through all lanes."""
    stretch = seconds_of(item)
    if stretch is None or frame.axis is None:
        return
    at, body = frame.x_of((stretch[0] + stretch[1]) / 2), frame.body
    if body.left() <= at <= body.right():
        painter.setPen(QPen(theme.color(theme.INPUT_COLORS[InputKind.IMAGE]), 1.5))
        painter.drawLine(QPointF(at, body.top()), QPointF(at, body.bottom()))
