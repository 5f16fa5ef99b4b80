"""What the network saw of the patient shown; stays open beside the window and follows it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from medmm.core.case import Case
from medmm.core.prediction import CaseResult
from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.panels.plain_label import plain_label
from ui.panels.seen_pages import ImagePage, NotePage, RecordPage, SoundPage, VitalsPage
from ui.panels.seen_pictures import StoredPicture
from ui.state.seen_words import record_rows


class SeenDialog(QDialog):
    """Shows one result at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: CaseResult | None = None
        self.setWindowTitle(tr("What the network saw"))
        open_in_size(self, 1120, 640)
        self._head = ElidedLabel(self)
        self.image, self.note, self.vitals = ImagePage(self), NotePage(self), VitalsPage(self)
        self.sound, self.record = SoundPage(self), RecordPage(self)
        self.tabs = QTabWidget(self)
        self._empty = plain_label(self, token=theme.TEXT_2, wraps=True)
        self._stack = QStackedWidget(self)
        self._copy = QPushButton(tr("Copy the record"), self)
        self._copy.setToolTip(tr("Copy how the result came about as text, without anything that names the patient"))
        self._copy.clicked.connect(self._on_copy)
        self._build()

    def _build(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for title, page in (
            (tr("Image"), self.image),
            (tr("Note"), self.note),
            (tr("Vitals"), self.vitals),
            (tr("Sound"), self.sound),
            (tr("Record"), self.record),
        ):
            self.tabs.addTab(page, title)
        self._stack.addWidget(self.tabs)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        column.addWidget(close_box(self, self._copy))

    def show_nothing(self, words: str) -> None:
        """Say why there is nothing to see."""
        self._result = None
        self._head.set_text("")
        self._empty.setText(words)
        self._stack.setCurrentWidget(self._empty)
        self._copy.setEnabled(False)

    def show_result(self, result: CaseResult, case: Case | None, *, who: str) -> None:
        """Show a result; its image's picture comes by `show_picture`. who: the patient."""
        self._result = result
        self._head.set_text(f"{who}  ·  {result.model.name} {result.model.version}")
        self.note.show_result(result, case)
        self.vitals.show_result(result)
        self.sound.show_result(result)
        self.record.show_result(result)
        is_heard = result.seen is not None and result.seen.audio is not None
        self.tabs.setTabVisible(self.tabs.indexOf(self.sound), is_heard)
        self._stack.setCurrentWidget(self.tabs)
        self._copy.setEnabled(True)

    def show_picture(self, stored: StoredPicture | None, *, hint: str = "") -> None:
        """Show the stored image beside what the network got; None where it cannot be had, as `hint` says."""
        if self._result is not None:
            self.image.show_result(self._result, stored, hint=hint)

    def _on_copy(self) -> None:
        if self._result is not None:
            # Names of files may name the patient: their hashes say which they were.
            files = {file.path for file in self._result.inputs}
            rows = record_rows(self._result)
            lines = ["\t".join((group, "" if name in files else name, value)) for group, name, value in rows]
            QGuiApplication.clipboard().setText("\n".join(lines))
