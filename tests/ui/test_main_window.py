"""The whole window: from a drop to the findings, with a fake engine process and real events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)

from medmm.core.recording import Recording
from tests.ui.builders import make_case, make_result
from tests.ui.test_engine import IDENTITY, FakeProcess
from tests.ui.viewer.builders import make_image
from ui.action_table import TABLE
from ui.commands import Session
from ui.dialogs.override import OverrideDialog
from ui.dialogs.shortcuts import shortcut_rows
from ui.dropping import dropped_paths
from ui.engine import Engine
from ui.furniture import furnish, furnished_window
from ui.main_window import MainWindow
from ui.panels.banner import RESEARCH_USE
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
RIGHT_DOCKS = ("Findings", "Explanation")
Spin = Callable[[Callable[[], bool]], bool]


@dataclass
class Desk:
    """A window with everything behind it."""

    window: MainWindow
    session: Session
    process: FakeProcess
    wiring: Wiring


@pytest.fixture
def desk(application: QApplication, tmp_path: Path) -> Iterator[Desk]:
    tasks, process = Tasks(), FakeProcess()
    state = EngineState(tasks)
    engine = Engine(tasks, state, lambda: process)  # type: ignore[arg-type,return-value]
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    wiring = Wiring(window, session)
    window.show()
    engine.start()
    process.ready.set_result(IDENTITY)
    yield Desk(window, session, process, wiring)
    window.close()
    window.deleteLater()
    application.processEvents()


def show_case(desk: Desk, *, stop: bool = False) -> str:
    key = desk.session.cases.add(Path("/patients/a"))
    desk.session.cases.select(key)
    desk.session.cases.set_case(key, make_case(stop=stop))
    return key


def test_there_is_a_tab_for_sound_where_there_is_some(desk: Desk) -> None:
    cases, tabs = desk.session.cases, desk.window.tabs
    sound = Recording(np.zeros(24_000, np.float32), 8000, Path("/patients/a/lungs.wav"))

    def has_tab() -> bool:
        return tabs.isTabVisible(tabs.indexOf(desk.window.sound))

    first = has_tab()
    key = show_case(desk)
    without = has_tab()
    cases.set_case(key, replace(make_case(), audio=(sound,)))

    assert (first, without, has_tab()) == (False, False, True)


def test_a_dropped_folder_is_opened_and_the_start_page_goes(desk: Desk, tmp_path: Path, spin: Spin) -> None:
    folder = tmp_path / "patient"
    folder.mkdir()
    (folder / "note.txt").write_text("Patient ID: 7\n\nHistory: cough and fever for three days.\n", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder)), QUrl("https://example.org/x")])
    everywhere = QPoint(5, 5)
    event = QDropEvent(everywhere, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip

    desk.window.dropEvent(event)

    assert dropped_paths(mime) == [folder]
    assert spin(lambda: desk.session.cases.case is not None)
    assert desk.window.canvas.isVisible()


def test_ctrl_return_scores_and_the_result_reaches_the_panels(desk: Desk, spin: Spin) -> None:
    show_case(desk)
    assert spin(lambda: desk.session.engine_state.identity is not None)

    desk.window.actions_table["score"].trigger()
    assert spin(lambda: len(desk.process.scores) == 1)
    desk.process.scores[0].set_result(make_result())

    assert spin(lambda: desk.session.cases.result is not None)
    assert desk.window.actions_table["export_pdf"].isEnabled()
    assert desk.window.actions_table["score"].shortcut().toString() == "Ctrl+Return"


def test_the_overlay_is_off_at_first_and_seen_only_while_space_is_held(desk: Desk, spin: Spin) -> None:
    key = show_case(desk)
    desk.session.cases.set_result(key, make_result())
    desk.window.activateWindow()
    desk.window.canvas.setFocus()
    assert not desk.window.view.is_overlay_shown

    QTest.keyPress(desk.window.canvas, Qt.Key.Key_Space)
    is_shown_while_held = desk.window.view.is_overlay_shown
    QTest.keyRelease(desk.window.canvas, Qt.Key.Key_Space)

    assert is_shown_while_held
    assert not desk.window.view.is_overlay_shown


def test_single_keys_reach_the_view(desk: Desk) -> None:
    show_case(desk)

    for name in ("invert", "flip_horizontal"):
        desk.window.actions_table[name].trigger()

    assert desk.window.view.is_inverted


def test_an_identity_conflict_disables_score_and_shows_the_stop_bar(desk: Desk) -> None:
    show_case(desk, stop=True)

    assert not desk.window.actions_table["score"].isEnabled()
    assert not desk.window.stop_bar.isHidden()


def test_an_override_needs_a_reason(application: QApplication) -> None:
    dialog = OverrideDialog("The note says 1, the image says 2.")
    box = dialog.findChildren(QLineEdit)[0]
    score = next(button for button in dialog.findChildren(QAbstractButton) if button.text() == "Score")

    box.setText("   short ")
    assert not score.isEnabled()
    box.setText("renamed after marriage")

    assert score.isEnabled()
    assert dialog.reason == "renamed after marriage"
    dialog.deleteLater()


def test_results_do_not_move_the_image(desk: Desk, application: QApplication) -> None:
    key = show_case(desk)
    application.processEvents()
    before = desk.window.canvas.geometry()

    desk.session.cases.set_result(key, make_result())
    desk.session.notices.tell("The report was saved.", hint="/out/report.pdf")
    application.processEvents()

    assert desk.window.canvas.geometry() == before


def test_every_action_has_a_key_of_its_own_a_tip_that_names_it_and_something_to_do(desk: Desk) -> None:
    keys = [row.keys for row in TABLE if row.keys]

    assert len(keys) == len(set(keys))
    for row in TABLE:
        action = desk.window.actions_table[row.name]
        assert row.keys in action.toolTip()
        assert action.receivers("2triggered(bool)") > 0, row.name
    assert len(shortcut_rows({})) > len(keys)


def test_every_control_says_what_it_is(desk: Desk) -> None:
    show_case(desk)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"
        for widget in desk.window.findChildren(QAbstractButton)
        if widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or widget.text())
    ]  # fmt: skip

    assert nameless == []


def test_the_window_comes_back_as_it_was_left(desk: Desk, application: QApplication, tmp_path: Path) -> None:
    desk.window.resize(1111, 777)
    application.processEvents()
    desk.window.close()

    saved = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)

    assert saved.value("geometry") is not None
    assert saved.value("layout") is not None


def test_a_window_left_on_a_wider_screen_opens_in_a_size_for_this_one(desk: Desk, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "wide.ini"), QSettings.Format.IniFormat)
    left = bytearray(desk.window.saveGeometry().data())
    # Qt keeps the width of the screen behind two rectangles, the number of the screen and two marks.
    left[46:50] = (3 * desk.window.screen().size().width()).to_bytes(4, "big")
    settings.setValue("geometry", QByteArray(bytes(left)))

    again = MainWindow(settings)

    assert again.height() >= again.screen().availableSize().height() * 0.8
    again.deleteLater()


def test_a_window_furnished_after_it_is_painted_leaves_room_for_the_note(
    desk: Desk, application: QApplication, tmp_path: Path
) -> None:
    late = MainWindow(QSettings(str(tmp_path / "late.ini"), QSettings.Format.IniFormat))
    late.resize(1280, 780)
    late.show()
    application.processEvents()

    furnish(late, desk.session)
    Wiring(late, desk.session)
    application.processEvents()
    application.processEvents()

    heights = [dock.height() for dock in late.findChildren(QDockWidget) if dock.windowTitle() in RIGHT_DOCKS]
    assert len(heights) == 2
    # Of a low window three quarters, so that four findings are in sight; the explanation scrolls.
    assert max(heights) / sum(heights) == pytest.approx(0.74, abs=0.04)
    late.close()
    late.deleteLater()


def test_no_dock_lies_over_the_menus_at_the_next_start(desk: Desk, application: QApplication, tmp_path: Path) -> None:
    desk.window.close()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    again = furnished_window(desk.session, settings)
    Wiring(again, desk.session)
    again.show()
    application.processEvents()

    docks = [dock for dock in again.findChildren(QDockWidget) if dock.isVisible() and not dock.isFloating()]
    top = again.menuWidget().geometry().bottom()
    over = [dock.objectName() for dock in docks if 0 <= dock.y() <= top]

    assert len(docks) > 3
    assert over == []
    again.close()
    again.deleteLater()


def test_identity_and_research_use_stay_visible_in_a_narrow_window(desk: Desk, application: QApplication) -> None:
    show_case(desk)
    desk.window.resize(640, 480)
    application.processEvents()
    badge = next(label for label in desk.window.banner.findChildren(QLabel) if label.text() == RESEARCH_USE)

    assert desk.window.banner.isVisible()
    assert badge.isVisible()
    assert badge.mapTo(desk.window, badge.rect().topRight()).x() < desk.window.width()


def test_cine_can_be_played_once_the_pixels_are_there(desk: Desk) -> None:
    show_case(desk)
    cine = desk.window.actions_table["cine"]
    desk.window.view.show_image(None)
    assert not cine.isEnabled()

    desk.window.view.show_image(make_image(np.zeros((5, 8, 8), np.uint16)))

    assert cine.isEnabled()
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    QTest.keyClick(desk.window.canvas, Qt.Key.Key_C)
    assert desk.session.views.cine.is_playing


def test_layout_keys_divide_the_pane_and_the_second_window_opens_and_closes(
    application: QApplication, desk: Desk
) -> None:
    show_case(desk)
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    desk.window.canvas.setFocus()

    QTest.keyClick(desk.window.canvas, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(desk.window.canvas, Qt.Key.Key_Right)
    desk.window.actions_table["second_window"].trigger()
    application.processEvents()

    assert desk.window.viewports.shape == (2, 2)
    assert desk.window.second_window.isVisible()
    assert desk.window.second_window.grid.active_canvas.view_state is desk.window.view
    desk.window.second_window.close()
    assert desk.window.viewports.active_index == 0


def test_a_second_window_that_was_never_open_leaves_no_size_behind(desk: Desk, tmp_path: Path) -> None:
    desk.window.close()

    assert not QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat).contains("second geometry")


def test_the_second_window_opens_in_a_size_to_read_in(application: QApplication, desk: Desk) -> None:
    desk.window.actions_table["second_window"].trigger()
    application.processEvents()

    area = desk.window.screen().availableGeometry()
    assert desk.window.second_window.width() == area.width() * 2 // 3
    desk.window.second_window.close()


def test_no_widget_lies_over_the_window_outside_its_places(application: QApplication, desk: Desk) -> None:
    show_case(desk)
    application.processEvents()

    window = desk.window
    placed = (window.menuWidget(), window.centralWidget(), window.statusBar())
    loose = [
        child
        for child in window.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and child not in placed
    ]

    own = [child for child in loose if not isinstance(child, QDockWidget | QTabBar)]
    assert [child for child in own if not child.objectName().startswith("qt_qmainwindow")] == []


def test_a_narrow_toolbar_shows_icons_instead_of_cut_words(application: QApplication, desk: Desk) -> None:
    bar = desk.window.findChild(QToolBar, "toolbar")
    assert bar is not None
    pan = bar.widgetForAction(desk.window.actions_table["pan"])
    score = bar.widgetForAction(desk.window.actions_table["score"])
    assert isinstance(pan, QToolButton)
    assert isinstance(score, QToolButton)
    styles = []
    for width in (3000, 900):
        bar.resize(width, bar.height())
        styles.append((pan.toolButtonStyle(), score.toolButtonStyle()))

    with_words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert styles == [(with_words, with_words), (Qt.ToolButtonStyle.ToolButtonIconOnly, with_words)]
