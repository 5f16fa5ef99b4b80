"""From a gesture to series on the screen: surveyed first, read when looked at, told when it goes wrong."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from medmm.imaging import scan
from medmm.workflow.openings import suspects
from medmm.workflow.recent import recent_paths
from tests.ui.test_commands import FakeEngine
from tests.workflow.patients_on_disk import write_film, write_stack
from tests.workflow.test_openings import die_while_opening
from ui.commands import Commands, Session
from ui.recent_menu import RecentKeeper
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineState
from ui.state.notice_state import NoticeState
from ui.state.patient import Stage
from ui.state.series_store import Progress
from ui.tasks import Tasks

Spin = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def session(application: object) -> Iterator[Session]:
    tasks = Tasks()
    made = Session(CaseState(tasks), EngineState(tasks), NoticeState(tasks), tasks, FakeEngine())  # type: ignore[arg-type]
    yield made
    assert tasks.close(timeout_s=3.0)
    made.places.close()
    made.openings.close()


def opened(session: Session, path: Path, spin: Spin) -> Commands:
    commands = Commands(session)
    commands.open_paths([path])
    assert spin(lambda: session.cases.case is not None)
    return commands


def test_opening_shows_series_and_reads_no_pixels(session: Session, tmp_path: Path, spin: Spin) -> None:
    write_film(tmp_path / "p", 1)

    opened(session, tmp_path / "p", spin)

    assert session.cases.series is not None
    assert session.cases.image is None
    assert session.cases.pixels.status(session.cases.series_key).progress is Progress.NOT_READ


def test_a_series_is_read_when_it_is_asked_for(session: Session, tmp_path: Path, spin: Spin) -> None:
    write_stack(tmp_path / "p", 1, n_slices=5)
    commands = opened(session, tmp_path / "p", spin)

    commands.reading.read(session.cases.series_key)

    assert spin(lambda: session.cases.image is not None)
    assert session.cases.image is not None
    assert session.cases.image.n_slices == 5


def test_a_series_that_cannot_be_read_says_why_and_is_tried_again_when_chosen(
    session: Session, tmp_path: Path, spin: Spin
) -> None:
    film = write_film(tmp_path / "p", 1)
    commands = opened(session, tmp_path / "p", spin)
    whole = film.read_bytes()
    film.write_bytes(whole[:-20])
    key = session.cases.series_key

    commands.reading.read(key)
    assert spin(lambda: session.cases.pixels.status(key).progress is Progress.FAILED)
    problem = session.cases.pixels.status(key).problem
    film.write_bytes(whole)
    session.cases.select_series(key)

    assert problem is not None
    assert "'film001.dcm'" in problem.sentence
    assert session.cases.pixels.status(key).progress is Progress.NOT_READ


def test_a_folder_of_two_patients_becomes_two_and_the_first_is_shown(
    session: Session, tmp_path: Path, spin: Spin
) -> None:
    write_film(tmp_path / "p", 1)
    write_film(tmp_path / "p", 2, PatientID="P2", PatientName="OTHER^BERT", PatientBirthDate="19500505")

    opened(session, tmp_path / "p", spin)

    assert [p.identity.patient_id for p in session.cases.worklist.patients] == ["P1", "P2"]
    assert session.cases.current is session.cases.worklist.patients[0]


def test_one_of_two_patients_is_scored_without_the_files_of_the_other(
    session: Session, tmp_path: Path, spin: Spin
) -> None:
    write_film(tmp_path / "p", 1)
    write_film(tmp_path / "p", 2, PatientID="P2")
    commands = opened(session, tmp_path / "p", spin)

    commands.score()

    ((_, work, _),) = session.engine.asked  # type: ignore[attr-defined]
    assert work.sources.files == ("film001.dcm",)


def test_one_bad_place_does_not_stop_the_others(session: Session, tmp_path: Path, spin: Spin) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 no archive")
    write_film(tmp_path / "good", 1)

    Commands(session).open_paths([tmp_path / "bad.zip", tmp_path / "good"])

    patients = session.cases.worklist.patients
    assert spin(lambda: all(p.stage is Stage.OPEN for p in session.cases.worklist.patients))
    patients = session.cases.worklist.patients
    assert [(p.case is not None, p.problem is not None) for p in patients] == [(False, True), (True, False)]


def test_an_archive_is_removed_when_its_last_patient_is_closed(
    session: Session, tmp_path: Path, medmm_home: Path, spin: Spin
) -> None:
    film = write_film(tmp_path / "p", 1)
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(film, "film.dcm")
    commands = opened(session, path, spin)
    commands.reading.read(session.cases.series_key)
    assert spin(lambda: session.cases.image is not None)

    commands.close_patient()

    assert spin(lambda: list((medmm_home / "work").iterdir()) == [])


def test_a_start_opens_what_was_named_but_not_what_the_program_died_of(
    session: Session, tmp_path: Path, spin: Spin
) -> None:
    write_film(tmp_path / "bad", 1)
    write_film(tmp_path / "good", 1, PatientID="P2")
    die_while_opening(tmp_path / "bad")
    commands = Commands(session)

    commands.opening.open_unasked([tmp_path / "bad", tmp_path / "good"])

    assert spin(lambda: session.cases.case is not None)
    assert [p.folder.name for p in session.cases.worklist.patients] == ["good"]
    assert session.notices.notice is not None
    assert "'bad' was being opened when MedMM ended" in session.notices.notice.text

    commands.open_paths([tmp_path / "bad"])

    assert spin(lambda: suspects() == ())
    assert spin(lambda: len(session.cases.worklist.patients) == 2)


def test_opened_places_are_remembered_until_that_is_turned_off(session: Session, tmp_path: Path, spin: Spin) -> None:
    keeper = RecentKeeper(session.recent, session.tasks, session.notices)
    write_film(tmp_path / "p", 1)
    commands = opened(session, tmp_path / "p", spin)
    assert spin(lambda: recent_paths() == (tmp_path / "p",))

    session.settings.change(remember_recent=False)

    assert spin(lambda: recent_paths() == ())
    assert session.recent.paths == ()
    for made in (keeper, commands):
        made.deleteLater()


def test_cancelling_takes_a_place_off_the_list(session: Session, tmp_path: Path) -> None:
    write_film(tmp_path / "p", 1)
    commands = Commands(session)
    commands.open_paths([tmp_path / "p"])

    commands.cancel()

    assert session.cases.worklist.patients == ()


def test_reading_again_shows_what_came_since(session: Session, tmp_path: Path, spin: Spin) -> None:
    write_film(tmp_path / "p", 1)
    commands = opened(session, tmp_path / "p", spin)
    write_film(tmp_path / "p", 2)

    commands.read_again()

    assert spin(lambda: bool(session.cases.current) and len(session.cases.current.series) == 2)


def test_thumbnails_come_for_the_series_in_sight(session: Session, tmp_path: Path, spin: Spin) -> None:
    for number in range(3):
        write_film(tmp_path / "p", number)
    commands = opened(session, tmp_path / "p", spin)
    assert session.cases.current is not None
    keys = [series.key for series in session.cases.current.series]

    for key in keys:
        commands.reading.want_thumbnail(key)

    assert spin(lambda: all(session.cases.pixels.thumbnail(key) is not None for key in keys))
    assert session.cases.image is None


def test_a_series_that_grows_while_it_is_looked_at_is_read_as_a_whole_in_the_end(
    session: Session, tmp_path: Path, spin: Spin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "growing_scan", partial(scan.growing_scan, every_s=0.0))
    write_stack(tmp_path / "p", 1, n_slices=5)
    commands = Commands(session)
    seen: list[int] = []

    def look() -> None:
        key = session.cases.series_key
        status = session.cases.pixels.status(key)
        if key and status.progress is Progress.NOT_READ:
            seen.append(len(session.cases.series.paths) if session.cases.series else 0)
            commands.reading.read(key)

    session.cases.series_selected.connect(look)
    session.cases.case_changed.connect(look)
    commands.open_paths([tmp_path / "p"])

    assert spin(lambda: session.cases.image is not None)
    assert session.cases.image is not None
    assert session.cases.image.n_slices == 5
    assert seen[0] < 5
