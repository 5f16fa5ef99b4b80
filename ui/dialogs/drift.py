"""Drift: what another batch over the same patients says, the largest change first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFileDialog, QHeaderView, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from medmm.core.words import as_title
from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import mark, tr
from ui.panels.choice_row import plain_button
from ui.panels.plain_label import plain_label
from ui.state.finding_words import signed
from ui.state.notice_state import NoticeState
from ui.tasks import Handlers, Job, Tasks

if TYPE_CHECKING:
    from medmm.workflow.batch_compare import Change, Drift

KEY = "drift"
TITLES = (
    mark("Case"), mark("Finding"), mark("Before"), mark("After"), mark("Difference"), mark("Decision before"),
    mark("Decision after"),
)  # fmt: skip
WIDTHS = (220, 180, 76, 76, 84, 140, 140)
NUMBERS = range(2, 5)
NO_PARENT = QModelIndex()


class DriftTable(QAbstractTableModel):
    """The changes as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[Change, ...] = ()

    def show(self, changes: tuple[Change, ...]) -> None:
        """Show changes."""
        self.beginResetModel()
        self._changes = changes
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._changes)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        change = self._changes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(change)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and change.is_other_decision and index.column() > NUMBERS[-1]:
            return theme.color(theme.WARNING)
        return _side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None


class DriftDialog(QDialog):
    """Compares in the background when it opens."""

    def __init__(self, folders: tuple[Path, Path], tasks: Tasks, notices: NoticeState, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks, self._notices = tasks, notices
        self._drift: Drift | None = None
        self.setWindowTitle(tr("Two batches compared"))
        open_in_size(self, 1000, 640)
        self.sentence = plain_label(self, tr("The two batches are being read."), wraps=True)
        self.table = DriftTable(self)
        self.view = QTableView(self)
        self.save = plain_button(self, tr("Save as CSV..."), tr("Save all changes, the largest first"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self._ask_path)
        self._dress()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.sentence)
        column.addWidget(self.view, 1)
        column.addWidget(close_box(self, self.save))
        before, after = folders
        handlers = Handlers(self._on_compared, self._on_failed)
        job = Job(KEY, "compare batches", tr("Comparing two batches"), handlers)
        tasks.run(job, lambda progress, cancel: _compare(before, after))

    def _dress(self) -> None:
        view = self.view
        view.setModel(self.table)
        view.setAccessibleName(tr("What changed"))
        view.setToolTip(tr("What changed by more than 0.1, or has another decision; the largest change first"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(theme.scaled(26))
        view.verticalHeader().hide()
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setStretchLastSection(True)
        for place, width in enumerate(WIDTHS):
            view.setColumnWidth(place, theme.scaled(width))

    def _on_compared(self, drift: Drift) -> None:
        self._drift = drift
        self.table.show(drift.changes)
        self.save.setEnabled(bool(drift.changes))
        words = tr(
            "{n_cases} cases in both. {n_changed} changed by more than 0.1 or in a decision; {n_decisions} findings "
            "have another decision. Only in the first: {n_before}, only in the second: {n_after}."
        )
        self.sentence.setText(
            words.format(
                n_cases=f"{drift.n_cases:,}",
                n_changed=f"{drift.n_changed_cases:,}",
                n_decisions=f"{drift.n_other_decisions:,}",
                n_before=f"{drift.only_before:,}",
                n_after=f"{drift.only_after:,}",
            )
        )

    def _on_failed(self, problem: Any) -> None:
        self.sentence.setText(f"{problem.sentence} {problem.hint}")

    def _ask_path(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the changes"), "drift.csv", "CSV (*.csv)")
        if name and self._drift is not None:
            drift, path = self._drift, Path(name).with_suffix(".csv")
            handlers = Handlers(self._on_saved, self._notices.complain)
            job = Job(KEY, "save drift", tr("Writing the changes"), handlers)
            self._tasks.run(job, lambda progress, cancel: _write(drift, path))

    def _on_saved(self, path: Path) -> None:
        self._notices.tell(tr("The changes were saved."), hint=str(path), file=path)


def _texts(change: Change) -> tuple[str, ...]:
    numbers = ["" if one is None else f"{one:.2f}" for one in (change.before, change.after)]
    by = "" if change.by is None else signed(change.by)
    finding = tr(as_title(change.finding)) if change.finding else tr("the whole case")
    return (change.case, finding, *numbers, by, tr(change.decision_before), tr(change.decision_after))


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _compare(before: Path, after: Path) -> object:
    from medmm.workflow.batch_compare import compare_batches

    return compare_batches(before, after)


def _write(drift: Drift, path: Path) -> Path:
    from medmm.workflow.batch_compare import write_drift

    return write_drift(drift, path)
