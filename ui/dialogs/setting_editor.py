"""The control for one setting, chosen by the kind of its value."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from medmm.core.settings import Facts
from ui.language import tr

Take = Callable[[object], None]


class SettingEditor(QObject):
    """Joins a control to a value: `show` puts a value in, `take` is told when the user chose another one."""

    def __init__(self, widget: QWidget, show: Take, parent: QObject) -> None:
        super().__init__(parent)
        self.widget = widget
        self._show = show
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)

    def show(self, value: object) -> None:
        """Show a value without telling anyone."""
        self.widget.blockSignals(True)
        self._show(value)
        self.widget.blockSignals(False)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A wheel that scrolls the page must not change what the pointer happens to pass over.
        if event.type() == QEvent.Type.Wheel and not self.widget.hasFocus():
            event.ignore()
            return True
        return False


def make_editor(facts: Facts, value: object, take: Take, parent: QWidget) -> SettingEditor:
    """Make the control for a value: a list of choices, a box to tick, a number or a line of text."""
    if facts.choices:
        return _choice(facts, take, parent)
    if isinstance(value, bool):
        return _check(take, parent)
    if isinstance(value, int):
        return _number(facts, take, parent)
    return _line(take, parent)


def _choice(facts: Facts, take: Take, parent: QWidget) -> SettingEditor:
    box = QComboBox(parent)
    for value, words in facts.choices.items():
        box.addItem(tr(words), value)
    box.currentIndexChanged.connect(lambda _index: take(box.currentData()))
    return SettingEditor(box, lambda value: box.setCurrentIndex(box.findData(value)), parent)


def _check(take: Take, parent: QWidget) -> SettingEditor:
    box = QCheckBox(tr("On"), parent)
    box.toggled.connect(take)
    return SettingEditor(box, lambda value: box.setChecked(bool(value)), parent)


def _number(facts: Facts, take: Take, parent: QWidget) -> SettingEditor:
    box = QSpinBox(parent)
    low, high = facts.span or (-(2**31), 2**31 - 1)
    box.setRange(low, high)
    # The style sheet's padding does not reach the text of a spin box.
    box.lineEdit().setTextMargins(8, 0, 0, 0)
    box.setSingleStep(max(1, min(256, (high - low) // 12)))
    box.setSuffix(f" {facts.unit}" if facts.unit else "")
    if facts.zero:
        box.setSpecialValueText(tr(facts.zero))
    # A number is taken when it is whole, not at every digit: 150 begins with 15.
    box.setKeyboardTracking(False)
    box.valueChanged.connect(take)
    return SettingEditor(box, lambda value: box.setValue(int(str(value))), parent)


def _line(take: Take, parent: QWidget) -> SettingEditor:
    line = QLineEdit(parent)
    line.editingFinished.connect(lambda: take(line.text().strip()))
    return SettingEditor(line, lambda value: line.setText(str(value)), parent)
