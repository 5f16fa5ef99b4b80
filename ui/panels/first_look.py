"""The reader's own look comes first: a result that is ready stays hidden until every finding has his verdict."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.language import mark, tr
from ui.panels.plain_label import plain_label
from ui.panels.push_button import PRIMARY, follow
from ui.state.review_state import ReviewState
from ui.state.review_words import CALL_SIGNS, CALLS, NOT_REVIEWED_SIGN

READY = mark("The AI result is ready and hidden. Say first what you see; {n} of {total} findings are judged.")
ROW_HEIGHT, SHOWN_ROWS = 28, 8


class HiddenList(QListWidget):
    """The hidden findings by name, each with what the reader said; as tall as its rows."""

    @override
    def sizeHint(self) -> QSize:
        rows = min(self.count(), SHOWN_ROWS) * theme.scaled(ROW_HEIGHT)
        return QSize(super().sizeHint().width(), rows + 2 * self.frameWidth())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 2 * theme.scaled(ROW_HEIGHT))


class FirstLook(QFrame):
    """Seen only while the result of the patient shown is hidden. actions: the calls, the last one shows the result."""

    def __init__(self, reviews: ReviewState, actions: tuple[QAction, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._question = plain_label(self, wraps=True)
        self._list = HiddenList(self)
        self._show = QPushButton(self)
        self._build(actions)
        self._list.currentRowChanged.connect(self._on_row)
        reviews.changed.connect(self._refresh)
        self._refresh()

    def _build(self, actions: tuple[QAction, ...]) -> None:
        *calls, show = actions
        self._list.setAccessibleName(tr("Findings to judge"))
        self._list.setToolTip(tr("Findings in the order of the model's list, without what it says of them"))
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for place, action in enumerate(calls):
            button = QPushButton(self)
            follow(button, action)
            buttons.addWidget(button, place // 2, place % 2)
        follow(self._show, show)
        theme.dress(self._show, PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._question)
        column.addWidget(self._list)
        column.addLayout(buttons)
        column.addWidget(self._show)

    def _refresh(self) -> None:
        hidden = self._reviews.hidden
        self.setVisible(hidden.result is not None)
        if hidden.result is None:
            return
        self._question.setText(tr(READY).format(n=len(hidden.calls), total=len(hidden.names)))
        was_blocked = self._list.blockSignals(True)
        if self._list.count() != len(hidden.findings):
            self._list.clear()
            self._list.addItems([""] * len(hidden.findings))
            self._list.updateGeometry()
        for place, finding in enumerate(hidden.findings):
            self._fill(self._list.item(place), tr(finding.title), finding.name)
        self._list.setCurrentRow(hidden.names.index(hidden.name))
        self._list.blockSignals(was_blocked)

    def _fill(self, item: QListWidgetItem, title: str, name: str) -> None:
        call = self._reviews.hidden.calls.get(name)
        sign, words = (CALL_SIGNS[call], tr(CALLS[call])) if call is not None else (NOT_REVIEWED_SIGN, tr("not judged"))
        item.setText(f"{sign}  {title}  ·  {words}")
        item.setSizeHint(QSize(0, theme.scaled(ROW_HEIGHT)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {words}")

    def _on_row(self, row: int) -> None:
        names = self._reviews.hidden.names
        if 0 <= row < len(names):
            self._reviews.hidden.move(names[row])
