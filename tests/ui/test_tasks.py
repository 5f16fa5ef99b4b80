"""Background work: results on the main thread, stale ones dropped, cancel at once, nothing left alive."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest

from medmm.core.errors import UnreadableFile
from ui.messages import Problem
from ui.tasks import Handlers, Job, Tasks

Spin = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def tasks(application: object) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    assert made.close(timeout_s=3.0)


def test_a_result_arrives_on_the_main_thread(tasks: Tasks, spin: Spin) -> None:
    seen: list[tuple[object, bool]] = []
    done = Handlers(done=lambda value: seen.append((value, threading.current_thread() is threading.main_thread())))

    tasks.run(Job("a", "read", "Reading", done), lambda progress, cancel: 42)

    assert spin(lambda: bool(seen))
    assert seen == [(42, True)]
    assert tasks.running == ()


def test_of_two_jobs_with_one_key_only_the_newer_is_told(tasks: Tasks, spin: Spin) -> None:
    may_end = threading.Event()
    seen: list[str] = []
    handlers = Handlers(done=seen.append)

    def slow(progress: object, cancel: object) -> str:
        may_end.wait(3)
        return "old"

    tasks.run(Job("a", "read", "Reading", handlers), slow)
    tasks.run(Job("a", "read", "Reading", handlers), lambda progress, cancel: "new")
    assert spin(lambda: bool(seen))
    may_end.set()
    spin(lambda: len(seen) > 1 or not tasks.running)

    assert seen == ["new"]


def test_cancelling_is_told_at_once_and_a_late_result_is_dropped(tasks: Tasks, spin: Spin) -> None:
    may_end = threading.Event()
    seen: list[str] = []
    job = Job("a", "read", "Reading", Handlers(done=seen.append, cancelled=lambda: seen.append("cancelled")))
    tasks.run(job, lambda progress, cancel: may_end.wait(3) and "late")

    tasks.cancel("a", "read")

    assert seen == ["cancelled"]
    assert job.cancel.is_set
    may_end.set()
    tasks.run(Job("b", "read", "Reading", Handlers(done=seen.append)), lambda progress, cancel: "other")
    assert spin(lambda: "other" in seen)
    assert seen == ["cancelled", "other"]


def test_trouble_becomes_a_problem_in_words(tasks: Tasks, spin: Spin) -> None:
    seen: list[Problem] = []

    def fail(progress: object, cancel: object) -> None:
        raise UnreadableFile("slice 3 is cut off", "Copy it again.")

    tasks.run(Job("a", "read", "Reading", Handlers(failed=seen.append)), fail)

    assert spin(lambda: bool(seen))
    assert (seen[0].sentence, seen[0].hint) == ("Slice 3 is cut off.", "Copy it again.")
    assert "UnreadableFile" in seen[0].details


def test_a_future_is_followed_and_a_failing_start_is_told(tasks: Tasks, spin: Spin) -> None:
    seen: list[object] = []
    future: Future[int] = Future()
    handlers = Handlers(done=seen.append, failed=lambda problem: seen.append(problem.code))

    def refuse() -> Future[int]:
        raise UnreadableFile("no bundle")

    tasks.watch(Job("a", "score", "Scoring", handlers), lambda: future)
    future.set_result(7)
    assert spin(lambda: bool(seen))
    tasks.watch(Job("b", "score", "Scoring", handlers), refuse)
    assert spin(lambda: len(seen) == 2)

    assert seen == [7, "unreadable_file"]


def test_forgetting_a_case_tells_nobody(tasks: Tasks, spin: Spin) -> None:
    may_end = threading.Event()
    seen: list[str] = []
    handlers = Handlers(done=seen.append, cancelled=lambda: seen.append("cancelled"))
    tasks.run(Job("a", "read", "Reading", handlers), lambda progress, cancel: may_end.wait(3) and "late")

    tasks.forget("a")
    may_end.set()
    tasks.run(Job("b", "read", "Reading", Handlers(done=seen.append)), lambda progress, cancel: "other")

    assert spin(lambda: bool(seen))
    assert seen == ["other"]


def test_progress_is_reported_with_its_words(tasks: Tasks, spin: Spin) -> None:
    seen: list[tuple[int, int, str]] = []
    ended: list[object] = []
    handlers = Handlers(done=ended.append, progressed=lambda done, total, text: seen.append((done, total, text)))

    tasks.run(Job("a", "read", "Reading", handlers), lambda progress, cancel: progress(1, 4, "reading images"))

    assert spin(lambda: bool(ended))
    assert seen == [(1, 4, "reading images")]


def test_closing_does_not_wait_longer_than_it_was_told(application: object) -> None:
    tasks = Tasks()
    may_end = threading.Event()
    tasks.run(Job("a", "read", "Reading", Handlers()), lambda progress, cancel: may_end.wait(5))

    has_ended = tasks.close(timeout_s=0.05)

    may_end.set()
    assert not has_ended
    assert tasks.close(timeout_s=3.0)


def test_an_idle_worker_holds_nothing_of_its_last_work(tasks: Tasks, spin: Spin) -> None:
    class Pixels:
        pass

    pixels = Pixels()
    alive = weakref.ref(pixels)
    seen: list[bool] = []

    def work(progress: object, cancel: object, held: object = pixels) -> bool:
        return held is not None

    tasks.run(Job("a", "read", "Reading", Handlers(done=seen.append)), work)
    del pixels, work

    assert spin(lambda: bool(seen))
    assert spin(lambda: alive() is None)
