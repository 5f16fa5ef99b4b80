"""Push buttons that stand for an action, and the look of the one that most people want."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

PRIMARY = (
    "QPushButton { background: $accent; color: $ground; font-weight: 600; border-color: $accent; }"
    "QPushButton:hover, QPushButton:focus { border-color: $text; }"
    "QPushButton:disabled { background: $raised; color: $text_off; border-color: $line; }"
)


def follow(button: QPushButton, action: QAction) -> None:
    """Let a push button do, say and allow what an action does."""

    def refresh() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())

    button.setText(action.iconText())
    button.setAccessibleName(action.iconText())
    button.clicked.connect(action.trigger)
    action.changed.connect(refresh)
    refresh()
