"""Run again and compare: the same patient scored once more, and in words whether the answer is the same."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.delta_table import DeltaTable, DifferenceTable
from ui.panels.plain_label import plain_label, tint
from ui.panels.run_row import RunRow
from ui.state.comparison_words import NO_RECORD, NOTHING_DIFFERS, about_words, verdict_words
from ui.state.rescore_state import RescoreState


class RerunDialog(QDialog):
    """Begins when it opens. who: the patient, for he is not seen behind the dialog."""

    def __init__(self, state: RescoreState, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setWindowTitle(tr("Run again and compare"))
        open_in_size(self, 860, 620)
        names = (tr("Before"), tr("Now"))
        self._who = plain_label(self, who, token=theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self.sentence = plain_label(self, wraps=True)
        self._about = plain_label(self, token=theme.TEXT_2, pixels=theme.SIZE_SECOND, wraps=True)
        self._row = RunRow(self)
        self._middle = QStackedWidget(self)
        self.deltas = DeltaTable(names, self)
        self._heading = plain_label(self, tr("What is different in how they came about"))
        tint(self._heading, theme.TEXT_2, pixels=theme.SIZE_SECOND, is_bold=True)
        self.differences = DifferenceTable(names, self)
        self._again = QPushButton(tr("Run again"), self)
        self._again.setToolTip(tr("Score the patient once more"))
        self._build()
        self._row.stopped.connect(state.cancel)
        self._again.clicked.connect(lambda: state.begin())
        state.changed.connect(self._refresh)
        state.begin()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for part in (self._about, self._row):
            self._middle.addWidget(part)
        for part in (self._who, self.sentence, self._middle):
            column.addWidget(part)
        column.addWidget(self.deltas, 3)
        column.addWidget(self._heading)
        column.addWidget(self.differences, 2)
        column.addWidget(close_box(self, self._again))

    @override
    def done(self, code: int) -> None:
        self._state.clear()
        super().done(code)

    def _refresh(self) -> None:
        state = self._state
        comparison, problem = state.comparison, state.problem
        self._row.show_step(state.step)
        self._middle.setCurrentWidget(self._row if state.is_running else self._about)
        self._again.setEnabled(not state.is_running)
        self.sentence.setText(self._words())
        token = theme.TEXT
        if problem is not None:
            token = theme.STOP
        elif comparison is not None and comparison.verdict == "beyond":
            token = theme.WARNING
        tint(self.sentence, token, pixels=theme.SIZE_SECTION)
        self._about.setText(about_words(comparison.second) if comparison else "")
        self.deltas.show_deltas(comparison.deltas if comparison else ())
        self.differences.show_differences(comparison.differences if comparison else ())
        hint = ""
        if comparison is not None:
            hint = tr(NO_RECORD) if comparison.first.record is None else tr(NOTHING_DIFFERS)
        self.differences.set_hint(hint)

    def _words(self) -> str:
        state = self._state
        if state.problem is not None:
            return f"{state.problem.sentence} {state.problem.hint}".strip()
        if state.comparison is not None:
            return verdict_words(state.comparison)
        return tr("The patient is scored once more.") if state.is_running else tr("Not run again yet.")
