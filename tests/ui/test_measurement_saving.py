"""What was measured is there again in the next session, whatever ends this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from medmm.core.errors import StorageError
from medmm.core.measurement import Measurement, MeasurementKind
from medmm.imaging.slice_place import place_of
from medmm.workflow.measurements import load_measurements
from tests.ui.builders import make_case
from ui.measurement_saving import MeasurementSaving
from ui.state.case_state import CaseState
from ui.state.measurement_state import MeasurementState
from ui.state.measuring_desk import MeasuringDesk
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks

Spin = Callable[[Callable[[], bool]], bool]
ENDS = ((0.0, 0.0), (3.0, 4.0))


@dataclass
class Session:
    """The states of one window without the window."""

    tasks: Tasks
    cases: CaseState
    notices: NoticeState
    measurements: MeasurementState
    saving: MeasurementSaving

    def open(self) -> None:
        key = self.cases.add(Path("/patients/a"))
        self.cases.select(key)
        self.cases.set_case(key, CASE)

    def draw(self) -> Measurement:
        made = self.measurements.make(MeasurementKind.LENGTH, PLACE, ENDS)
        self.measurements.add(made)
        return made


CASE = make_case()
PLACE = place_of(CASE.images[0], 0)


def saved() -> tuple[Measurement, ...]:
    return load_measurements([PLACE.document]).measurements


@pytest.fixture
def start(application: object) -> Iterator[Callable[[], Session]]:
    opened: list[Session] = []

    def make() -> Session:
        tasks, desk = Tasks(), MeasuringDesk()
        cases, notices = CaseState(tasks), NoticeState(tasks)
        saving = MeasurementSaving(desk, cases, notices, tasks)
        opened.append(Session(tasks, cases, notices, desk.state, saving))
        return opened[-1]

    yield make
    for session in opened:
        session.tasks.close(2.0)


def test_a_change_is_saved_by_itself_and_read_in_the_next_session(start: Callable[[], Session], spin: Spin) -> None:
    first, second = start(), start()
    first.open()
    made = first.draw()
    assert spin(lambda: saved() == (made,))

    second.open()

    assert spin(lambda: second.measurements.on_slice(PLACE) == (made,))
    assert not second.measurements.undo_group.canUndo()


def test_closing_at_once_loses_nothing(start: Callable[[], Session]) -> None:
    session = start()
    session.open()
    made = session.draw()

    session.saving.flush()
    session.tasks.close(2.0)

    assert saved() == (made,)


def test_a_change_while_an_older_one_is_written_is_saved_after_it(start: Callable[[], Session], spin: Spin) -> None:
    session = start()
    session.open()
    made = session.draw()
    session.saving.writer.save_now()
    session.measurements.rename(made, "Nodule")

    assert spin(lambda: [entry.name for entry in saved()] == ["Nodule"])


def test_cancelling_all_work_does_not_cancel_the_saving(start: Callable[[], Session], spin: Spin) -> None:
    session = start()
    session.open()
    made = session.draw()
    session.saving.writer.save_now()

    session.tasks.cancel_all()

    assert spin(lambda: saved() == (made,))


def test_closing_the_patient_does_not_lose_the_last_change(start: Callable[[], Session], spin: Spin) -> None:
    session = start()
    session.open()
    made = session.draw()
    key = session.cases.key

    session.tasks.forget(key)
    session.cases.remove(key)

    assert spin(lambda: saved() == (made,))


def test_a_full_disk_is_told_and_the_next_change_tries_again(
    start: Callable[[], Session], spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = start()
    session.open()
    with monkeypatch.context() as patch:
        patch.setattr("ui.measurement_saving.save_measurements", _full_disk)
        made = session.draw()
        assert spin(lambda: session.notices.notice is not None)
    assert session.notices.notice is not None
    assert session.notices.notice.text == "File.json could not be written (9 bytes needed): disk full."

    session.measurements.rename(made, "Nodule")

    assert spin(lambda: saved() == (replace(made, name="Nodule"),))


def test_a_damaged_file_is_told_in_one_sentence(start: Callable[[], Session], spin: Spin, medmm_home: Path) -> None:
    first, second = start(), start()
    first.open()
    first.draw()
    first.saving.flush()
    path = next((medmm_home / "measurements").glob("*.json"))
    path.write_text("{", encoding="utf-8")

    second.open()

    assert spin(lambda: second.notices.notice is not None)
    assert second.notices.notice is not None
    assert second.notices.notice.text == ("The saved measurements of this study are damaged and could not be read.")


def _full_disk(*_args: object, **_named: object) -> None:
    raise StorageError("file.json could not be written (9 bytes needed): disk full")
