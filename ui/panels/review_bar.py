"""Below the findings: the reader's verdict on the selected one, and how far the review has come."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.panels.elided_label import ElidedLabel
from ui.panels.push_button import follow
from ui.panels.reason_form import ReasonForm
from ui.state.case_state import CaseState
from ui.state.review_state import ReviewState
from ui.state.review_words import count_words

# Five of them stand side by side in the narrowest panel.
TIGHT = "QPushButton { padding-left: 4px; padding-right: 4px; }"


class ReviewBar(QFrame):
    """The form takes the buttons' place while a reason is wanted. actions: what the buttons do, from left to right."""

    def __init__(
        self, cases: CaseState, reviews: ReviewState, actions: tuple[QAction, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cases, self._reviews = cases, reviews
        self._count = ElidedLabel(self, pixels=theme.SIZE_SECOND)
        self._buttons = QWidget(self)
        self._form = ReasonForm(cases, reviews, self)
        self._build(actions)
        for signal in (reviews.changed, reviews.asking_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _build(self, actions: tuple[QAction, ...]) -> None:
        line = QHBoxLayout(self._buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for action in actions:
            button = QPushButton(self._buttons)
            follow(button, action)
            theme.dress(button, TIGHT)
            line.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._form)
        column.addWidget(self._buttons)
        column.addWidget(self._count)

    def _refresh(self) -> None:
        count, is_asking = self._reviews.count, self._reviews.asking is not None
        self.setVisible(count is not None)
        for part in (self._buttons, self._count):
            part.setVisible(not is_asking)
        self._form.setVisible(is_asking)
        if count is not None:
            self._count.set_text(count_words(count, self._reviews.signature))
        if is_asking:
            self._form.begin()
