"""Presentation states of a real folder: offered for the image they name, chosen, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QMenu

from medmm.core.case import CaseSources
from medmm.workflow.open_case import open_case
from tests.imaging.builders import make_data_set, write_data_set
from tests.imaging.presentation_builders import make_item, write_presentation
from ui.commands import Session
from ui.presentations import Presentations
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.state.view_state import ViewState
from ui.tasks import Tasks

Spin = Callable[[Callable[[], bool]], bool]
RAMP = np.arange(120, dtype=np.uint16).reshape(12, 10)


@pytest.fixture
def session(application: object, tmp_path: Path) -> Iterator[Session]:
    folder = tmp_path / "patient"
    folder.mkdir()
    film, other = make_data_set(RAMP), make_data_set(RAMP, SOPInstanceUID="1.2.3")
    write_data_set(folder / "film", film)
    window = [make_item(WindowCenter="50", WindowWidth="30")]
    write_presentation(folder / "state", [film], SoftcopyVOILUTSequence=window)
    write_presentation(folder / "foreign", [other], SOPInstanceUID="1.2.4", ContentDescription="Of another image")
    tasks = Tasks()
    made = Session(CaseState(tasks), EngineState(tasks), NoticeState(tasks), tasks, None)  # type: ignore[arg-type]
    key = made.cases.add(folder)
    made.cases.set_case(key, open_case(CaseSources(folder)))
    made.cases.select(key)
    yield made
    assert tasks.close(timeout_s=3.0)


@pytest.fixture
def view(session: Session) -> ViewState:
    shown = ViewState()
    shown.show_image(session.cases.image)
    return shown


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_only_states_that_name_the_image_are_offered(session: Session, view: ViewState) -> None:
    menu = QMenu()

    Presentations(session).fill(menu, view)

    assert titles(menu) == ["None: as the file says", "READ: First reading   3 Jan 2026"]
    assert [action.isChecked() for action in menu.actions()] == [True, False]


def test_a_chosen_state_is_read_and_seen_and_none_goes_back(session: Session, view: ViewState, spin: Spin) -> None:
    states, menu = Presentations(session), QMenu()
    states.fill(menu, view)

    menu.actions()[1].trigger()

    assert spin(lambda: view.shown.presented is not None)
    assert view.shown.is_presented
    marked = QMenu()
    states.fill(marked, view)
    assert [action.isChecked() for action in marked.actions()] == [False, True]

    marked.actions()[0].trigger()
    assert view.shown.presented is None


def test_a_state_that_is_gone_is_said_so_and_the_image_stays(session: Session, view: ViewState, spin: Spin) -> None:
    states = Presentations(session)
    (document,) = states.offered(view.image)
    document.path.unlink()

    states.choose(view, document)

    assert spin(lambda: session.notices.notice is not None)
    assert view.shown.presented is None


def test_an_image_without_states_says_so(session: Session) -> None:
    menu = QMenu()

    Presentations(session).fill(menu, ViewState())

    assert titles(menu) == ["No presentation state refers to this image"]
    assert not menu.actions()[0].isEnabled()
