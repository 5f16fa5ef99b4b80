"""The reader's own look comes first: a result that is ready stays veiled until an impression is noted."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.language import mark, tr
from ui.panels.plain_label import plain_label
from ui.panels.push_button import PRIMARY
from ui.state.case_state import CaseState

READY = mark("The AI result is ready. Note your own impression first.")


class FirstLook(QFrame):
    """Seen only while the result of the patient shown is veiled; afterwards it repeats what was noted."""

    def __init__(self, cases: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._question = plain_label(self, tr(READY), wraps=True)
        self._impression = QLineEdit(self)
        self._show = QPushButton(tr("Show AI result"), self)
        self._noted = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2, wraps=True)
        self._impression.setPlaceholderText(tr("Your impression"))
        self._impression.setAccessibleName(tr("Your impression"))
        self._impression.setToolTip(
            tr("What you see, in your own words; it is kept beside the result while MedMM runs")
        )
        self._show.setToolTip(tr("Show what the model says, beside what you have noted"))
        self._show.setAccessibleName(tr("Show AI result"))
        theme.dress(self._show, PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._question, self._impression, self._show, self._noted):
            column.addWidget(part)
        self._impression.textChanged.connect(self._refresh_button)
        self._impression.returnPressed.connect(self._show.click)
        self._show.clicked.connect(self._on_show)
        for signal in (cases.current_changed, cases.case_changed, cases.result_changed, cases.status_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        patient = self._cases.current
        is_veiled = patient is not None and patient.is_veiled
        for part in (self._question, self._impression, self._show):
            part.setVisible(is_veiled)
        noted = patient.impression if patient is not None and not is_veiled else ""
        self._noted.setText(tr("Your first impression: {words}").format(words=noted) if noted else "")
        self._noted.setVisible(bool(noted))
        self.setVisible(is_veiled or bool(noted))
        self._refresh_button()

    def _refresh_button(self) -> None:
        self._show.setEnabled(bool(self._impression.text().strip()))

    def _on_show(self) -> None:
        impression = self._impression.text().strip()
        self._impression.clear()
        self._cases.reveal(self._cases.key, impression)
