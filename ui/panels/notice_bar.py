"""One notice above the image: what happened, what to do, details behind a button."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.panels.elided_label import ElidedLabel
from ui.panels.plain_label import plain_label
from ui.state.notice_state import NoticeState


class NoticeBar(QFrame):
    """Stays until it is dismissed; nothing blinks."""

    details_wanted = Signal()

    def __init__(self, notices: NoticeState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._text = plain_label(self, wraps=True)
        self._hint = ElidedLabel(self, token=theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self._open = _button(self, "Open", "Open the file that was written")
        self._details = _button(self, "Details", "What a support person needs to know")
        self._dismiss = _button(self, "Dismiss", "Take this notice away")
        self._build()
        self._open.clicked.connect(self._on_open)
        self._details.clicked.connect(self.details_wanted)
        self._dismiss.clicked.connect(notices.dismiss)
        notices.changed.connect(self._refresh)
        self._refresh()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._hint)
        line.addLayout(words, 1)
        for button in (self._open, self._details, self._dismiss):
            line.addWidget(button)

    def _refresh(self) -> None:
        notice = self._notices.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self.setProperty("role", "warning" if notice.is_trouble else "card")
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(notice.text)
        self._hint.set_text(notice.hint)
        self._hint.setVisible(bool(notice.hint))
        self._open.setVisible(notice.file is not None)
        self._details.setVisible(bool(notice.details))

    def _on_open(self) -> None:
        notice = self._notices.notice
        if notice is not None and notice.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(notice.file)))


def _button(parent: QWidget, text: str, tip: str) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    return button
