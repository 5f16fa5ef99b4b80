"""Esc belongs to whoever has the keyboard, before it is the window's own key for stopping work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def take_escape(event: QEvent) -> bool:
    """Accept the question whether Esc is wanted here; for the `event` of a widget that acts on it in its own way."""
    is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
    if is_escape and event.type() is QEvent.Type.ShortcutOverride:
        event.accept()
        return True
    return False
