"""Details of a problem, for a support person: kept out of the way, easy to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.panels.plain_label import plain_label


class ProblemDialog(QDialog):
    """The sentence and the hint again, with the trace below."""

    def __init__(self, sentence: str, hint: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Details")
        self.resize(720, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(plain_label(self, sentence, wraps=True))
        column.addWidget(plain_label(self, hint, token=theme.TEXT_2, wraps=True))
        text = QPlainTextEdit(details, self)
        text.setReadOnly(True)
        text.setAccessibleName("Details")
        column.addWidget(text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = QPushButton("Copy details", self)
        copy.setToolTip("May contain file names of this patient: look before you send it")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{sentence}\n{hint}\n\n{details}"))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
