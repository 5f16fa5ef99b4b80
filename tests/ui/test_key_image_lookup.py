"""K marks the slice shown: by real keys, in a real window, kept on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medmm.core.case import CaseSources
from medmm.workflow.key_images import load_key_images
from medmm.workflow.open_case import open_case
from tests.imaging.builders import UID_ROOT, write_slice
from tests.imaging.document_builders import make_reference, write_key_objects
from tests.ui.test_engine import FakeProcess
from ui.commands import Session
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.key_image_lookup import KeyImageLookup
from ui.main_window import MainWindow
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]


@dataclass
class Desk:
    """A window, and what marks key images in it."""

    window: MainWindow
    session: Session
    wiring: Wiring
    lookup: KeyImageLookup

    def show(self, folder: Path) -> None:
        key = self.session.cases.add(folder)
        self.session.cases.select(key)
        self.session.cases.set_case(key, open_case(CaseSources(folder)))
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.lookup.list.rows]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.canvas, key, modifier)


@pytest.fixture
def start(application: QApplication, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    opened: list[Desk] = []

    def make() -> Desk:
        tasks = Tasks()
        state = EngineState(tasks)
        engine = Engine(tasks, state, FakeProcess)  # type: ignore[arg-type]
        session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
        window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        wiring = Wiring(window, session)
        window.show()
        lookup = window.findChild(KeyImageLookup)
        assert lookup is not None
        opened.append(Desk(window, session, wiring, lookup))
        return opened[-1]

    yield make
    for desk in opened:
        desk.window.close()
        desk.window.deleteLater()
    application.processEvents()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "patient"
    made.mkdir()
    for at in range(3):
        write_slice(made, at, 2.0 * at, SeriesNumber=3)
    return made


def saved() -> list[str]:
    return [place.sop_instance_uid for place in load_key_images([f"{UID_ROOT}.2"]).places]


def test_k_marks_and_unmarks_the_slice_shown_and_undo_takes_it_back(
    start: Callable[[], Desk], folder: Path, spin: Spin
) -> None:
    desk = start()
    desk.show(folder)

    desk.press(Qt.Key.Key_K)
    assert desk.window.canvas._key_line == "★ key image"
    assert desk.window.actions_table["key_image"].isChecked()
    assert desk.titles == ["image 1 of series 3"]
    assert spin(lambda: saved() == [f"{UID_ROOT}.9.1"])
    desk.press(Qt.Key.Key_Down)
    assert desk.window.canvas._key_line == ""
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert desk.titles == []
    assert spin(lambda: saved() == [])


def test_marks_are_there_in_the_next_session(start: Callable[[], Desk], folder: Path, spin: Spin) -> None:
    first = start()
    first.show(folder)
    first.press(Qt.Key.Key_K)
    first.wiring.hand_over()

    second = start()
    second.show(folder)

    assert spin(lambda: second.titles == ["image 1 of series 3"])
    assert not second.session.desk.state.undo_group.canUndo()


def test_the_list_and_shift_k_go_to_the_slices(start: Callable[[], Desk], folder: Path) -> None:
    write_key_objects(folder / "ko", make_reference(f"{UID_ROOT}.9.2"))
    desk = start()
    desk.show(folder)
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_K)
    assert desk.titles == ["image 0 of series 3", "image 2 of series 3"]

    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)

    assert desk.window.view.slice_index == 2
    assert desk.window.canvas._key_line == "★ For Teaching"
    desk.lookup.list.setCurrentRow(0)
    QTest.keyClick(desk.lookup.list, Qt.Key.Key_Return)
    assert desk.window.view.slice_index == 0


def test_a_selection_of_another_patient_does_not_count(start: Callable[[], Desk], folder: Path, tmp_path: Path) -> None:
    write_key_objects(folder / "ko", make_reference(f"{UID_ROOT}.9.1"))
    other = tmp_path / "other"
    other.mkdir()
    write_slice(other, 1, 0.0)
    desk = start()
    desk.show(folder)
    assert len(desk.titles) == 1

    desk.show(other)

    assert desk.titles == []
