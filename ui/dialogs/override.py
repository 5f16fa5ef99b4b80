"""Ask for the reason to score in spite of an identity conflict; without one there is no way on."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.language import mark, tr
from ui.panels.plain_label import plain_label

MIN_CHARACTERS = 8
QUESTION = mark("Why may these inputs be scored together? The reason will stand in the result and in the report.")


class OverrideDialog(QDialog):
    """The button is enabled once a reason is there."""

    def __init__(self, conflict: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Score in spite of the identity conflict"))
        self.setMinimumWidth(520)
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(tr("Reason, at least {n} characters").format(n=MIN_CHARACTERS))
        self._reason.setAccessibleName(tr("Reason"))
        self._reason.setToolTip(tr("Your words will be printed in the report"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self._score = self._buttons.addButton(tr("Score"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._score.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(plain_label(self, conflict, token=theme.STOP, wraps=True))
        column.addWidget(plain_label(self, tr(QUESTION), wraps=True))
        column.addWidget(self._reason)
        column.addWidget(self._buttons)
        self._reason.textChanged.connect(lambda _text: self._score.setEnabled(len(self.reason) >= MIN_CHARACTERS))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    @property
    def reason(self) -> str:
        """The typed reason without surrounding blanks."""
        return self._reason.text().strip()
