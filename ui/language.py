"""The one door for every text that a user reads: the interface in the language chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "MedMM"


def tr(text: str) -> str:
    """Give an English text of the interface in the language chosen; the text itself where nobody translated it."""
    return QCoreApplication.translate(CONTEXT, text)
