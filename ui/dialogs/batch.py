"""The batch screen: a folder of patients goes in, rows fill, and any of them can be opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.case_filters import CaseFilters
from ui.panels.case_view import CaseView
from ui.panels.choice_row import SPACE, in_row, plain_button
from ui.panels.folder_fields import FolderFields
from ui.panels.plain_label import plain_label, tint
from ui.panels.push_button import PRIMARY
from ui.state.batch_state import BatchState
from ui.state.case_cells import BATCH_COLUMNS, batch_cells
from ui.state.case_table import CaseTable
from ui.tasks import Tasks

STEPS = 1000


class BatchDialog(QDialog):
    """Not modal; closing it lets the run go on. case_wanted: a case is to be opened, as a ListedCase."""

    case_wanted = Signal(object)
    worklist_wanted = Signal()
    comparison_wanted = Signal()

    def __init__(self, state: BatchState, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setWindowTitle(tr("Score a folder"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        open_in_size(self, 1180, 760)
        self.fields = FolderFields(self)
        self.begin = plain_button(self, tr("Start"), tr("Score what is not scored yet; what is finished stays"))
        self.pause = plain_button(self, tr("Pause"), tr("Stop after the cases at hand; Go on continues exactly there"))
        self.cancel = plain_button(self, tr("Cancel"), tr("Stop after the cases at hand; what is finished stays"))
        self.retry = plain_button(self, tr("Retry failed"), tr("Attempt again every case that failed"))
        self.sentence = plain_label(self, wraps=True)
        self.bar = QProgressBar(self)
        self.filters = CaseFilters(self)
        self.table = CaseTable(tasks, BATCH_COLUMNS, batch_cells(), self)
        self.view = CaseView(self.table, self)
        self.open = plain_button(self, tr("Open case"), tr("Open the case chosen and score it in the window (Enter)"))
        self.save = plain_button(self, tr("Save as CSV..."), tr("Save the rows shown, in their order"))
        self.compare = plain_button(self, tr("Compare..."), tr("What another batch over the same patients says"))
        self.worklist = plain_button(self, tr("Worklist"), tr("These cases in the order in which to read them"))
        self._dress()
        self._lay_out()
        self._connect()
        self._on_opened()

    def show_defaults(self) -> None:
        """Fill the fields of a screen on which nothing was chosen yet."""
        self.fields.fill(self._state.root, self._state.out)

    def _dress(self) -> None:
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the batch"))
        self.bar.setToolTip(tr("Finished part of all cases"))
        self.view.setAccessibleName(tr("Cases of the batch"))
        self.view.setToolTip(tr("Enter or a double click opens a case; a click on a title sorts"))
        self.begin.setDefault(True)
        theme.dress(self.begin, PRIMARY)

    def _lay_out(self) -> None:
        box = close_box(self, self.open, self.save, self.compare, self.worklist)
        close = box.button(QDialogButtonBox.StandardButton.Close)
        # Return in a field means Start.
        close.setDefault(False)
        close.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(SPACE)
        column.addWidget(self.fields)
        column.addLayout(in_row(self.begin, self.pause, self.cancel, self.retry, None))
        for part in (self.sentence, self.bar, self.filters):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addWidget(box)

    def _connect(self) -> None:
        state = self._state
        self.fields.changed.connect(self._refresh)
        self.fields.out_chosen.connect(state.open)
        self.begin.clicked.connect(self._on_begin)
        self.pause.clicked.connect(state.pause)
        self.cancel.clicked.connect(state.cancel)
        self.retry.clicked.connect(state.retry_failed)
        self.filters.changed.connect(self._show_rows)
        self.filters.left.connect(self.view.setFocus)
        self.view.sort_wanted.connect(self.filters.sort)
        self.view.wanted.connect(self.case_wanted)
        self.view.chosen_changed.connect(self._refresh)
        self.table.counted.connect(self._refresh_count)
        self.open.clicked.connect(self._on_open)
        self.save.clicked.connect(self._ask_path)
        self.compare.clicked.connect(self.comparison_wanted)
        self.worklist.clicked.connect(self.worklist_wanted)
        state.opened.connect(self._on_opened)
        state.rows_changed.connect(self.table.refresh)
        state.changed.connect(self._refresh)

    def _on_begin(self) -> None:
        out = self.fields.out or self._default_out()
        self.fields.fill(self.fields.root, out)
        if self.fields.root is not None:
            self._state.start(self.fields.root, out)

    def _default_out(self) -> Path:
        from medmm.workflow.batch_places import new_out

        return new_out(datetime.now().astimezone())

    def _on_opened(self) -> None:
        self.show_defaults()
        self.filters.show_findings(self._state.finding_names)
        self._show_rows()
        self._refresh()

    def _show_rows(self) -> None:
        self.table.show(self._state.rows(self.filters.wanted))

    def _on_open(self) -> None:
        for case in self.view.chosen[:1]:
            self.case_wanted.emit(case)

    def _ask_path(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the list of cases"), "cases.csv", "CSV (*.csv)")
        if name:
            self._state.export(self.filters.wanted, Path(name).with_suffix(".csv"))

    def _refresh_count(self, n_rows: int) -> None:
        words = tr("{n} of {total} rows")
        self.filters.count.setText(words.format(n=f"{n_rows:,}", total=f"{self._state.counts.n_cases:,}"))
        self.view.set_hint(self._hint())

    def _hint(self) -> str:
        if self._state.cases is None:
            return tr("Rows appear here as soon as cases are found.")
        return tr("No case is like this.") if self._state.counts.n_cases else tr("No case was found yet.")

    def _refresh(self) -> None:
        state = self._state
        is_open, is_running = state.cases is not None, state.is_running
        self.fields.set_locked(is_running)
        self.begin.setEnabled(self.fields.root is not None and not is_running and not state.is_opening)
        can_go_on = is_open and self.fields.out == state.out and bool(state.counts.n_waiting)
        self.begin.setText(tr("Go on") if state.is_paused or can_go_on else tr("Start"))
        self.begin.setAccessibleName(self.begin.text())
        for button in (self.pause, self.cancel):
            button.setEnabled(is_running)
        self.retry.setEnabled(is_open and not is_running and bool(state.counts.of("failed")))
        for button in (self.save, self.compare, self.worklist):
            button.setEnabled(is_open)
        self.open.setEnabled(is_open and state.root is not None and self.view.selectionModel().hasSelection())
        self.sentence.setText(state.sentence)
        tint(self.sentence, theme.TEXT if state.problem is None else theme.STOP)
        self.filters.chips.show_counts(state.counts)
        self._refresh_bar()
        self._refresh_count(self.table.rowCount())

    def _refresh_bar(self) -> None:
        counts = self._state.counts
        is_searching = self._state.is_running and not counts.n_cases
        self.bar.setRange(0, 0 if is_searching else STEPS)
        done = counts.n_cases - counts.n_waiting
        self.bar.setValue(round(STEPS * done / counts.n_cases) if counts.n_cases else 0)
