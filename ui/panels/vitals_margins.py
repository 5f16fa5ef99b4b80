"""What stands around the lanes of the chart: names and last values, ranges, weights, the study's time, a readout."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from medmm.core.prediction import VitalWeight
from medmm.core.quality import InputKind
from ui import theme
from ui.language import tr
from ui.panels.vitals_frame import LANE_GAP, VitalsFrame
from ui.panels.vitals_paint import MARK, LanePicture
from ui.state.time_axis import TimeAxis
from ui.state.vital_words import NO_VALUE, level_of, range_words, short_title, sign_title, value_words, weight_words
from ui.state.vitals_state import StudyMark

STUDY_ALPHA = 0.16
DIM_ALPHA = 0.55
GAP, PADDING = 8, 6
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def paint_name(painter: QPainter, picture: LanePicture, *, is_low: bool) -> None:
    """Write a lane's name and its last value at the left, in one line where lanes are low."""
    area, last, sign = picture.area, picture.lane.last, picture.lane.sign
    words = f"{value_words(last)} {sign.unit}" if last else NO_VALUE
    token = theme.WARNING if last is not None and level_of(last) != "usual" else theme.TEXT
    height = painter.fontMetrics().height()
    left, width, middle = 2, area.left() - GAP, area.center().y()
    if is_low:
        line = QRectF(left, middle - height / 2, width, height)
        _write(painter, line, short_title(sign), theme.TEXT_2)
        _write(painter, line, words, token, RIGHT)
        return
    _write(painter, QRectF(left, middle - height, width, height), sign_title(sign), theme.TEXT_2)
    painter.save()
    painter.setFont(theme.font(theme.SIZE_SECOND, is_bold=True))
    _write(painter, QRectF(left, middle, width, painter.fontMetrics().height()), words, token)
    painter.restore()


def paint_range(painter: QPainter, picture: LanePicture, area: QRectF, *, is_low: bool) -> None:
    """Write the ends of the reference range beside the band."""
    if not picture.lane.measurements or is_low:
        _write(painter, area, range_words(picture.lane.sign), theme.TEXT_2)
        return
    half = painter.fontMetrics().height() / 2
    low, high = picture.lane.sign.reference
    at_low, at_high = (float(y) for y in picture.ys(np.array([low, high])))
    # Never over each other, however narrow the band is.
    at_high = min(at_high, at_low - 1.7 * half)
    for value, at in ((low, at_low), (high, at_high)):
        _write(painter, QRectF(area.left(), at - half, area.width(), 2 * half), f"{value:g}", theme.TEXT_2)


def paint_weight(painter: QPainter, area: QRectF, weight: VitalWeight) -> None:
    """Write a vital sign's weight for the selected finding, and whether the model took a default for it."""
    half = painter.fontMetrics().height()
    token = theme.POSITIVE if weight.weight > 0 else theme.NEGATIVE
    if weight.imputed and area.height() < 2 * half:
        # A star stands for the default; the table's header and the tooltip say so in words.
        _write(painter, area, f"{weight_words(weight)}*", token, RIGHT)
        return
    top = area.center().y() - (half if weight.imputed else half / 2)
    _write(painter, QRectF(area.left(), top, area.width(), half), weight_words(weight), token, RIGHT)
    if weight.imputed:
        _write(painter, QRectF(area.left(), top + half, area.width(), half), tr("default"), theme.TEXT_2, RIGHT)


def paint_outside(painter: QPainter, frame: VitalsFrame, axis: TimeAxis, window: tuple[float, float]) -> None:
    """Dim what lies outside the stretch of time that a model may read."""
    body = frame.body
    start, end = (body.left() + axis.fraction(at) * body.width() for at in window)
    # Beside a point at the very edge, not over half of it.
    for left, right in ((body.left(), start - MARK), (end + MARK, body.right())):
        left, right = max(left, body.left()), min(right, body.right())
        if left >= right:
            continue
        area = QRectF(left, body.top(), right - left, body.height() - LANE_GAP)
        painter.fillRect(area, theme.color(theme.PANEL, alpha=DIM_ALPHA))


def paint_study(painter: QPainter, frame: VitalsFrame, axis: TimeAxis, study: StudyMark) -> None:
    """Draw when the study was taken through all lanes, and name it; out of sight, an arrow says where it lies."""
    body = frame.body
    ink = theme.INPUT_COLORS[InputKind.IMAGE]
    start, end = (body.left() + axis.fraction(at) * body.width() for at in (study.start, study.end))
    words = study.label
    if start > body.right():
        words = f"{words} ▸"
    elif end < body.left():
        words = f"◂ {words}"
    elif study.start == study.end:
        painter.setPen(QPen(theme.color(ink), 1.5))
        painter.drawLine(QPointF(start, body.top() - 2), QPointF(start, body.bottom()))
    else:
        day = QRectF(QPointF(start, body.top()), QPointF(end, body.bottom())).intersected(body)
        painter.fillRect(day, theme.color(ink, alpha=STUDY_ALPHA))
    width = painter.fontMetrics().horizontalAdvance(words) + 1
    middle = (min(max(start, body.left()), body.right()) + min(max(end, body.left()), body.right())) / 2
    left = min(max(middle - width / 2, GAP), frame.width - width - GAP)
    _write(painter, QRectF(left, 0, width, body.top() - 2), words, ink)


def paint_readout(painter: QPainter, frame: VitalsFrame, at: QPointF, lines: Sequence[str]) -> None:
    """Ring a measurement and say it in full beside it, as plain text, within the chart."""
    body = frame.body
    painter.setPen(QPen(theme.color(theme.TEXT_2), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(at.x(), body.top()), QPointF(at.x(), body.bottom()))
    painter.setPen(QPen(theme.color(theme.ACCENT), 1.5))
    painter.drawEllipse(at, 5, 5)
    words, wraps = "\n".join(lines), Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    room = QRectF(0, 0, frame.width - 2 * (GAP + PADDING), frame.height)
    text = painter.boundingRect(room, wraps, words)
    width, height = text.width() + 2 * PADDING + 1, text.height() + 2 * PADDING
    left = min(max(at.x() - width / 2, GAP), max(GAP, frame.width - width - GAP))
    above = at.y() - height - 2 * GAP
    box = QRectF(left, above if above > 0 else at.y() + 2 * GAP, width, height)
    painter.setPen(theme.color(theme.CONTROL_LINE))
    painter.setBrush(theme.color(theme.RAISED))
    painter.drawRoundedRect(box, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(theme.color(theme.TEXT))
    painter.drawText(box.adjusted(PADDING, PADDING, 0, 0), wraps, words)


def _write(
    painter: QPainter,
    area: QRectF,
    words: str,
    token: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    painter.setPen(theme.color(token))
    painter.drawText(area, align | Qt.TextFlag.TextDontClip, words)
