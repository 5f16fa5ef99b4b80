"""The import report as it is seen: the reasons are what one opens it for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableWidget

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.quality import SkippedFile
from ui.dialogs.import_report import ImportReportDialog

pytestmark = pytest.mark.gui
REASON = "'rows.dcm' has no usable Rows: nothing found. Export the image again from its source, or ask who made it."


def test_reasons_are_seen_whole_however_long_the_file_names_are(application: QApplication) -> None:
    skipped = SkippedFile(Path("/p") / ("series_of_a_long_name_" * 12) / "rows.dcm", "unreadable_file", REASON)
    dialog = ImportReportDialog(Case(Path("/p"), PatientIdentity(), skipped=(skipped,)), lambda _path: None)
    dialog.show()
    application.processEvents()
    table = dialog.findChild(QTableWidget)
    assert table is not None

    metrics = table.fontMetrics()
    needed = metrics.boundingRect(0, 0, table.columnWidth(2) - 16, 1000, 0x1000, REASON)  # Qt.TextWordWrap
    assert table.rowHeight(0) >= needed.height()
    assert table.columnWidth(2) > table.columnWidth(0)
    assert table.item(0, 1).text() == "skipped"
    assert "unreadable_file" in table.item(0, 1).toolTip()
    dialog.deleteLater()
