"""The Score button, and in its place the stage of a run with its cancel button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.panels.elided_label import ElidedLabel
from ui.panels.push_button import PRIMARY, follow
from ui.state.case_state import CaseState
from ui.state.patient import Patient, Stage


class ScoreBar(QWidget):
    """Keeps one height in both states, so that nothing below it moves."""

    def __init__(self, cases: CaseState, score: QAction, cancel: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._button = QPushButton(self)
        self._stage = ElidedLabel(self, pixels=theme.SIZE_SECOND)
        self._progress = QProgressBar(self)
        self._cancel = QPushButton(self)
        self._stack = QStackedLayout(self)
        self._build(score, cancel)
        for signal in (cases.current_changed, cases.status_changed, cases.case_changed, cases.result_changed):
            signal.connect(self._refresh)
        self._refresh()

    def _build(self, score: QAction, cancel: QAction) -> None:
        follow(self._button, score)
        follow(self._cancel, cancel)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Progress of the run"))
        running = QWidget(self)
        line = QHBoxLayout(running)
        line.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._stage, alignment=Qt.AlignmentFlag.AlignBottom)
        words.addWidget(self._progress, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self._cancel)
        self._stack.addWidget(self._button)
        self._stack.addWidget(running)

    def _refresh(self) -> None:
        patient = self._cases.current
        is_busy = patient is not None and patient.is_busy
        self._stack.setCurrentIndex(1 if is_busy else 0)
        if patient is not None and is_busy:
            step = patient.step
            self._stage.set_text(_stage_words(patient))
            self._progress.setRange(0, step.total)
            self._progress.setValue(step.done)
        has_result = patient is not None and patient.result is not None
        self._button.setText(tr("Score again") if has_result else tr("Score this patient"))
        # Once there is a result, the findings are what matters, not the button.
        theme.dress(self._button, "" if has_result else PRIMARY)


def _stage_words(patient: Patient) -> str:
    text = patient.step.text
    words = tr(text) if text else tr("scoring") if patient.stage is Stage.SCORING else tr("waiting for the engine")
    return words[0].upper() + words[1:]
