"""Another language while patients are open: other words, and nothing else changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar

from tests.ui.builders import make_case, make_result
from tests.ui.test_engine import IDENTITY, FakeProcess
from ui.commands import Session
from ui.dialogs.settings import SettingsDialog
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.language import speak
from ui.main_window import FIRST_SIZE, FRAME, MainWindow
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.state.view_state import Tool
from ui.tasks import Tasks
from ui.windows import Windows
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Collect what is raised in slots, which Qt would only print."""
    found: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: found.append(error))
    return found


@pytest.fixture
def session(application: QApplication) -> Iterator[Session]:
    tasks, process = Tasks(), FakeProcess()
    state = EngineState(tasks)
    engine = Engine(tasks, state, lambda: process)  # type: ignore[arg-type,return-value]
    made = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    engine.start()
    process.ready.set_result(IDENTITY)
    yield made
    tasks.close(timeout_s=2)
    speak("en")


@pytest.fixture
def windows(session: Session, tmp_path: Path, application: QApplication) -> Iterator[Windows]:
    def make() -> tuple[MainWindow, Wiring]:
        window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        return window, Wiring(window, session)

    made = Windows(session, make(), make)
    made.window.show()
    yield made
    made.window.close()
    made.window.deleteLater()
    application.processEvents()


def test_the_language_changes_while_a_patient_is_open_and_nothing_is_lost(
    windows: Windows, session: Session, spin: Spin, faults: list[BaseException], application: QApplication
) -> None:
    key = session.cases.add(Path("/patients/a"))
    session.cases.select(key)
    session.cases.set_case(key, make_case())
    session.cases.set_result(key, make_result())
    # The hanging protocol comes in its turn.
    application.processEvents()
    former, viewports = windows.window, session.views.viewports
    viewports.set_shape((2, 2))
    former.view.set_zoom(3.0)
    former.view.invert()
    former.tabs.setCurrentIndex(1)
    before = [view.shown for view in viewports.views]

    session.settings.change(language="zh_CN")
    assert spin(lambda: windows.window is not former)

    assert windows.window.actions_table["score"].text() == "评分(&S)"
    assert [view.shown for view in viewports.views] == before
    assert before[0].zoom == 3.0
    assert viewports.shape == (2, 2)
    assert windows.window.tabs.currentIndex() == 1
    assert session.cases.result is not None
    assert windows.window.canvas.isVisible()
    assert faults == []


def test_a_window_that_is_gone_hears_nothing_any_more(
    windows: Windows, session: Session, spin: Spin, faults: list[BaseException], application: QApplication
) -> None:
    former = windows.window
    session.settings.change(language="zh_CN")
    assert spin(lambda: windows.window is not former)
    assert spin(lambda: not former_lives(former))

    key = session.cases.add(Path("/patients/a"))
    session.cases.select(key)
    session.cases.set_case(key, make_case())
    session.cases.set_result(key, make_result())
    session.cases.select_finding("nodule")
    session.notices.tell("x")
    session.engine_state.set_starting()
    session.settings.change(theme="light", keys={"score": "F2"}, corner_text="none")
    session.settings.change(theme="dark")
    session.views.viewports.set_shape((2, 2))
    session.views.viewports.activate(1)
    session.views.viewports.active.toggle_overlay()
    session.views.viewports.active.set_tool(Tool.PAN)
    session.cases.remove(key)
    application.processEvents()

    assert faults == []


def former_lives(window: MainWindow) -> bool:
    from shiboken6 import isValid

    return bool(isValid(window))


def test_the_settings_page_comes_back_in_the_language_chosen_on_it(
    windows: Windows, session: Session, spin: Spin
) -> None:
    windows.wiring.show_settings()
    page = windows.window.findChild(SettingsDialog)
    assert page is not None
    box = next(row.editor for row in page.rows if row.name == "language")
    assert isinstance(box, QComboBox)

    box.setCurrentIndex(box.findData("zh_CN"))

    assert spin(lambda: any(d.windowTitle() == "设置" for d in windows.window.findChildren(SettingsDialog)))


def test_a_first_window_larger_than_the_screen_is_maximised(windows: Windows) -> None:
    room = windows.window.screen().availableSize()
    is_small = room.width() < FIRST_SIZE.width() + FRAME or room.height() < FIRST_SIZE.height() + FRAME

    assert windows.window.isMaximized() == is_small


def test_a_restored_layout_has_each_row_of_tabs_once(windows: Windows, session: Session, spin: Spin) -> None:
    former = windows.window

    session.settings.change(language="zh_CN")
    assert spin(lambda: windows.window is not former and windows.window.isVisible())

    bars = windows.window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    rows = [tuple(bar.tabText(i) for i in range(bar.count())) for bar in bars if bar.isVisible()]
    assert len(rows) == len(set(rows))
    assert rows != []
