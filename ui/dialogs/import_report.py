"""Which files were read, which were skipped and why; to copy or save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
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
from typing_extensions import override

from medmm.core.case import Case
from medmm.workflow.import_table import ImportRow, count_words, import_rows, to_text
from ui import theme
from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.language import told, tr
from ui.panels.plain_label import plain_label, plain_tip

# Fitting a row to its text costs a millisecond.
MOST_WRAPPED = 100
MOST_FILE_WIDTH = 320


class ImportReportDialog(QDialog):
    """Skipped files first, for they are why one opens this."""

    def __init__(self, case: Case, save: Callable[[Path], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._save = case, save
        self.setWindowTitle(tr("Import report"))
        open_in_size(self, 1080, 560)
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
        self._table = self._make_table()
        column.addWidget(self._table, 1)
        column.addWidget(close_box(self, copy, keep))

    def _make_table(self) -> QTableWidget:
        rows = import_rows(self._case)
        table = QTableWidget(len(rows), 3, self)
        table.setHorizontalHeaderLabels([tr("File"), tr("Outcome"), tr("Reason")])
        table.setAccessibleName(tr("Files of this patient"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        for place, row in enumerate(rows):
            for number, text in enumerate((row.file, _outcome(row), told(row.reason))):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(told(row.outcome) if number == 1 else text))
                table.setItem(place, number, item)
        _share_out_width(table)
        table.horizontalHeader().sectionResized.connect(self._fit)
        return table

    def _fit(self) -> None:
        for row in range(min(len(self._case.skipped), MOST_WRAPPED)):
            self._table.resizeRowToContents(row)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The style gives the text its size only now.
        self._fit()

    def _ask_path(self) -> None:
        # Never the patient's name: lists travel.
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the import report"), "import_report.csv", "CSV (*.csv)")
        if name:
            self._save(Path(name).with_suffix(".csv"))


def _share_out_width(table: QTableWidget) -> None:
    """Leave the width to the reasons."""
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # Fitting the columns looks at every row: a thousand slices would take seconds.
    header.setResizeContentsPrecision(100)
    table.resizeColumnsToContents()
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    table.setColumnWidth(0, min(table.columnWidth(0), theme.scaled(MOST_FILE_WIDTH)))


def _outcome(row: ImportRow) -> str:
    # The code behind a skipped file is for support: it stands in the tip and in the CSV.
    return tr("skipped") if row.kind is None else told(row.outcome)
