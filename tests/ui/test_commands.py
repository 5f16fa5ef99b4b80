"""What the user can do, against the real reading code and a fake engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from medmm.core.case import CaseSources
from tests.ui.builders import make_case, make_result
from ui.commands import Commands, Session
from ui.opening import to_sources
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.state.patient import Stage
from ui.tasks import Handlers, Tasks

Spin = Callable[[Callable[[], bool]], bool]


class FakeEngine:
    """Takes cases and keeps the handlers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object, Handlers]] = []

    def score(self, key: str, work: object, handlers: Handlers) -> None:
        self.asked.append((key, work, handlers))

    def cancel(self, key: str) -> None:
        for asked, _, handlers in self.asked:
            if asked == key:
                handlers.cancelled()

    def forget(self, key: str) -> None:
        self.asked = [asked for asked in self.asked if asked[0] != key]


@pytest.fixture
def session(application: object) -> Iterator[Session]:
    tasks = Tasks()
    yield Session(CaseState(tasks), EngineState(tasks), NoticeState(tasks), tasks, FakeEngine())  # type: ignore[arg-type]
    assert tasks.close(timeout_s=3.0)


@pytest.fixture
def patient_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "patient"
    folder.mkdir()
    (folder / "note.txt").write_text("Patient ID: 7\n\nHistory: cough and fever for three days.\n", encoding="utf-8")
    return folder


def test_loose_files_of_one_folder_are_one_patient_and_archives_are_each_their_own(tmp_path: Path) -> None:
    for name in ("a.dcm", "b.txt", "one.zip", "two.zip"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "other").mkdir()

    places = to_sources([tmp_path / name for name in ("a.dcm", "b.txt", "one.zip", "two.zip", "other")])

    assert set(places) == {
        CaseSources(tmp_path, files=("a.dcm", "b.txt")),
        CaseSources(tmp_path / "one.zip"),
        CaseSources(tmp_path / "two.zip"),
        CaseSources(tmp_path / "other"),
    }
    assert to_sources([tmp_path / "a.dcm"]) == (CaseSources(tmp_path / "a.dcm"),)


def test_opening_a_folder_reads_it_in_the_background(session: Session, patient_folder: Path, spin: Spin) -> None:
    Commands(session).open_paths([patient_folder])

    assert session.cases.current is not None
    assert session.cases.current.stage is Stage.READING
    assert spin(lambda: session.cases.case is not None)
    assert session.cases.case is not None
    assert session.cases.case.notes[0].text.startswith("Patient ID: 7")


def test_a_folder_that_cannot_be_read_says_why(session: Session, tmp_path: Path, spin: Spin) -> None:
    (tmp_path / "empty").mkdir()

    Commands(session).open_paths([tmp_path / "empty"])

    assert spin(lambda: bool(session.cases.current and session.cases.current.problem))
    assert session.cases.current is not None
    assert session.cases.current.problem is not None
    assert "'empty'" in session.cases.current.problem.sentence


def test_a_case_with_an_identity_conflict_is_not_scored(session: Session) -> None:
    key = session.cases.add(Path("/patients/a"))
    session.cases.select(key)
    session.cases.set_case(key, make_case(stop=True))

    Commands(session).score()

    assert session.engine.asked == []  # type: ignore[attr-defined]


def test_the_reason_of_an_override_travels_with_the_sources(
    session: Session, monkeypatch: pytest.MonkeyPatch, spin: Spin
) -> None:
    read: list[CaseSources] = []

    def fake_survey(sources: CaseSources, root: Path, **_rest: object) -> object:
        read.append(sources)
        return (make_case(),)

    monkeypatch.setattr("ui.opening.survey", fake_survey)
    monkeypatch.setattr(session.places, "open", lambda path: path)
    key = session.cases.add(Path("/patients/a"))
    session.cases.select(key)
    session.cases.set_case(key, make_case(stop=True))

    Commands(session).score_anyway("  same person, renamed  ")

    assert spin(lambda: len(session.engine.asked) == 1)  # type: ignore[attr-defined]
    assert read[0].identity_override == "same person, renamed"


def test_a_cancelled_run_leaves_the_former_result_valid(session: Session) -> None:
    key = session.cases.add(Path("/patients/a"))
    session.cases.select(key)
    session.cases.set_case(key, make_case())
    session.cases.set_result(key, make_result())
    commands = Commands(session)
    commands.score()
    assert session.cases.current is not None
    assert session.cases.current.is_previous

    commands.cancel()

    assert session.cases.current.stage is Stage.SCORED
    assert not session.cases.current.is_previous


def test_closing_a_patient_forgets_its_work(session: Session) -> None:
    key = session.cases.add(Path("/patients/a"))
    session.cases.select(key)
    session.cases.set_case(key, make_case())
    commands = Commands(session)
    commands.score()

    commands.close_patient()

    assert session.engine.asked == []  # type: ignore[attr-defined]
    assert session.cases.worklist.patients == ()
