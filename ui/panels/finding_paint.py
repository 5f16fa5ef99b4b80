"""Painting of a finding: the bar with threshold and interval, and the shares from one zero line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from medmm.core.prediction import FindingScore, Shares
from ui import theme
from ui.language import tr
from ui.state.finding_words import signed

SHARE_LINE, LABEL_WIDTH, NUMBER_WIDTH = 16, 48, 40


def share_line() -> int:
    """Give the height of one share's line at the text size in force."""
    return theme.scaled(SHARE_LINE)


def paint_bar(painter: QPainter, area: QRectF, finding: FindingScore) -> None:
    """Draw 0..1 across the area: filled up to the number, a tick at the threshold, a whisker for the interval."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(theme.LINE))
    painter.drawRoundedRect(area, 2, 2)
    filled = QRectF(area)
    filled.setWidth(max(2.0, area.width() * finding.shown))
    painter.setBrush(theme.color(theme.DECISION_COLORS[finding.decision]))
    painter.drawRoundedRect(filled, 2, 2)
    if finding.interval is not None:
        _paint_whisker(painter, area, finding.interval)
    tick = area.left() + area.width() * finding.threshold
    painter.setPen(QPen(theme.color(theme.GROUND), 4))
    painter.drawLine(QPointF(tick, area.top() - 3), QPointF(tick, area.bottom() + 3))
    painter.setPen(QPen(theme.color(theme.TEXT), 2))
    painter.drawLine(QPointF(tick, area.top() - 3), QPointF(tick, area.bottom() + 3))


def _paint_whisker(painter: QPainter, area: QRectF, interval: tuple[float, float]) -> None:
    low, high = (area.left() + area.width() * end for end in interval)
    middle = area.center().y()
    painter.setPen(QPen(theme.color(theme.GROUND), 3))
    painter.drawLine(QPointF(low, middle), QPointF(high, middle))
    painter.setPen(QPen(theme.color(theme.TEXT), 1.5))
    painter.drawLine(QPointF(low, middle), QPointF(high, middle))
    for end in (low, high):
        painter.drawLine(QPointF(end, area.top() + 1), QPointF(end, area.bottom() - 1))


def paint_shares(painter: QPainter, area: QRectF, shares: Shares, *, scale: float) -> None:
    """Draw one line for each input: name, signed logits, bar from the common zero line. scale: logits at full width."""
    track = area.adjusted(theme.scaled(LABEL_WIDTH), 0, -theme.scaled(NUMBER_WIDTH), 0)
    zero = track.center().x()
    for row, (kind, share) in enumerate(shares.by_kind.items()):
        top = area.top() + row * share_line()
        line = QRectF(area.left(), top, area.width(), share_line())
        color = theme.color(theme.INPUT_COLORS[kind])
        painter.setPen(color)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr(kind.value))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, signed(share))
        length = track.width() / 2 * min(1.0, abs(share) / scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        left = zero if share >= 0 else zero - length
        painter.drawRect(QRectF(left, top + share_line() / 2 - 3, max(1.0, length), 6))
    painter.setPen(QPen(theme.color(theme.TEXT_OFF), 1))
    painter.drawLine(QPointF(zero, area.top()), QPointF(zero, area.top() + len(shares.by_kind) * share_line()))
