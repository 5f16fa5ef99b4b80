"""Background work: a small thread pool for reading and writing, and the futures of the engine process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from medmm.core.progress import CancelToken, Progress
from ui.messages import Outcome, Problem, attempt

# Two for reading and writing, one for the rows of lists, two that wait for a training run and for a batch.
N_THREADS = 5
PROGRESS_INTERVAL_S = 0.05


def _ignore(_value: object) -> None:
    """Take a value that nobody asked for."""


@dataclass(frozen=True)
class Handlers:
    """What is called on the main thread as a job goes on: once one of the first three, the others before it.

    arrived: a part of the result that can be shown already, see `Tasks.stream`.
    """

    done: Callable[..., None] = _ignore
    failed: Callable[[Problem], None] = _ignore
    cancelled: Callable[[], None] = lambda: None
    progressed: Callable[[int, int, str], None] = lambda done, total, text: None
    arrived: Callable[[Any], None] = _ignore


@dataclass(frozen=True)
class _Part:
    """A part of a result on its way to the main thread."""

    value: object


@dataclass(frozen=True, eq=False)
class Job:
    """One piece of background work.

    key: the case it belongs to; topic: what kind of work, e.g. "read" or "score"; stop: told besides the token.
    """

    key: str
    topic: str
    title: str
    handlers: Handlers
    cancel: CancelToken = field(default_factory=CancelToken)
    stop: Callable[[], None] = lambda: None


class Tasks(QObject):
    """Runs jobs and brings their results to the main thread; of two with one key and topic only the newer counts."""

    changed = Signal()
    _reported = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[tuple[str, str], Job] = {}
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._is_closed = False
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way, oldest first."""
        return tuple(self._running.values())

    def is_running(self, key: str, topic: str) -> bool:
        """Tell whether a job of this kind is under way for a case."""
        return (key, topic) in self._running

    def run(self, job: Job, work: Callable[[Progress, CancelToken], object]) -> Job:
        """Run plain work in the thread pool; it gets a progress callable and the job's cancel token."""
        self._start(job)
        progress = self._progress_of(job)
        self._queue.put(lambda: self._report(job, attempt(lambda: _work_unless_cancelled(job, work, progress))))
        if len(self._threads) < N_THREADS and len(self._running) > len(self._threads):
            self._add_thread()
        return job

    def stream(self, job: Job, work: Callable[[Callable[[object], None], Progress, CancelToken], object]) -> Job:
        """Run plain work that also tells parts of its result while it goes on."""

        def tell(part: object) -> None:
            self._report(job, _Part(part))

        return self.run(job, lambda progress, cancel: work(tell, progress, cancel))

    def watch(self, job: Job, start: Callable[[], Future[Any]]) -> Job:
        """Follow a future of the engine process; `start` hands the work in."""
        self._start(job)
        outcome = attempt(start)
        if outcome.value is None:
            self._report(job, outcome)
        else:
            outcome.value.add_done_callback(lambda done: self._report(job, attempt(done.result)))
        return job

    def cancel(self, key: str, topic: str) -> None:
        """Stop a job: for the user it ends now, the work itself at its next step."""
        job = self._drop(key, topic)
        if job is not None:
            self.changed.emit()
            job.handlers.cancelled()

    def cancel_all(self) -> None:
        """Stop everything."""
        for job in self.running:
            self.cancel(job.key, job.topic)

    def forget(self, key: str) -> None:
        """Stop a case's jobs without telling anyone; used when the case is closed."""
        for job in self.running:
            if job.key == key:
                self._drop(key, job.topic)
        self.changed.emit()

    def close(self, timeout_s: float) -> bool:
        """Cancel, wait at most timeout_s, and tell whether every thread ended."""
        self._is_closed = True
        for job in self.running:
            self._drop(job.key, job.topic)
        for _ in self._threads:
            self._queue.put(None)
        deadline = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _start(self, job: Job) -> None:
        self._drop(job.key, job.topic)
        self._running[job.key, job.topic] = job
        self.changed.emit()

    def _drop(self, key: str, topic: str) -> Job | None:
        job = self._running.pop((key, topic), None)
        if job is not None:
            job.cancel.set()
            job.stop()
        return job

    def _progress_of(self, job: Job) -> Progress:
        last = ("", 0.0)

        def progress(done: int, total: int, text: str) -> None:
            nonlocal last
            now = time.monotonic()
            if text != last[0] or now - last[1] >= PROGRESS_INTERVAL_S:
                last = (text, now)
                self._report(job, (done, total, text))

        return progress

    def _report(self, job: Job, report: Outcome[Any] | _Part | tuple[int, int, str]) -> None:
        # Runs in whatever thread has news; a window that is gone must not be told.
        if not self._is_closed:
            self._reported.emit(job, report)

    def _add_thread(self) -> None:
        # Daemons: a decoder that hangs in native code must not keep the program from ending.
        thread = threading.Thread(target=_serve, args=(self._queue,), name="medmm-io", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _on_reported(self, job: Job, report: Outcome[object] | _Part | tuple[int, int, str]) -> None:
        """Hand a report to the job's handlers: the one place where stale ones are dropped."""
        if self._is_closed or self._running.get((job.key, job.topic)) is not job:
            return
        if isinstance(report, tuple):
            job.handlers.progressed(*report)
            return
        if isinstance(report, _Part):
            job.handlers.arrived(report.value)
            return
        del self._running[job.key, job.topic]
        self.changed.emit()
        _tell(job.handlers, report)


def _work_unless_cancelled(job: Job, work: Callable[[Progress, CancelToken], object], progress: Progress) -> object:
    job.cancel.raise_if_set()
    return work(progress, job.cancel)


def _tell(handlers: Handlers, outcome: Outcome[object]) -> None:
    if outcome.is_cancelled:
        handlers.cancelled()
    elif outcome.problem is not None:
        handlers.failed(outcome.problem)
    else:
        handlers.done(outcome.value)


def _serve(queue: SimpleQueue[Callable[[], None] | None]) -> None:
    while True:
        work = queue.get()
        if work is None:
            return
        work()
        # What it held, half a gigabyte of pixels perhaps, must not stay until the next one comes.
        del work
