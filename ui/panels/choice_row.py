"""Small parts of screens with a table: buttons and choices, each with a name and a tip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

SPACE = 8


def plain_button(parent: QWidget, text: str, tip: str) -> QPushButton:
    """Make a button that Return in a field does not press."""
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setAccessibleName(text.replace("&", ""))
    button.setAutoDefault(False)
    return button


def choice(parent: QWidget, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    """Make a list of choices as (words, value); name: what is chosen."""
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    set_choices(box, choices)
    return box


def set_choices(box: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    """Give other choices and keep what is chosen where that is still there."""
    before = box.currentData()
    was_blocked = box.blockSignals(True)
    box.clear()
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(before)))
    box.blockSignals(was_blocked)


def in_row(*parts: QWidget | None) -> QHBoxLayout:
    """Lay parts side by side; None takes what room is left."""
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
