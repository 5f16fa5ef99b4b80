"""Hold a key to see the overlay, wherever the focus is, except where it is typed or presses a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from typing_extensions import override

from ui.key_table import keys_of_event
from ui.state.view_state import ViewState
from ui.viewer.keys import is_hold


class OverlayKey(QObject):
    """An event filter of the application for the keys of one window."""

    def __init__(self, view: ViewState, window: QWidget) -> None:
        super().__init__(window)
        self._view = view
        self._window = window

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate and watched is self._window:
            # The key's release goes to another window: do not leave the overlay on.
            self._view.hold_overlay(False)
        if not isinstance(event, QKeyEvent) or not is_hold(keys_of_event(event), self._view.habits.keys):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window or _takes_key():
            return False
        if not event.isAutoRepeat() and event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._view.hold_overlay(event.type() == QEvent.Type.KeyPress)
        return event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


def _takes_key() -> bool:
    focus = QApplication.focusWidget()
    if isinstance(focus, QPlainTextEdit):
        return not focus.isReadOnly()
    return isinstance(focus, QLineEdit | QPushButton | QToolButton | QComboBox)
