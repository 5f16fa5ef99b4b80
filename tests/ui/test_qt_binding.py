"""The Qt binding itself: a release that loses references to None ends the process after a few thousand calls."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication


@pytest.mark.gui
def test_void_calls_keep_the_count_of_none() -> None:
    # PySide6 6.12.0 on Python 3.11 dropped one reference a call; 6.11.3 drops none.
    _app = QApplication.instance() or QApplication([])
    timer = QTimer()
    before = sys.getrefcount(None)

    for _ in range(1000):
        timer.stop()

    assert sys.getrefcount(None) > before - 500
