"""Details of a problem, for a support person: kept out of the way, easy to copy."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.plain_label import plain_label


class ProblemDialog(QDialog):
    """The sentence and the hint again, with the trace below."""

    def __init__(self, sentence: str, hint: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Details"))
        open_in_size(self, 720, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(plain_label(self, sentence, wraps=True))
        column.addWidget(plain_label(self, hint, token=theme.TEXT_2, wraps=True))
        text = QPlainTextEdit(details, self)
        text.setReadOnly(True)
        text.setAccessibleName(tr("Details"))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        theme.dress(text, f"font-family: '{fixed.family()}'; font-size: ${{second}}px;")
        column.addWidget(text, 1)
        copy = QPushButton(tr("Copy details"), self)
        copy.setToolTip(tr("May contain file names of this patient: look before you send it"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{sentence}\n{hint}\n\n{details}"))
        column.addWidget(close_box(self, copy))
