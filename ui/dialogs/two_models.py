"""Two models side by side on the patient shown; his result stays that of the first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from medmm.core.prediction import CaseResult
from medmm.workflow.bundles import other_bundles
from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.delta_table import DeltaTable
from ui.panels.plain_label import plain_label, tint
from ui.panels.push_button import PRIMARY
from ui.panels.run_row import RunRow
from ui.state.comparison_words import about_words, count_words, scale_remark
from ui.state.rescore_state import RescoreState
from ui.tasks import Handlers, Job, Tasks

TOPIC = "bundles"


class TwoModelsDialog(QDialog):
    """result: what the first model said; model: its name in the settings; who: the patient."""

    def __init__(
        self, state: RescoreState, tasks: Tasks, result: CaseResult, *, model: str, who: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._state, self._result = state, result
        self.setWindowTitle(tr("Compare two models"))
        open_in_size(self, 860, 520)
        self._who = plain_label(self, who, token=theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self._first = plain_label(self, wraps=True)
        self._second = plain_label(self, wraps=True)
        self.models = QComboBox(self)
        self._browse = QPushButton(tr("Other folder..."), self)
        self.begin = QPushButton(tr("Compare"), self)
        self.sentence = plain_label(self, wraps=True)
        self._row = RunRow(self)
        self._middle = QStackedWidget(self)
        self.deltas = DeltaTable((tr("A"), tr("B")), self)
        self._dress()
        self._build()
        self._connect()
        handlers = Handlers(done=self._on_found, failed=lambda problem: self.sentence.setText(problem.sentence))
        job = Job("", TOPIC, tr("Looking for models"), handlers)
        tasks.run(job, lambda progress, cancel: other_bundles(model))
        self._refresh()

    def _dress(self) -> None:
        self.models.setAccessibleName(tr("Second model"))
        self.models.setToolTip(tr("The model that is compared with the one whose result is shown"))
        self._browse.setToolTip(tr("Choose the folder of a model that is not installed"))
        self.begin.setToolTip(tr("Score this patient with the second model"))
        self._browse.setAutoDefault(False)
        self.begin.setDefault(True)
        theme.dress(self.begin, PRIMARY)
        self.deltas.set_hint(tr("Choose a second model and press Compare; the largest disagreement then stands first."))

    def _build(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(plain_label(self, tr("B: second model")))
        choice.addWidget(self.models, 1)
        choice.addWidget(self._browse)
        choice.addWidget(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._who)
        column.addWidget(self._first)
        column.addLayout(choice)
        for part in (self._second, self._row):
            self._middle.addWidget(part)
        for part in (self._middle, self.sentence):
            column.addWidget(part)
        column.addWidget(self.deltas, 1)
        column.addWidget(close_box(self))
        self.begin.setDefault(True)

    def _connect(self) -> None:
        self.begin.clicked.connect(self._on_begin)
        self._browse.clicked.connect(self._choose_folder)
        self._row.stopped.connect(self._state.cancel)
        self._state.changed.connect(self._refresh)

    @override
    def done(self, code: int) -> None:
        self._state.clear()
        super().done(code)

    def _on_found(self, bundles: dict[str, Path]) -> None:
        for name, folder in bundles.items():
            self.models.addItem(name, str(folder))
        # With a placeholder a box chooses nothing by itself.
        self.models.setCurrentIndex(0)
        self._refresh()

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder of a model"))
        if name:
            self.models.addItem(Path(name).name, name)
            self.models.setCurrentIndex(self.models.count() - 1)
            self._refresh()

    def _on_begin(self) -> None:
        if self.models.currentData() is not None:
            self._state.begin(Path(self.models.currentData()))

    def _refresh(self) -> None:
        state, comparison = self._state, self._state.comparison
        has_any = self.models.count() > 0
        for part in (self.models, self._browse):
            part.setEnabled(not state.is_running)
        self.begin.setEnabled(has_any and not state.is_running)
        self.models.setPlaceholderText(tr("No other model is installed"))
        self._first.setText(f"A: {about_words(self._result)}")
        self._second.setText(f"B: {about_words(comparison.second)}" if comparison else "")
        self._row.show_step(state.step)
        self._middle.setCurrentWidget(self._row if state.is_running else self._second)
        self.deltas.show_deltas(comparison.deltas if comparison else ())
        words = ""
        if state.problem is not None:
            words = f"{state.problem.sentence} {state.problem.hint}".strip()
        elif comparison is not None:
            words = f"{count_words(comparison)} {scale_remark(comparison)}".strip()
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))
        tint(self.sentence, theme.STOP if state.problem is not None else theme.TEXT, pixels=theme.SIZE_SECTION)
