"""A search field over a list: Enter or Down goes to what was found, Esc empties it and then leaves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from ui.escape import take_escape

DOWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class SearchLine(QLineEdit):
    """Letters typed after a search must reach the image as keys again: so there is a way out by key."""

    entered = Signal()
    left = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        return take_escape(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in DOWN_KEYS:
            self.entered.emit()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.left.emit()
