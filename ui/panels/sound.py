"""The Sound tab: the recording as pitch over time, and the moments of it that weigh for the selected finding."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.language import told, tr
from ui.panels.plain_label import plain_label
from ui.panels.sound_chart import SoundChart
from ui.state.case_state import CaseState
from ui.state.sound_state import SoundState
from ui.state.sound_words import recording_words, sound_line
from ui.state.view_state import ViewState
from ui.tasks import Tasks

LEAST_WIDTH, MOST_LEAST = 280, 480
LEAST_HEIGHT, LOW_HEIGHT = 104, 180


class SoundPanel(QFrame):
    """Follows the patient and the selected finding; several recordings are chosen from a list."""

    def __init__(self, cases: CaseState, tasks: Tasks, view: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self.state = SoundState(cases, tasks, self)
        self._empty = plain_label(self, token=theme.TEXT_2, wraps=True)
        self._title = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._choice = QComboBox(self)
        self._remark = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.WARNING, wraps=True)
        self._chart = SoundChart(self.state, view, self)
        self._line = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2, wraps=True)
        self._build()
        self.state.changed.connect(self._refresh)
        cases.status_changed.connect(self._refresh)
        self._choice.activated.connect(self.state.choose)
        self._refresh()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.scaled(LEAST_WIDTH), MOST_LEAST), min(theme.scaled(LEAST_HEIGHT), LOW_HEIGHT))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What was cancelled is tried again by whoever comes back.
        self.state.try_again()

    def _build(self) -> None:
        self.setProperty("role", "panel")
        self._choice.setAccessibleName(tr("Which recording is shown"))
        self._choice.setToolTip(tr("Choose which recording is shown"))
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        for part in (self._empty, self._title, self._choice, self._remark):
            column.addWidget(part)
        column.addWidget(self._chart, 1)
        column.addWidget(self._line)
        column.addStretch(0)

    def _refresh(self) -> None:
        case, recordings, recording = self._cases.case, self.state.recordings, self.state.recording
        words = tr("There is no recording among this patient's files. The model can score without it and says so.")
        self._empty.setText("" if case is None else words)
        self._empty.setVisible(case is not None and recording is None)
        self._title.setText(recording_words(recording) if recording else "")
        self._title.setVisible(len(recordings) == 1)
        self._fill_choice()
        remarks = [told(note.message) for note in recording.notes] if recording else []
        self._remark.setText("\n".join(remarks))
        self._remark.setVisible(bool(remarks))
        self._chart.setVisible(recording is not None)
        weights = self.state.weights
        line = sound_line(weights, self._cases.finding, self._cases.explanation)
        self._line.setText(f"{line} {tr('Hold Space to see them.')}" if weights is not None else line)
        self._line.setVisible(recording is not None and bool(line))
        if self.isVisible():
            self.state.want()

    def _fill_choice(self) -> None:
        titles = [recording_words(one) for one in self.state.recordings]
        if titles != [self._choice.itemText(row) for row in range(self._choice.count())]:
            self._choice.clear()
            self._choice.addItems(titles)
        self._choice.setCurrentIndex(self.state.index)
        self._choice.setVisible(len(titles) > 1)
        self._choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
