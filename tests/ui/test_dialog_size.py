"""Dialogs with large text stay on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.builders import make_case
from ui import theme
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.shortcuts import ShortcutsDialog

pytestmark = pytest.mark.gui


@pytest.fixture
def large_text(application: QApplication) -> Iterator[None]:
    before = theme.active()
    theme.apply(application, replace(before, scale_percent=200))
    yield
    theme.apply(application, before)


def test_dialogs_with_large_text_open_within_the_screen(large_text: None, application: QApplication) -> None:
    for dialog in (ShortcutsDialog({}), ImportReportDialog(make_case(), lambda _path: None)):
        room = dialog.screen().availableGeometry()

        assert dialog.height() < room.height()
        assert dialog.width() < room.width()
        dialog.deleteLater()
