"""What was open comes back when it is asked for: patients, the one shown, layout and series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from medmm.core.resources import resource
from medmm.core.settings import Settings
from medmm.workflow.last_session import LastSession, read_last_session, store_last_session
from tests.ui.test_engine import FakeProcess
from ui.engine import Engine
from ui.opening import Opening
from ui.restoring import Restoring
from ui.session import Session
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.state.settings_state import SettingsState
from ui.tasks import Tasks

Spin = Callable[[Callable[[], bool]], bool]
FILMS = (resource("samples", "chest_pneumonia"), resource("samples", "chest_chinese"))


@dataclass
class Run:
    """One run of the program, without its window."""

    session: Session
    opening: Opening
    restoring: Restoring


@pytest.fixture
def start(application: QApplication) -> Iterator[Callable[[str], Run]]:
    owner, runs = QObject(), list[Run]()

    def begin(wish: str) -> Run:
        tasks = Tasks()
        state = EngineState(tasks)
        engine = Engine(tasks, state, FakeProcess)  # type: ignore[arg-type]
        settings = SettingsState(Settings(restore_session=wish))
        session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine, settings)
        opening = Opening(session, owner)
        runs.append(Run(session, opening, Restoring(session, opening, owner)))
        return runs[-1]

    yield begin
    for run in runs:
        run.session.tasks.close(timeout_s=3)
        run.opening.close()
    owner.deleteLater()


def all_read(run: Run, n: int) -> bool:
    patients = run.session.cases.worklist.patients
    return len(patients) == n and all(patient.case is not None for patient in patients)


def work(run: Run, spin: Spin) -> str:
    """Open two patients, show the second one's film in the second of four viewports; give its key."""
    run.opening.open_paths(FILMS)
    assert spin(lambda: all_read(run, 2))
    cases, layout = run.session.cases, run.session.views.viewports
    second = cases.worklist.patients[1]
    cases.select(second.key)
    layout.set_shape((2, 2))
    layout.activate(1)
    cases.shown.show(1, second.series[0].key)
    run.restoring.store()
    return second.series[0].key


def test_the_last_session_is_offered_and_comes_back_when_asked_for(
    start: Callable[[str], Run], spin: Spin, medmm_home: Path
) -> None:
    former = start("ask")
    series = work(former, spin)
    patient = former.session.cases.key

    now = start("ask")
    now.restoring.load()
    assert spin(lambda: now.session.last.last is not None)
    assert now.session.cases.worklist.patients == ()
    now.restoring.restore()

    assert spin(lambda: all_read(now, 2) and now.session.cases.shown.key_of(1) == series)
    assert now.session.cases.key == patient
    assert now.session.views.viewports.shape == (2, 2)
    assert now.session.views.viewports.active_index == 1
    assert now.session.last.last is None


def test_it_opens_by_itself_only_where_the_user_wants_that(
    start: Callable[[str], Run], spin: Spin, medmm_home: Path
) -> None:
    work(start("always"), spin)
    now = start("always")

    now.restoring.load()

    assert spin(lambda: all_read(now, 2))


def test_never_means_that_nothing_is_kept(start: Callable[[str], Run], spin: Spin, medmm_home: Path) -> None:
    store_last_session(LastSession((Path("/patients/a"),)))

    work(start("never"), spin)

    assert read_last_session() is None


def test_an_offer_that_was_not_taken_stands_at_the_next_start(
    start: Callable[[str], Run], spin: Spin, medmm_home: Path
) -> None:
    stored = LastSession((Path("/patients/a"),), "abc")
    store_last_session(stored)
    run = start("ask")
    run.restoring.load()
    assert spin(lambda: run.session.last.last is not None)

    run.restoring.store()

    assert read_last_session() == stored


def test_a_patient_chosen_meanwhile_stays(start: Callable[[str], Run], spin: Spin, medmm_home: Path) -> None:
    work(start("ask"), spin)
    now = start("ask")
    now.restoring.load()
    assert spin(lambda: now.session.last.last is not None)
    now.restoring.restore()
    assert spin(lambda: len(now.session.cases.worklist.patients) == 2)
    other = now.session.cases.worklist.patients[1].key

    now.session.cases.select(other)

    assert spin(lambda: all_read(now, 2))
    assert now.session.cases.key == other
    assert now.session.views.viewports.shape == (1, 1)
