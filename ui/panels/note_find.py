"""The search field of the note: words, how many places, forward and back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from ui import theme
from ui.escape import take_escape
from ui.icons import icon
from ui.language import tr
from ui.panels.plain_label import plain_label, tint
from ui.state.note_search import NoteSearch

ICON = 16


class NoteFindBar(QWidget):
    """Emits what is looked for; what was found comes back by `show_search`."""

    words_changed = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = _FindLine(self)
        self._count = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._previous = self._button("find_previous", -1, tr("Previous place (Shift+F3)"))
        self._next = self._button("find_next", 1, tr("Next place (F3)"))
        self._build()
        self.show_search(NoteSearch())

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        for part in (self._count, self._previous, self._next):
            row.addWidget(part)
        self._words.setPlaceholderText(tr("Find"))
        self._words.setAccessibleName(tr("Find in the note"))
        self._words.setToolTip(tr("Find words in the note (Ctrl+F); Enter goes on, Esc ends"))
        self._words.textChanged.connect(self.words_changed)
        self._words.stepped.connect(self.stepped)
        self._words.left.connect(self._leave)

    def _button(self, name: str, by: int, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(QSize(ICON, ICON))
        # As high as the field beside it: the text below must not move when a search begins.
        theme.dress(button, "min-width: 0; min-height: 0; padding: 3px;")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.stepped.emit(by))
        return button

    def begin(self) -> None:
        """Put the keyboard into the field, its words selected."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()

    def show_search(self, search: NoteSearch) -> None:
        """Say how many places there are and which one is looked at."""
        n_places = len(search.places)
        is_searching = bool(search.words.strip())
        place = tr("{at} of {n}").format(at=f"{search.current + 1:,}", n=f"{n_places:,}")
        self._count.setText(place if n_places else tr("none"))
        tint(self._count, theme.TEXT_2 if n_places else theme.WARNING, pixels=theme.SIZE_SECOND)
        for part in (self._count, self._previous, self._next):
            part.setVisible(is_searching)
        for button in (self._previous, self._next):
            button.setEnabled(n_places > 1)

    def _leave(self) -> None:
        self._words.clear()
        self.left.emit()


class _FindLine(QLineEdit):
    """Enter and Shift+Enter step, Esc leaves; the window's own Esc must not win while one is typing here."""

    stepped = Signal(int)
    left = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        return take_escape(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
