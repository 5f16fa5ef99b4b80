"""The documents of the patient shown: reports, PDF, key objects and presentation states."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from medmm.core.document import Document
from ui import theme
from ui.language import tr
from ui.panels.empty_hint import paint_empty_hint
from ui.panels.plain_label import plain_tip
from ui.panels.two_lines import TwoLines
from ui.state.case_state import CaseState
from ui.state.document_words import document_line, document_title


class DocumentList(QListWidget):
    """A click or Enter opens a document."""

    document_wanted = Signal(object)

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._documents: tuple[Document, ...] = ()
        self.setAccessibleName(tr("Documents of this patient"))
        self.setToolTip(tr("Reports, PDF and presentation states of this patient"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(TwoLines(self))
        theme.dress(self, "QListWidget::item { padding: 4px 8px; }")
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._refresh)
        self._refresh()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents listed, the newest first."""
        return self._documents

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        nothing = tr("No report, PDF or presentation state among this patient's files.")
        paint_empty_hint(self, nothing if self._cases.case else tr("The patient's documents appear here."))

    def _refresh(self) -> None:
        found = self._cases.case.documents if self._cases.case else ()
        self._documents = tuple(sorted(found, key=lambda document: document.written, reverse=True))
        self.clear()
        for document in self._documents:
            item = QListWidgetItem(f"{document_title(document)}\n{document_line(document)}")
            item.setToolTip(plain_tip(tr("Open: {title}").format(title=document_title(document))))
            self.addItem(item)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.document_wanted.emit(self._documents[self.row(item)])
