"""The worklist: one line a case, the most urgent first, with the reason for its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QInputDialog, QVBoxLayout, QWidget

from medmm.core.listed_case import ListedCase
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import tr
from ui.panels.case_filters import decision_choices, finding_choices
from ui.panels.case_view import CaseView
from ui.panels.choice_row import SPACE, choice, in_row, plain_button, set_choices
from ui.panels.plain_label import plain_label
from ui.state.case_cells import WORKLIST_COLUMNS, worklist_cells
from ui.state.case_table import CaseTable
from ui.state.worklist_state import WorklistState
from ui.tasks import Tasks

# Waits are told in minutes.
REFRESH_MS = 30_000


class WorklistDialog(QDialog):
    """Stays open beside the window. reader: gives the name of whoever sits here."""

    batch_wanted = Signal()

    def __init__(self, state: WorklistState, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.reader = ""
        self.setWindowTitle(tr("Worklist"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        open_in_size(self, 1180, 720)
        self.sentence = plain_label(self, wraps=True)
        self.unread = QCheckBox(tr("Unread only"), self)
        self.mine = QCheckBox(tr("Mine"), self)
        self.decision = choice(self, tr("Decision"), decision_choices())
        self.finding = choice(self, tr("Positive finding"), finding_choices(()))
        self.table = CaseTable(tasks, WORKLIST_COLUMNS, worklist_cells(state.entry_at), self)
        self.view = CaseView(self.table, self)
        self.open = plain_button(self, tr("Open case"), tr("Open the case chosen and score it in the window (Enter)"))
        self.assign = plain_button(self, tr("Assign..."), tr("Say who is to read the cases chosen"))
        self.again = plain_button(self, tr("Mark as unread"), tr("Put the cases chosen back on the list"))
        self.batch = plain_button(self, tr("Batch..."), tr("Choose a folder of patients or an earlier batch"))
        self._dress()
        self._lay_out()
        self._connect()
        self._on_ordered()

    def _dress(self) -> None:
        self.unread.setChecked(True)
        self.unread.setToolTip(tr("Leave out what was read and signed"))
        self.mine.setToolTip(tr("Only the cases that are assigned to the reader's name of the settings"))
        for box in (self.unread, self.mine):
            box.setAccessibleName(box.text())
        self.view.setAccessibleName(tr("Cases in the order in which to read them"))
        self.view.setToolTip(tr("Enter opens a case; N and Shift+N go to the next and back"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(SPACE)
        column.addWidget(self.sentence)
        column.addLayout(in_row(self.unread, self.mine, self.decision, self.finding, None))
        column.addWidget(self.view, 1)
        column.addWidget(close_box(self, self.open, self.assign, self.again, self.batch))

    def _connect(self) -> None:
        state = self._state
        self.unread.toggled.connect(lambda is_on: state.show_everything(not is_on))
        self.mine.toggled.connect(lambda is_on: state.narrow(assigned_to=self.reader if is_on else ""))
        self.decision.currentIndexChanged.connect(lambda: state.narrow(decision=self.decision.currentData()))
        self.finding.currentIndexChanged.connect(lambda: state.narrow(finding=self.finding.currentData()))
        self.view.wanted.connect(self._open)
        self.view.chosen_changed.connect(self._refresh)
        self.table.counted.connect(self._refresh)
        self.table.failed.connect(state.troubled)
        self.open.clicked.connect(lambda: [self._open(case) for case in self.view.chosen[:1]])
        self.assign.clicked.connect(self._ask_reader)
        self.again.clicked.connect(lambda: state.mark_unread(self._names()))
        self.batch.clicked.connect(self.batch_wanted)
        for keys, by in (("N", 1), ("Shift+N", -1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: state.step(by))
        state.ordered.connect(self._on_ordered)
        state.moved.connect(self._refresh)
        clock = QTimer(self, interval=REFRESH_MS)
        clock.timeout.connect(lambda: state.put_in_order() if self.isVisible() else None)
        clock.start()

    def set_reader(self, name: str) -> None:
        """Take another name for whoever sits here."""
        self.reader = name.strip()
        self.mine.setEnabled(bool(self.reader))
        if self.mine.isChecked():
            self._state.narrow(assigned_to=self.reader)

    def _open(self, case: ListedCase) -> None:
        self._state.open(case.case)

    def _names(self) -> list[str]:
        return [case.case for case in self.view.chosen]

    def _ask_reader(self) -> None:
        names = self._names()
        name, is_given = QInputDialog.getText(
            self, tr("Assign"), tr("Who is to read the cases chosen; empty for nobody"), text=self.reader
        )
        if is_given:
            self._state.assign(names, name)

    def _on_ordered(self) -> None:
        set_choices(self.finding, finding_choices(self._state.finding_names))
        if self.table.rowCount() and self._state.n_cases:
            self._reorder()
        else:
            self.table.show(self._state.rows())
        self._refresh()

    def _reorder(self) -> None:
        """Show the new order where the old one stood; what was chosen are cases, and not rows."""
        names = self._names()
        self.table.replace(self._state.rows())
        self.view.choose([place for place in self._state.places_of(names) if place < self.table.rowCount()])

    def _refresh(self) -> None:
        state, has_chosen = self._state, self.view.selectionModel().hasSelection()
        self.open.setEnabled(has_chosen and state.can_open)
        for button in (self.assign, self.again):
            button.setEnabled(has_chosen)
        n_cases = f"{state.n_cases:,}"
        words = tr("{n} cases, the most urgent first; a case that waits too long takes its turn between them.")
        self.sentence.setText(words.format(n=n_cases) if state.rows() is not None else tr("No batch is open."))
        self.view.set_hint(self._hint())

    def _hint(self) -> str:
        if self._state.rows() is None:
            return tr("Choose a folder of patients or an earlier batch: its cases appear here as they are scored.")
        return tr("Nothing is left to read here.") if self.unread.isChecked() else tr("No case is like this.")
