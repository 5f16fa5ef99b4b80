"""What was copied survives, and the program ends without a crash."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from ui.clipboard import settle_clipboard

pytestmark = pytest.mark.gui
PROGRAM = """
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication
from ui.clipboard import settle_clipboard
application = QApplication([])
copied = QMimeData()
copied.setText("fever")
application.clipboard().setMimeData(copied)
application.aboutToQuit.connect(settle_clipboard)
application.processEvents()
{settle}
"""


def test_settling_keeps_the_text(application: QApplication) -> None:
    copied = QMimeData()
    copied.setText("fever")
    application.clipboard().setMimeData(copied)

    settle_clipboard()

    assert application.clipboard().text() == "fever"


def test_a_program_that_settled_ends_well() -> None:
    program = PROGRAM.format(settle="settle_clipboard()")

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
