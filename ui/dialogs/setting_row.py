"""One setting on the page: its name, one sentence, its control, and the way back to the usual value."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from medmm.core.settings import Settings, facts_of
from ui import theme
from ui.dialogs.setting_editor import make_editor
from ui.icons import icon
from ui.language import tr
from ui.panels.plain_label import plain_label, tint
from ui.state.settings_state import SettingsState

EDITOR_WIDTH = 240


class SettingRow(QWidget):
    """Shows the state's value and changes it; found by the words on it."""

    def __init__(self, name: str, state: SettingsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._state = name, state
        self._facts = facts_of(name)
        self._usual: object = getattr(Settings(), name)
        self._editor = make_editor(self._facts, self._usual, lambda value: state.change(**{name: value}), self)
        self._reset = QToolButton(self)
        self._build()
        state.changed.connect(self._refresh)
        self._refresh()

    @property
    def name(self) -> str:
        """The setting's name."""
        return self._name

    @property
    def editor(self) -> QWidget:
        """The control."""
        return self._editor.widget

    def has_words(self, words: str) -> bool:
        """Tell whether every word that is searched for stands somewhere on this row, or in its name in the file."""
        facts = self._facts
        texts = (self._name, facts.title, facts.sentence, facts.group, *facts.choices.values())
        found = " ".join([*texts, *(tr(text) for text in texts[1:])]).casefold()
        return all(word in found for word in words.casefold().split())

    def _build(self) -> None:
        facts, editor = self._facts, self._editor.widget
        title = plain_label(self, tr(facts.title))
        words = tr(facts.sentence) + (f" {tr('Taken up at the next start.')}" if facts.needs_restart else "")
        sentence = plain_label(self, words, wraps=True)
        tint(sentence, theme.TEXT_2, pixels=theme.SIZE_SECOND)
        title.setBuddy(editor)
        editor.setAccessibleName(tr(facts.title))
        editor.setAccessibleDescription(words)
        editor.setToolTip(words)
        editor.setFixedWidth(theme.scaled(EDITOR_WIDTH))
        self._reset.setIcon(icon("reset"))
        self._reset.setToolTip(tr("Back to the usual value"))
        self._reset.setAccessibleName(tr("Reset: {name}").format(name=tr(facts.title)))
        self._reset.clicked.connect(lambda: self._state.reset(self._name))
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch(1)
        text.addWidget(title)
        text.addWidget(sentence)
        text.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(12)
        line.addLayout(text, 1)
        line.addWidget(editor)
        line.addWidget(self._reset)

    def _refresh(self) -> None:
        value: object = getattr(self._state.settings, self._name)
        self._editor.show(value)
        self._reset.setEnabled(value != self._usual)
