"""Ctrl+T: the header of the slice shown, by real keys, with a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from medmm.imaging.reader import read_image
from tests.imaging.builders import write_slice
from tests.ui.builders import make_case
from tests.ui.test_engine import FakeProcess
from ui.commands import Session
from ui.dialogs.header import HeaderDialog
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.main_window import MainWindow
from ui.panels.header_tree import HeaderTree
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def window(application: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """A window that shows three slices, whose comments differ."""
    tasks = Tasks()
    state = EngineState(tasks)
    engine = Engine(tasks, state, FakeProcess)  # type: ignore[arg-type]
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    made = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    Wiring(made, session)
    made.show()
    folder = tmp_path / "patient"
    folder.mkdir()
    paths = [write_slice(folder, at, 2.0 * at, ImageComments=f"comment <b>{at}</b>") for at in range(3)]
    key = session.cases.add(folder)
    session.cases.select(key)
    session.cases.set_case(key, replace(make_case(folder), images=(read_image(paths),)))
    yield made
    made.close()
    made.deleteLater()
    application.processEvents()


def opened(window: MainWindow, spin: Spin) -> HeaderDialog:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(HeaderDialog)
    assert dialog is not None
    assert spin(lambda: told(dialog).endswith("rows"))
    assert spin(lambda: not told(dialog).startswith("0"))
    return dialog


def told(dialog: HeaderDialog) -> str:
    return dialog.findChildren(QLabel)[0].text()


def test_words_typed_narrow_the_rows_and_the_value_can_be_read_and_copied(window: MainWindow, spin: Spin) -> None:
    dialog = opened(window, spin)
    tree = dialog.findChild(HeaderTree)
    assert dialog.isVisible()

    QTest.keyClicks(dialog.findChild(QLineEdit), "0020,4000")
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert told(dialog).startswith("1 of ")
    # The middle slice is shown first.
    assert "comment <b>1</b>" in dialog.findChild(QPlainTextEdit).toPlainText()
    assert QGuiApplication.clipboard().text() == "(0020,4000)\tImageComments\tLT\t1\tcomment <b>1</b>"
    dialog.close()


def test_the_header_follows_the_slice_and_keeps_the_row(window: MainWindow, spin: Spin) -> None:
    dialog = opened(window, spin)
    detail = dialog.findChild(QPlainTextEdit)
    QTest.keyClicks(dialog.findChild(QLineEdit), "ImageComments")
    QTest.keyClick(dialog.findChild(HeaderTree), Qt.Key.Key_Down)

    QTest.keyClick(dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    assert spin(lambda: "comment <b>2</b>" in detail.toPlainText())
    assert window.view.slice_index == 2
    previous = next(button for button in dialog.findChildren(QPushButton) if "Previous" in button.text())
    QTest.mouseClick(previous, Qt.MouseButton.LeftButton)
    assert spin(lambda: "comment <b>1</b>" in detail.toPlainText())
    window.view.set_slice(0)
    assert spin(lambda: "comment <b>0</b>" in detail.toPlainText())
    dialog.close()


def test_private_only_says_that_there_is_none(window: MainWindow, spin: Spin) -> None:
    dialog = opened(window, spin)

    QTest.mouseClick(dialog.findChild(QCheckBox), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))

    assert told(dialog).startswith("0 of ")
    dialog.close()
