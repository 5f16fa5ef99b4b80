"""The start of the window in an interpreter of its own, for it takes signals and ends the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.gui

START = """
import gc, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app
from ui.main_window import MainWindow
application = QApplication([])
seen = []
def windows():
    return [each for each in application.topLevelWidgets() if isinstance(each, MainWindow)]
def look():
    for window in windows():
        if not hasattr(window, "grid"):
            seen.append(gc.isenabled())
        elif gc.isenabled() and window.browser.isVisible():
            timer.stop()
            docks = window.findChildren(type(window.browser_dock))
            has_pydantic = "pydantic.type_adapter" in sys.modules
            print("before", *seen, "after", window.browser.isVisible(), len(docks), has_pydantic)
            window.close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(0)
QTimer.singleShot(30_000, lambda: application.exit(3))
sys.exit(app.run([]))
"""
BROKEN = """
import sys
from ui import app
app.PARTS = ("ui.not_there",)
sys.exit(app.run([]))
"""


def start(program: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MEDMM_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_window_is_painted_empty_then_furnished_and_closed(tmp_path: Path) -> None:
    done = start(START, tmp_path)

    assert done.returncode == 0, done.stderr
    before, after = done.stdout.removeprefix("before").split("after")
    assert set(before.split()) == {"False"}, "it was seen without panels, and garbage was not looked for then"
    is_browser_shown, n_docks, has_pydantic = after.split()
    assert is_browser_shown == "True"
    assert int(n_docks) > 3
    assert has_pydantic == "True", "imported by a thread, it met Shiboken's import hook half loaded"


def test_a_window_that_cannot_be_furnished_ends_with_an_error_instead_of_standing_dead(tmp_path: Path) -> None:
    done = start(BROKEN, tmp_path)

    assert done.returncode == 1
    assert "ui.not_there" in done.stderr
