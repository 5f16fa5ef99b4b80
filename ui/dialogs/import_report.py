"""Which files were read, which were skipped and why; to copy or save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from medmm.core.case import Case
from medmm.workflow.import_table import count_words, import_rows, to_text
from ui.dialogs.close_box import close_box
from ui.language import told, tr
from ui.panels.plain_label import plain_label, plain_tip


class ImportReportDialog(QDialog):
    """Skipped files first, for they are why one opens this."""

    def __init__(self, case: Case, save: Callable[[Path], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._save = case, save
        self.setWindowTitle(tr("Import report"))
        self.resize(760, 440)
        copy = QPushButton(tr("Copy"), self)
        copy.setToolTip(tr("Copy the table as text"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(to_text(case)))
        keep = QPushButton(tr("Save as CSV..."), self)
        keep.setToolTip(tr("Save the table for a spreadsheet; it holds the names of the files"))
        keep.clicked.connect(self._ask_path)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(plain_label(self, told(count_words(case))))
        column.addWidget(self._make_table(), 1)
        column.addWidget(close_box(self, copy, keep))

    def _make_table(self) -> QTableWidget:
        rows = import_rows(self._case)
        table = QTableWidget(len(rows), 3, self)
        table.setHorizontalHeaderLabels([tr("File"), tr("Outcome"), tr("Reason")])
        table.setAccessibleName(tr("Files of this patient"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Fitting the columns looks at every row: a thousand slices would take seconds.
        table.horizontalHeader().setResizeContentsPrecision(100)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for place, row in enumerate(rows):
            for number, text in enumerate((row.file, told(row.outcome), told(row.reason))):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                table.setItem(place, number, item)
        return table

    def _ask_path(self) -> None:
        # Never the patient's name: lists travel.
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the import report"), "import_report.csv", "CSV (*.csv)")
        if name:
            self._save(Path(name).with_suffix(".csv"))
