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


EMPTY = Message(
    mark("Nothing is shown here."), mark("Drag a series here, or choose one in the list of studies."), theme.TEXT_2
)


def paint_message(painter: QPainter, message: Message, rect: QRectF) -> None:
    """Paint a message in the middle of the view, wrapped to a readable measure."""
    measure = min(rect.width() - 32, 520.0)
    middle = QRectF(rect.center().x() - measure / 2, rect.top(), measure, rect.height())
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
    painter.setFont(theme.font(theme.SIZE_SECTION))
    painter.setPen(theme.color(message.color))
    high = painter.boundingRect(middle, flags, tr(message.sentence)).height()
    top = rect.center().y() - high
    painter.drawText(QRectF(middle.left(), top, measure, high), flags, tr(message.sentence))
    painter.setFont(theme.font(theme.SIZE_BODY))
    painter.setPen(theme.color(theme.TEXT_2))
    painter.drawText(
        QRectF(middle.left(), top + high + 8, measure, rect.bottom() - top - high), flags, tr(message.hint)
    )
