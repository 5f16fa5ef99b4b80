"""Labels for words that may come from patient data: plain text, never markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui import theme


def plain_label(
    parent: QWidget | None = None,
    text: str = "",
    *,
    pixels: int = theme.SIZE_BODY,
    token: str = theme.TEXT,
    wraps: bool = False,
) -> QLabel:
    """Make a label that shows its text as it is."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wraps)
    tint(label, token, pixels=pixels)
    return label


def tint(label: QLabel, token: str, *, pixels: int = theme.SIZE_BODY, is_bold: bool = False) -> None:
    """Give a label's text a colour of the theme and a size."""
    weight = 600 if is_bold else 400
    theme.dress(label, f"color: ${token}; font-size: ${{px{pixels}}}px; font-weight: {weight};")


def plain_tip(text: str) -> str:
    """Write a tooltip that shows its text as it is: a tooltip has no switch for plain text."""
    # Not Qt.mightBeRichText: PySide6 has it only in the Qt of QtGui; QtCore raises AttributeError.
    return f"<span style='white-space: pre-wrap'>{escape(text)}</span>" if "<" in text else text
