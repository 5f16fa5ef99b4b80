"""The latest notice in the status bar: what happened, what to do, details behind a button."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.state.notice_state import NoticeState

SMALL_BUTTON = "min-height: ${px18}px; padding: 0 8px; font-size: ${second}px;"


class NoticeBar(QWidget):
    """Stays until it is dismissed. In the status bar, because a notice above the image would move the image."""

    details_wanted = Signal()

    def __init__(self, notices: NoticeState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._text = ElidedLabel(self, pixels=theme.SIZE_SECOND)
        self._open = _button(self, tr("Open"), tr("Open the file that was written"))
        self._details = _button(self, tr("Details"), tr("The whole notice, and what a support person needs to know"))
        self._dismiss = _button(self, tr("Dismiss"), tr("Take this notice away"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(8)
        line.addWidget(self._text, 1)
        for button in (self._open, self._details, self._dismiss):
            line.addWidget(button)
        self._open.clicked.connect(self._on_open)
        self._details.clicked.connect(self.details_wanted)
        self._dismiss.clicked.connect(notices.dismiss)
        notices.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        notice = self._notices.notice
        for part in (self._text, self._dismiss):
            part.setVisible(notice is not None)
        self._open.setVisible(notice is not None and notice.file is not None)
        self._details.setVisible(notice is not None and bool(notice.details))
        if notice is not None:
            self._text.set_token(theme.WARNING if notice.is_trouble else theme.TEXT)
            self._text.set_text(f"{notice.text} {notice.hint}".strip())

    def _on_open(self) -> None:
        notice = self._notices.notice
        if notice is not None and notice.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(notice.file)))


def _button(parent: QWidget, text: str, tip: str) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    theme.dress(button, SMALL_BUTTON)
    return button
