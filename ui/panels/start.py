"""What is seen while nothing is open: one sentence and the ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.language import mark, tr
from ui.panels.plain_label import plain_label, tint
from ui.panels.push_button import PRIMARY, follow

SENTENCE = mark("Open a patient folder to see its images, note and vital signs.")
DROP = mark("Or drop a folder, an archive or files anywhere on this window.")


class StartPage(QFrame):
    """The first button is the one that most people want."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(1)
        title = plain_label(self, tr(SENTENCE))
        tint(title, theme.TEXT, pixels=theme.SIZE_NUMBER)
        title.setWordWrap(True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(title)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        buttons = [_button(action, is_first=number == 0, parent=self) for number, action in enumerate(actions)]
        for button in buttons:
            line.addWidget(button)
        # Offered only where there is something to bring back: a dead button beside live ones only puzzles.
        for button, action in zip(buttons, actions, strict=True):
            action.changed.connect(lambda button=button, action=action: button.setVisible(action.isEnabled()))
            button.setVisible(action.isEnabled())
        self.setFocusProxy(buttons[0])
        line.addStretch(1)
        column.addLayout(line)
        drop = plain_label(self, tr(DROP), token=theme.TEXT_2)
        drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(drop)
        column.addStretch(1)


def _button(action: QAction, *, is_first: bool, parent: QWidget) -> QPushButton:
    button = QPushButton(parent)
    follow(button, action)
    button.setMinimumHeight(36)
    if is_first:
        theme.dress(button, PRIMARY)
    return button
