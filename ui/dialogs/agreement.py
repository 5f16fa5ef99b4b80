"""How often readers and model agree: by finding, and by month for the finding that is selected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from medmm.core.agreement import Agreement, CaseReviews, Reads, agreement_by_finding, agreement_by_month
from medmm.core.words import as_title
from medmm.workflow.reviews import load_all_reviews, write_review_log
from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import mark, told, tr
from ui.panels.plain_label import plain_label
from ui.state.agreement_words import COLUMNS, READS, cells
from ui.state.notice_state import NoticeState
from ui.tasks import Handlers, Job, Tasks

TOPIC = "agreement"
EXPLAINED = mark(
    "Cohen's kappa between the AI decision and the reader's call, over what is kept on this machine. Readings made "
    "after the AI value was shown lean towards it; those made before are independent."
)
EMPTY = mark("Nothing is reviewed yet. Verdicts are given below the findings of a scored patient.")


class AgreementDialog(QDialog):
    """Counts what is kept when it opens."""

    def __init__(self, tasks: Tasks, notices: NoticeState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._notices = tasks, notices
        self._cases: tuple[CaseReviews, ...] = ()
        self._names: list[str] = []
        self.setWindowTitle(tr("Agreement over time"))
        open_in_size(self, 900, 620)
        self.sentence = plain_label(self, tr("The reviews are being read."), wraps=True)
        self.reads = QComboBox(self)
        self.findings = _table(self, tr("Finding"), tr("Agreement by finding"))
        self.month_title = plain_label(self)
        self.months = _table(self, tr("Month"), tr("Agreement by month"))
        self.keep = QPushButton(tr("Save as CSV..."), self)
        self._build()
        self.reads.currentIndexChanged.connect(self._refresh)
        self.findings.currentCellChanged.connect(self._refresh_months)
        self.keep.clicked.connect(self._ask_path)
        handlers = Handlers(done=self._on_loaded, failed=notices.complain)
        tasks.run(Job("", TOPIC, tr("Reading the reviews"), handlers), lambda progress, cancel: load_all_reviews())

    def _build(self) -> None:
        for reads in Reads:
            self.reads.addItem(tr(READS[reads]), reads)
        self.reads.setAccessibleName(tr("Which readings count"))
        self.reads.setToolTip(tr("Which readings count"))
        self.keep.setToolTip(tr("Save every review as one line, without anything that names a patient"))
        self.keep.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.reads, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.findings, 3)
        column.addWidget(self.month_title)
        column.addWidget(self.months, 2)
        column.addWidget(close_box(self, self.keep))

    def _on_loaded(self, cases: tuple[CaseReviews, ...]) -> None:
        self._cases = cases
        has_any = any(case.reviews for case in cases)
        self.sentence.setText(tr(EXPLAINED) if has_any else tr(EMPTY))
        self.keep.setEnabled(has_any)
        self._refresh()

    def _refresh(self) -> None:
        rows = agreement_by_finding(self._cases, reads=self._chosen)
        self._names = [row.name for row in rows]
        _fill(self.findings, [told(as_title(name)) for name in self._names], rows)
        self._refresh_months()

    def _refresh_months(self) -> None:
        at = self.findings.currentRow()
        name = self._names[at] if 0 <= at < len(self._names) else ""
        title = tr("By month: {finding}").format(finding=tr(as_title(name))) if name else tr("By month: all findings")
        self.month_title.setText(title)
        rows = agreement_by_month(self._cases, finding=name, reads=self._chosen)
        _fill(self.months, [row.name for row in rows], rows)

    @property
    def _chosen(self) -> Reads:
        return Reads(self.reads.currentData())

    def _ask_path(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the reviews"), "reviews.csv", "CSV (*.csv)")
        if name:
            self._save(Path(name).with_suffix(".csv"))

    def _save(self, path: Path) -> None:
        def tell(written: Path) -> None:
            self._notices.tell(tr("The reviews were saved."), hint=str(written), file=written)

        handlers = Handlers(done=tell, failed=self._notices.complain)
        job = Job("", "save agreement", tr("Writing the reviews"), handlers)
        cases = self._cases
        self._tasks.run(job, lambda progress, cancel: write_review_log(cases, path))


def _table(parent: QWidget, first: str, name: str) -> QTableWidget:
    table = QTableWidget(0, 1 + len(COLUMNS), parent)
    table.setHorizontalHeaderLabels([first, *(tr(title) for title in COLUMNS)])
    table.setAccessibleName(name)
    table.setToolTip(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.scaled(26))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def _fill(table: QTableWidget, names: Sequence[str], rows: Sequence[Agreement]) -> None:
    was_blocked = table.blockSignals(True)
    table.clearContents()
    table.setRowCount(len(rows))
    for place, (name, row) in enumerate(zip(names, rows, strict=True)):
        for column, text in enumerate((name, *cells(row))):
            table.setItem(place, column, QTableWidgetItem(text))
    table.blockSignals(was_blocked)
