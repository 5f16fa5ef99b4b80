"""An open document in the place of the images: a report's tree, a page, or why there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.escape import take_escape
from ui.language import tr
from ui.panels.document_bar import DocumentBar
from ui.panels.pdf_view import PdfView
from ui.panels.plain_label import plain_label, tint
from ui.panels.report_view import ReportView
from ui.state.document_state import DocumentState


class DocumentPage(QWidget):
    """Esc goes back to the images."""

    back_wanted = Signal()

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._shown_report: object = None
        self.bar = DocumentBar(state, self)
        self.report = ReportView(self)
        self.pdf = PdfView(state, self)
        self._message = _message_label(self)
        self._stack = QStackedWidget(self)
        for part in (self._message, self.report, self.pdf):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.bar.back_wanted.connect(self.back_wanted)
        state.changed.connect(self._refresh)
        self._refresh()

    @override
    def event(self, event: QEvent) -> bool:
        return take_escape(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        state = self._state
        if state.report is not self._shown_report:
            self._shown_report = state.report
            self.report.show_report(state.report, state.places)
        if state.problem is not None:
            self._say(f"{state.problem.sentence}\n{state.problem.hint}".strip(), theme.STOP)
        elif state.report is not None:
            self._stack.setCurrentWidget(self.report)
        elif state.page is not None:
            self._show_pages()
        else:
            self._say(tr("The document is being read.") if state.document else "", theme.TEXT_2)

    def _show_pages(self) -> None:
        if self._stack.currentWidget() is not self.pdf:
            self._stack.setCurrentWidget(self.pdf)
            self.pdf.setFocus()

    def _say(self, text: str, token: str) -> None:
        self._message.setText(text)
        tint(self._message, token)
        self._stack.setCurrentWidget(self._message)


def _message_label(parent: QWidget) -> QLabel:
    label = plain_label(parent, wraps=True, token=theme.TEXT_2)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setMargin(24)
    return label
