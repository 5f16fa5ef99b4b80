"""The real thing once: a shipped patient, a real engine process with random weights, result and report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from medmm.core.settings import Settings
from medmm.workflow.engine_process import EngineProcess
from medmm.workflow.samples import first_sample
from tests.models.builders import make_bundle
from ui.assembly import make_window
from ui.commands import Session
from ui.engine import Engine
from ui.main_window import MainWindow
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.tasks import Tasks
from ui.wiring import Wiring

# A run takes 20 s of processor time; a machine that trains a model beside it needs many times that.
pytestmark = [pytest.mark.gui, pytest.mark.slow, pytest.mark.timeout(900)]
PATIENCE_S = 400


def wait_for(application: QApplication, condition: object) -> bool:
    deadline = monotonic() + PATIENCE_S
    while monotonic() < deadline:
        application.processEvents()
        if condition():  # type: ignore[operator]
            return True
        sleep(0.02)
    return False


@pytest.fixture
def desk(application: QApplication, tmp_path: Path) -> Iterator[tuple[Session, MainWindow, Wiring]]:
    """A window with a real engine process behind it, closed whatever happens in the test."""
    bundle = make_bundle(tmp_path / "bundle")
    tasks = Tasks()
    state = EngineState(tasks)
    engine = Engine(tasks, state, lambda: EngineProcess(bundle, device="cpu", settings=Settings()))
    session = Session(CaseState(tasks), state, NoticeState(tasks), tasks, engine)
    window, wiring = make_window(session, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    window.show()
    yield session, window, wiring
    window.close()
    application.processEvents()
    window.deleteLater()


def test_a_patient_is_read_scored_explained_and_reported(
    application: QApplication, desk: tuple[Session, MainWindow, Wiring], tmp_path: Path
) -> None:
    session, window, wiring = desk
    cases = session.cases
    wiring.wake([first_sample()])

    assert wait_for(application, lambda: cases.case is not None)
    window.actions_table["score"].trigger()
    assert wait_for(application, lambda: cases.result is not None or session.notices.notice is not None)
    assert session.notices.notice is None
    assert cases.result is not None
    assert {finding.name for finding in cases.result.findings} == {"pneumonia", "nodule"}

    report = tmp_path / "report.pdf"
    wiring.commands.export_pdf(report)
    assert wait_for(application, lambda: session.notices.notice is not None)
    assert report.read_bytes().startswith(b"%PDF")
