"""How the marks of a note look: tints for weights, dots under what is denied, blocks for what was found."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat

from ui import theme
from ui.state.note_spans import Mark, NoteSpan, Run

STRONGEST_ALPHA = 0.75
FAINTEST = 0.02
MATCH_ALPHA = 0.4
BLACK = "#000000"


def look_of(run: Run) -> QTextCharFormat:
    """Join the looks of a run's marks; a later mark covers an earlier one where both want the same."""
    look = QTextCharFormat()
    for span in run.spans:
        _LOOKS[span.mark](look, span)
    return look


def mixed(token: str, amount: float) -> str:
    """Lay a colour over the panel's ground; amount from 0 to 1."""
    over, ground = theme.color(token), theme.color(theme.PANEL)
    parts = zip((over.red(), over.green(), over.blue()), (ground.red(), ground.green(), ground.blue()), strict=True)
    return "#" + "".join(f"{round(amount * top + (1 - amount) * below):02X}" for top, below in parts)


def readable_ink(background: str) -> str:
    """Give the ink that stands out more against a background."""
    return max((theme.TEXT, theme.GROUND, BLACK), key=lambda ink: theme.contrast(ink, background))


def _weigh(look: QTextCharFormat, span: NoteSpan) -> None:
    if abs(span.strength) >= FAINTEST:
        token = theme.POSITIVE if span.strength > 0 else theme.NEGATIVE
        _fill(look, mixed(token, abs(span.strength) * STRONGEST_ALPHA))


def _deny(look: QTextCharFormat, span: NoteSpan) -> None:
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    look.setUnderlineColor(theme.color(theme.TEXT_2))


def _find(look: QTextCharFormat, span: NoteSpan) -> None:
    _fill(look, mixed(theme.ACCENT, MATCH_ALPHA))


def _look_at(look: QTextCharFormat, span: NoteSpan) -> None:
    _fill(look, theme.ACCENT)


def _fill(look: QTextCharFormat, background: str) -> None:
    look.setBackground(theme.color(background))
    look.setForeground(theme.color(readable_ink(background)))


_LOOKS = {Mark.WEIGHT: _weigh, Mark.NEGATED: _deny, Mark.MATCH: _find, Mark.CURRENT: _look_at}
