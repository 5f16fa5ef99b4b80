"""Plain text with a dark outline, readable on black and on white film alike."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from ui import theme

MAX_CHARS = 25
_AROUND = ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, -1), (0, 1), (-1, 0), (1, 0))


def plain(text: str) -> str:
    """Make a header value one harmless line: control and direction characters become spaces."""
    safe = "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char for char in text)
    return " ".join(safe.split())


def cut(text: str) -> str:
    """Cut a header value to the 25 characters that a corner has room for."""
    text = plain(text)
    return text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1].rstrip() + "…"


def draw_outlined(painter: QPainter, baseline: QPointF, text: str, *, color: str = theme.TEXT) -> None:
    """Draw one line in the painter's font; `baseline` is the left end of its baseline."""
    painter.setPen(theme.color("#000000", alpha=0.8))
    for right, down in _AROUND:
        painter.drawText(baseline + QPointF(right, down), text)
    painter.setPen(theme.color(color))
    painter.drawText(baseline, text)


def elide(painter: QPainter, text: str, width: float) -> str:
    """Shorten a line to a width in pixels."""
    return QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def broken(text: str, font: QFont, width: float) -> list[str]:
    """Break a text into lines of at most a width in pixels, between words where there are any."""
    layout = QTextLayout(text, font)
    # Chinese has no spaces to break at; a long file name has none either.
    layout.setTextOption(_broken_anywhere())
    layout.beginLayout()
    ends = [0]
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return [text[start:end].rstrip() for start, end in pairwise(ends)]


def _broken_anywhere() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
