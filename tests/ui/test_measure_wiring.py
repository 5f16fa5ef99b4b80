"""Measuring in the whole window: actions, jumps, and the study that undo acts on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from medmm.core.image import MedicalImage, StudyHeader
from medmm.core.measurement import Measurement, MeasurementKind
from medmm.imaging.slice_place import place_of
from medmm.workflow.measurements import load_measurements, save_measurements
from tests.ui.builders import make_case
from tests.ui.test_engine import FakeProcess
from tests.ui.viewer.builders import make_image
from ui.engine import Engine
from ui.furniture import furnished_window
from ui.main_window import MainWindow
from ui.session import Session
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.measurement_state import MeasurementState
from ui.state.notice_state import NoticeState
from ui.state.view_state import Tool
from ui.tasks import Tasks
from ui.wiring import Wiring

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]


def stack(study: str, *, first_uid: int) -> MedicalImage:
    header = StudyHeader(modality="CT", study_uid=study, series_uid=f"{study}.1")
    image = make_image(np.zeros((5, 40, 40), np.int16), header=header)
    own = (
        replace(one, sop_instance_uid=f"1.2.{first_uid + number}", path=Path(f"/{study}/{number}"))
        for number, one in enumerate(image.instances)
    )
    return replace(image, instances=tuple(own))


NOW, PRIOR = stack("1.7", first_uid=100), stack("1.8", first_uid=200)


@dataclass
class Room:
    """A window with two studies open."""

    window: MainWindow
    session: Session

    @property
    def state(self) -> MeasurementState:
        return self.session.desk.state

    def measure(self, image: MedicalImage, slice_index: int) -> Measurement:
        made = self.state.make(MeasurementKind.LENGTH, place_of(image, slice_index), ((1.0, 1.0), (9.0, 9.0)))
        self.state.add(made)
        return made

    def key_of(self, image: MedicalImage) -> str:
        series = self.session.cases.current.series if self.session.cases.current else ()
        return next(one.key for one in series if one.header.study_uid == image.header.study_uid)


@pytest.fixture
def room(application: QApplication, tmp_path: Path) -> Iterator[Room]:
    tasks = Tasks()
    state = EngineState(tasks)
    engine = Engine(tasks, state, FakeProcess)  # type: ignore[arg-type]
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    window = furnished_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    Wiring(window, session)
    window.show()
    key = session.cases.add(Path("/patients/a"))
    session.cases.select(key)
    session.cases.set_case(key, replace(make_case(), images=(NOW, PRIOR)))
    application.processEvents()
    yield Room(window, session)
    window.close()
    window.deleteLater()
    application.processEvents()


def test_the_tools_have_their_keys(room: Room) -> None:
    for key, tool in ((Qt.Key.Key_L, Tool.LENGTH), (Qt.Key.Key_A, Tool.ANGLE), (Qt.Key.Key_E, Tool.ELLIPSE)):
        room.window.activateWindow()
        QTest.keyClick(room.window.canvas, key)
        assert room.window.view.tool is tool
    QTest.keyClick(room.window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)

    assert room.window.view.tool is Tool.COBB


def test_delete_undo_and_redo_are_actions_that_say_what_they_do(room: Room) -> None:
    actions = room.window.actions_table
    assert not any(actions[name].isEnabled() for name in ("undo", "redo", "delete_measurement"))
    made = room.measure(NOW, 2)

    actions["delete_measurement"].trigger()
    assert room.state.on_slice(made.place) == ()
    assert actions["undo"].text() == "&Undo delete Length 1"
    actions["undo"].trigger()
    assert room.state.on_slice(made.place) == (made,)
    actions["redo"].trigger()

    assert room.state.on_slice(made.place) == ()


def test_f2_opens_the_list_and_edits_the_name(room: Room, spin: Spin) -> None:
    made = room.measure(NOW, 2)
    room.window.measurements_dock.close()

    room.window.actions_table["rename_measurement"].trigger()
    assert spin(room.window.measurements.isVisible)
    (editor,) = room.window.measurements.findChildren(QLineEdit)
    editor.setText("Nodule")
    QTest.keyClick(editor, Qt.Key.Key_Return)

    assert spin(lambda: room.state.on_slice(made.place) == (replace(made, name="Nodule"),))


def test_backspace_on_the_image_deletes_the_selected_one(room: Room) -> None:
    made = room.measure(NOW, 2)

    QTest.keyClick(room.window.canvas, Qt.Key.Key_Backspace)

    assert room.state.on_slice(made.place) == ()


def test_undo_acts_on_the_study_in_the_active_viewport(room: Room) -> None:
    room.session.cases.select_series(room.key_of(PRIOR))
    here, there = room.measure(NOW, 2), room.measure(PRIOR, 2)
    room.session.cases.select_series(room.key_of(NOW))

    room.window.actions_table["undo"].trigger()

    assert room.state.on_slice(here.place) == ()
    assert room.state.on_slice(there.place) == (there,)


def test_delete_and_undo_leave_a_patient_alone_who_is_no_longer_seen(room: Room) -> None:
    there = room.measure(NOW, 2)
    other = room.session.cases.add(Path("/patients/b"))

    room.session.cases.select(other)
    QTest.keyClick(room.window.canvas, Qt.Key.Key_Backspace)
    for name in ("delete_measurement", "undo"):
        room.window.actions_table[name].trigger()

    assert room.state.on_slice(there.place) == (there,)
    assert not any(room.window.actions_table[name].isEnabled() for name in ("delete_measurement", "undo"))


def test_a_jump_goes_to_the_series_and_the_slice(room: Room) -> None:
    room.session.cases.select_series(room.key_of(NOW))
    there = room.measure(PRIOR, 4)

    room.state.jump_to(there)

    assert room.window.view.image is PRIOR
    assert room.window.view.slice_index == 4


def test_a_jump_to_a_series_out_of_memory_waits_for_it(room: Room) -> None:
    room.session.cases.select_series(room.key_of(NOW))
    there, pixels = room.measure(PRIOR, 4), room.session.cases.pixels
    key = room.key_of(PRIOR)
    pixels.drop([key])
    pixels.begin(key)

    room.state.jump_to(there)
    assert room.session.cases.series_key == key
    pixels.put(key, PRIOR)

    assert room.window.view.image is PRIOR
    assert room.window.view.slice_index == 4


def test_hidden_measurements_are_off_the_image_until_one_is_asked_for(room: Room) -> None:
    made = room.measure(NOW, 2)

    room.window.actions_table["hide_measurements"].trigger()
    assert room.state.on_slice(made.place) == ()
    room.state.jump_to(made)

    assert room.state.on_slice(made.place) == (made,)
    assert not room.window.actions_table["hide_measurements"].isChecked()


def test_closing_the_window_saves(room: Room) -> None:
    made = room.measure(NOW, 2)

    room.window.close()

    assert load_measurements(["1.7"]).measurements == (made,)


def test_every_study_of_a_patient_brings_its_measurements(room: Room, spin: Spin) -> None:
    other = stack("1.9", first_uid=300)
    old = Measurement("old", MeasurementKind.POINT, place_of(other, 0), ((1.0, 1.0),), "Point 1")
    save_measurements("1.9", [old], known=frozenset())

    key = room.session.cases.add(Path("/patients/b"))
    room.session.cases.select(key)
    room.session.cases.set_case(key, replace(make_case(), images=(NOW, other)))

    assert spin(lambda: room.state.on_slice(old.place) == (old,))
