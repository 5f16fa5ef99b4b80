"""The row of buttons below a dialog that only tells something."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton


def close_box(dialog: QDialog, *others: QPushButton) -> QDialogButtonBox:
    """Make the row: Close on the right and as the default, others before it, no icons."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    for button in others:
        button.setAutoDefault(False)
        box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
    close = box.button(QDialogButtonBox.StandardButton.Close)
    close.setIcon(QIcon())
    close.setDefault(True)
    box.rejected.connect(dialog.reject)
    return box
