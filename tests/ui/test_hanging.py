"""Hanging with real files: what stands where when a patient comes up, and what fills new viewports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from medmm.workflow.hanging import load_protocols
from tests.imaging.builders import UID_ROOT
from tests.ui.test_commands import FakeEngine
from tests.workflow.patients_on_disk import write_film
from ui.commands import Commands
from ui.hanging_menu import HangingMenu
from ui.session import Session
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks

pytestmark = pytest.mark.gui
Spin = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def session(application: object) -> Iterator[Session]:
    tasks = Tasks()
    made = Session(CaseState(tasks), EngineState(tasks), NoticeState(tasks), tasks, FakeEngine())  # type: ignore[arg-type]
    yield made
    assert tasks.close(timeout_s=3.0)
    made.places.close()
    made.openings.close()


def film(folder: Path, number: int, view: str, *, date: str = "20260102", study: int = 1) -> None:
    uid = f"{UID_ROOT}.70.{study}"
    write_film(folder, number, ViewPosition=view, StudyDate=date, StudyInstanceUID=uid, SeriesDescription=view)


def shown_views(session: Session) -> list[str]:
    """Name what each viewport that is seen shows, as view position and study date."""
    found = []
    for viewport in session.views.viewports.shown():
        series = session.cases.worklist.series(session.cases.shown.key_of(viewport))
        found.append(f"{series.header.view_position} {series.header.study_date}" if series else "")
    return found


def opened(session: Session, folder: Path, spin: Spin) -> None:
    Commands(session).open_paths([folder])
    assert spin(lambda: session.cases.case is not None)


def test_a_pair_with_a_prior_frontal_film_hangs_above_it(session: Session, tmp_path: Path, spin: Spin) -> None:
    session.hanging.set_protocols(load_protocols().protocols)
    film(tmp_path / "p", 1, "LL")
    film(tmp_path / "p", 2, "PA")
    film(tmp_path / "p", 3, "PA", date="20250101", study=2)

    opened(session, tmp_path / "p", spin)

    assert spin(lambda: session.views.viewports.shape == (2, 2))
    assert shown_views(session) == ["PA 20260102", "LL 20260102", "PA 20250101", ""]
    assert session.views.viewports.active_index == 0
    assert session.cases.series_key == session.cases.shown.key_of(0)


def test_protocols_that_come_late_hang_what_is_open(session: Session, tmp_path: Path, spin: Spin) -> None:
    film(tmp_path / "p", 1, "PA")
    film(tmp_path / "p", 2, "LL")
    opened(session, tmp_path / "p", spin)

    session.hanging.set_protocols(load_protocols().protocols)

    assert shown_views(session) == ["PA 20260102", "LL 20260102"]


def test_the_next_patient_without_a_protocol_gets_one_viewport(session: Session, tmp_path: Path, spin: Spin) -> None:
    session.hanging.set_protocols(load_protocols().protocols)
    film(tmp_path / "p", 1, "PA")
    film(tmp_path / "p", 2, "LL")
    write_film(tmp_path / "q", 9, PatientID="P2", PatientName="OTHER^BERT", ViewPosition="PA")
    opened(session, tmp_path / "p", spin)
    assert spin(lambda: session.views.viewports.shape == (1, 2))

    opened(session, tmp_path / "q", spin)
    session.cases.select(session.cases.worklist.patients[1].key)

    assert spin(lambda: session.views.viewports.shape == (1, 1))


def test_more_viewports_are_filled_with_what_is_not_shown_yet(session: Session, tmp_path: Path, spin: Spin) -> None:
    for number in range(1, 6):
        film(tmp_path / "p", number, "")
    opened(session, tmp_path / "p", spin)
    session.cases.shown.show(0, session.cases.series_key)

    session.views.viewports.set_shape((2, 2))

    keys = [session.cases.shown.key_of(viewport) for viewport in range(4)]
    assert len(set(keys)) == 4
    assert all(keys)


def test_the_menu_offers_what_fits_and_hangs_it(session: Session, tmp_path: Path, spin: Spin) -> None:
    session.hanging.set_protocols(load_protocols().protocols)
    film(tmp_path / "p", 1, "PA")
    film(tmp_path / "p", 2, "LL")
    film(tmp_path / "p", 3, "AP", date="20250101", study=2)
    opened(session, tmp_path / "p", spin)
    assert spin(lambda: session.views.viewports.shape == (2, 2))
    menu = HangingMenu(session.hanging)

    menu.aboutToShow.emit()
    offered = {action.text(): action for action in menu.actions() if action.isEnabled() and action.text()}
    offered["Chest: frontal, prior beside it"].trigger()

    assert "Mammography: CC above, MLO below" not in offered
    assert shown_views(session) == ["PA 20260102", "AP 20250101"]
