"""How large a dialog opens: as large as its text asks for, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui import theme

# Title bar, frame and a margin, so that the last button stays in reach.
SPARE = 80


def open_in_size(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size at 100 % text, which grows with the text as far as the screen has room."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(theme.scaled(width), room.width() - SPARE), min(theme.scaled(height), room.height() - SPARE))
