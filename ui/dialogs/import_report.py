"""Which files were read, which were skipped and why; to copy or save."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from medmm.core.case import Case
from ui.dialogs.close_box import close_box
from ui.language import tr
from ui.panels.plain_label import plain_label


class ImportReportDialog(QDialog):
    """Skipped files first, for they are why one opens this."""

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import report"))
        self.resize(760, 440)
        rows = report_rows(case)
        table = QTableWidget(len(rows), 3, self)
        table.setHorizontalHeaderLabels([tr("File"), tr("Outcome"), tr("Reason")])
        table.setAccessibleName(tr("Files of this patient"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for row, cells in enumerate(rows):
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, place, item)
        copy = QPushButton(tr("Copy"), self)
        copy.setToolTip(tr("Copy the table as text"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(as_text(case)))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(plain_label(self, count_words(case)))
        column.addWidget(table, 1)
        column.addWidget(close_box(self, copy))


def count_words(case: Case) -> str:
    """Count what was read and what was skipped."""
    return tr("{read} files read, {skipped} skipped.").format(read=len(case.inputs), skipped=len(case.skipped))


def report_rows(case: Case) -> list[tuple[str, str, str]]:
    """Give (file, outcome, reason) for every file, the skipped ones first."""
    skipped = [(file.path.name, tr("skipped ({code})").format(code=file.code), file.reason) for file in case.skipped]
    return skipped + [(file.path, tr("read as {kind}").format(kind=tr(file.kind.value)), "") for file in case.inputs]


def as_text(case: Case) -> str:
    """Write the report as tab-separated lines."""
    return "\n".join([count_words(case), *("\t".join(row) for row in report_rows(case))])
