"""What the view says when it shows no image: nothing open, reading, or why not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui import theme
from ui.language import mark, tr


@dataclass(frozen=True)
class Message:
    """A sentence, what to do, and the colour that tells trouble from waiting."""

    sentence: str
    hint: str = ""
    color: str = theme.TEXT


FLAGS = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
EMPTY = Message(
    mark("Nothing is shown here."), mark("Drag a series here, or choose one in the list of studies."), theme.TEXT_2
)


# Two lines at the bottom never go away: the model and research use. A lower view says its sentence in smaller letters.
FIXED_HEIGHT, LOW = 48.0, 240.0
GAP = 8.0


def paint_message(painter: QPainter, message: Message, rect: QRectF) -> None:
    """Paint a message in the middle of the view, wrapped to a readable measure; a hint without room is left out."""
    measure = min(rect.width() - 32, 520.0)
    free = QRectF(rect.center().x() - measure / 2, rect.top(), measure, rect.height() - theme.scaled(FIXED_HEIGHT))
    size = theme.SIZE_BODY if rect.height() < theme.scaled(LOW) else theme.SIZE_SECTION
    high = _height(painter, tr(message.sentence), free, size)
    hint = _height(painter, tr(message.hint), free, theme.SIZE_BODY) + GAP if message.hint else 0.0
    if high + hint > free.height():
        hint = 0.0
    top = free.center().y() - (high + hint) / 2
    _write(painter, tr(message.sentence), QRectF(free.left(), top, measure, high), size, message.color)
    if hint:
        place = QRectF(free.left(), top + high + GAP, measure, hint - GAP)
        _write(painter, tr(message.hint), place, theme.SIZE_BODY, theme.TEXT_2)


def _height(painter: QPainter, text: str, free: QRectF, size: int) -> float:
    painter.setFont(theme.font(size))
    return painter.boundingRect(QRectF(free.left(), free.top(), free.width(), 10_000), FLAGS, text).height()


def _write(painter: QPainter, text: str, place: QRectF, size: int, color: str) -> None:
    painter.setFont(theme.font(size))
    painter.setPen(theme.color(color))
    painter.drawText(place, FLAGS, text)
