"""A watched folder: patients are scored once they are complete and quiet, each once."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from medmm.core.errors import Cancelled
from medmm.core.progress import CancelToken
from medmm.storage.results import ResultStore
from medmm.workflow.batch import BatchJob
from medmm.workflow.batch_watch import Arrivals, watch_folder
from tests.workflow.test_batch import CountingEngine, rows

WAIT_S = 20.0


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def write_patient(root: Path, name: str, text: str = "MRN: 1\ncough") -> Path:
    (root / name).mkdir(parents=True, exist_ok=True)
    (root / name / "note.txt").write_text(text, encoding="utf-8")
    return root / name


def test_a_folder_that_still_grows_has_not_arrived(tmp_path: Path) -> None:
    clock = Clock()
    arrivals = Arrivals(tmp_path, quiet_s=10, clock=clock)
    folder = write_patient(tmp_path, "a")
    assert list(arrivals.settled()) == []
    clock.now = 9
    (folder / "vitals.csv").write_text("time\n", encoding="utf-8")
    assert list(arrivals.settled()) == []
    clock.now = 18
    assert (list(arrivals.settled()), arrivals.n_waiting) == ([], 1)
    clock.now = 19
    assert list(arrivals.settled()) == [folder]
    clock.now = 99
    assert (list(arrivals.settled()), arrivals.n_waiting) == ([], 0)


def test_a_file_that_grows_deep_below_counts(tmp_path: Path) -> None:
    clock = Clock()
    arrivals = Arrivals(tmp_path, quiet_s=10, clock=clock)
    write_patient(tmp_path / "a", "study")
    list(arrivals.settled())
    clock.now = 5
    write_patient(tmp_path / "a", "study", "MRN: 1\ncough and fever")
    list(arrivals.settled())
    clock.now = 12
    assert list(arrivals.settled()) == []


def test_a_folder_that_is_taken_away_is_forgotten(tmp_path: Path) -> None:
    arrivals = Arrivals(tmp_path, quiet_s=10)
    folder = write_patient(tmp_path, "a")
    list(arrivals.settled())
    (folder / "note.txt").unlink()
    folder.rmdir()
    assert (list(arrivals.settled()), arrivals.n_waiting) == ([], 0)


def test_patients_are_scored_as_they_arrive_until_it_is_stopped(tmp_path: Path) -> None:
    root, out, cancel, engine = tmp_path / "root", tmp_path / "out", CancelToken(), CountingEngine()
    write_patient(root, "early")
    ended: list[BaseException] = []

    def run() -> None:
        try:
            watch_folder(BatchJob(root, out), engine, quiet_s=0.2, cancel=cancel)
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    wait_for(engine, ["early"])
    write_patient(root, "late")
    wait_for(engine, ["early", "late"])
    cancel.set()
    thread.join(WAIT_S)

    assert len(ended) == 1
    assert {case.outcome for case in ResultStore(out / "results.sqlite").cases()} == {"done"}
    assert sorted(rows(out)) == ["early", "late"]


def wait_for(engine: CountingEngine, scored: list[str]) -> None:
    end = time.monotonic() + WAIT_S
    while engine.scored != scored:
        assert time.monotonic() < end, engine.scored
        time.sleep(0.02)


def test_what_lies_there_when_watching_ends_waits_for_the_next_time(tmp_path: Path) -> None:
    root, cancel = tmp_path / "root", CancelToken()
    write_patient(root, "a")
    cancel.set()
    with pytest.raises(Cancelled):
        watch_folder(BatchJob(root, tmp_path / "out"), CountingEngine(), quiet_s=60, cancel=cancel)
