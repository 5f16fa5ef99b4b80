"""Ask why the model is overruled, or what is so instead: Enter keeps the words, Esc leaves all as it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from medmm.core.review import Call
from ui import theme
from ui.escape import take_escape
from ui.language import mark, tr
from ui.panels.plain_label import plain_label
from ui.panels.push_button import PRIMARY
from ui.state.case_state import CaseState
from ui.state.review_state import ReviewState
from ui.state.review_words import CALL_SIGNS, CALLS

MAX_CHARACTERS = 400
REASON, WORDS = mark("Reason, may stay empty"), mark("What is so, in your words")
CHOICES = (Call.PRESENT, Call.ABSENT, Call.UNSURE)


class ReasonForm(QFrame):
    """Enabled to keep once a call is chosen, and for a change once there are words."""

    def __init__(self, cases: CaseState, reviews: ReviewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases, self._reviews = cases, reviews
        self._question = plain_label(self, wraps=True, pixels=theme.SIZE_SECOND)
        self._group = QButtonGroup(self)
        self._calls = {call: QToolButton(self) for call in CHOICES}
        self._words = QLineEdit(self)
        self._keep = QPushButton(tr("Keep"), self)
        self._leave = QPushButton(tr("Leave it"), self)
        self._begun: object = None
        self._build()
        self._words.textChanged.connect(self._refresh)
        self._words.returnPressed.connect(self._keep.click)
        self._group.buttonToggled.connect(self._refresh)
        self._keep.clicked.connect(self._on_keep)
        self._leave.clicked.connect(reviews.stop_asking)
        reviews.asking_changed.connect(self._on_asking)

    def begin(self) -> None:
        """Put the question that is asked now and take the keys; one that stands already stays as it is."""
        asking, finding = self._reviews.asking, self._cases.finding
        if asking is None or finding is None or asking is self._begun:
            return
        self._begun = asking
        text = tr("{finding}: what is so?") if asking.is_change else tr("{finding}: why is the AI value rejected?")
        self._question.setText(text.format(finding=tr(finding.title)))
        self._words.setPlaceholderText(tr(WORDS if asking.is_change else REASON))
        self._words.clear()
        self._choose(asking.call)
        for call, button in self._calls.items():
            button.setVisible(asking.is_change or call.value != finding.decision)
        self._refresh()
        self._words.setFocus()

    @override
    def event(self, event: QEvent) -> bool:
        return take_escape(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._reviews.stop_asking()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        calls = QHBoxLayout()
        calls.setSpacing(6)
        for call, button in self._calls.items():
            button.setText(f"{CALL_SIGNS[call]} {tr(CALLS[call])}")
            button.setAccessibleName(tr(CALLS[call]))
            button.setToolTip(tr("What you see: {call}").format(call=tr(CALLS[call])))
            button.setCheckable(True)
            self._group.addButton(button)
            calls.addWidget(button, 1)
        self._words.setMaxLength(MAX_CHARACTERS)
        self._words.setAccessibleName(tr("Reason"))
        self._words.setToolTip(tr("Your words stand in the report; Enter keeps the verdict, Esc leaves it"))
        self._keep.setAccessibleName(tr("Keep"))
        self._keep.setToolTip(tr("Keep the verdict with these words (Enter)"))
        self._leave.setAccessibleName(tr("Leave it"))
        self._leave.setToolTip(tr("Leave the finding as it was (Esc)"))
        theme.dress(self._keep, PRIMARY)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._words, 1)
        foot.addWidget(self._keep)
        foot.addWidget(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._question)
        column.addLayout(calls)
        column.addLayout(foot)

    @property
    def _call(self) -> Call | None:
        return next((call for call, button in self._calls.items() if button.isChecked()), None)

    def _choose(self, call: Call | None) -> None:
        self._group.setExclusive(False)
        for each, button in self._calls.items():
            button.setChecked(each is call)
        self._group.setExclusive(True)

    def _refresh(self) -> None:
        asking = self._reviews.asking
        has_words = bool(self._words.text().strip()) or asking is None or not asking.is_change
        self._keep.setEnabled(self._call is not None and has_words)

    def _on_keep(self) -> None:
        if self._call is not None:
            self._reviews.answer(self._call, self._words.text())

    def _on_asking(self) -> None:
        if self._reviews.asking is None:
            self._begun = None
