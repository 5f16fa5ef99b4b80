"""Ask once for the reader's name: a signature without one stands for nobody."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.panels.plain_label import plain_label
from ui.panels.push_button import PRIMARY

MAX_CHARACTERS = 80


class ReaderNameDialog(QDialog):
    """Signing goes on once a name is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Who signs?"))
        self.setMinimumWidth(theme.scaled(420))
        self.field = QLineEdit(self)
        self.field.setMaxLength(MAX_CHARACTERS)
        self.field.setAccessibleName(tr("Reader's name"))
        self.field.setToolTip(tr("Stands beside your verdicts in reports, results and statistics."))
        self.field.setPlaceholderText(tr("Reader's name"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self.sign = buttons.addButton(tr("Sign"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.sign.setEnabled(False)
        self.sign.setDefault(True)
        theme.dress(self.sign, PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        words = tr("Your name stands under the review. It is asked once and kept in the settings.")
        for part in (plain_label(self, words, wraps=True), self.field, buttons):
            column.addWidget(part)
        self.field.textChanged.connect(lambda _text: self.sign.setEnabled(bool(self.name)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @property
    def name(self) -> str:
        """The name without surrounding blanks."""
        return " ".join(self.field.text().split())
