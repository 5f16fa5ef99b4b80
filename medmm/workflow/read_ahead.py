"""Readers: patient folders are opened and prepared in processes of their own while the network works."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from medmm.core.errors import Cancelled, MedMMError
from medmm.core.progress import CancelToken
from medmm.imaging.isolation import ChildDied, ChildNotStarted, DecoderProcess, warm_up
from medmm.imaging.pydicom_quiet import quiet_for_good
from medmm.workflow.ready_case import Defect, ReadRequest, ReadyCase, read_ready

# A hang, or a series that is far too large, costs one case.
CASE_LIMIT_S = 300.0
# Nobody waits for a reader to start, and a machine that is busy with other work at night may take its time.
READER_START_S = 180.0
MOST_TOGETHER = 16
# Where several threads answer, a group is short: none of them waits for long at the end.
MOST_IN_A_LANE = 4
# What a reader needs: imported once, by the server that readers are forked from.
READING = ("medmm.workflow.ready_case", "medmm.inference.preparer")


@dataclass(frozen=True)
class Task:
    """A patient folder to read; name: of the case in the store."""

    name: str
    folder: Path
    request: ReadRequest


@dataclass(frozen=True)
class Read:
    """What became of a task, and the seconds that it took."""

    task: Task
    outcome: ReadyCase | MedMMError | Defect
    seconds: float


def await_readers() -> None:
    """Have what readers need imported, in another process; whoever loads a network meanwhile loses no time."""
    warm_up(READING)


def reader_process(cancel: CancelToken) -> DecoderProcess:
    """Give a process that reads patients; it starts with the first one."""
    return DecoderProcess(
        time_limit_s=CASE_LIMIT_S, start_limit_s=READER_START_S, cancel=cancel, work=read_quietly, preload=READING
    )


class ReadAhead:
    """Gives what was read in groups of those that are ready, in the order in which they become so.

    tasks: taken one by one, never far ahead; n_readers: processes, 0 to read in this one, between the groups;
    processes: that many readers which are there already and stay when all is read.
    A reader that hangs costs the case that it was reading; another takes its place. So does one that dies, but its case
    is read once more when all others are done: the system may have killed it for the memory that all of them held.
    """

    def __init__(
        self,
        tasks: Iterator[Task],
        *,
        n_readers: int,
        cancel: CancelToken,
        processes: Sequence[DecoderProcess] = (),
    ) -> None:
        self._tasks = tasks
        self._processes = list(processes)
        self._cancel = cancel
        self._taking = threading.Lock()
        self._stopped = CancelToken()
        # As many wait as one group holds: the network never waits long, and memory stays flat.
        self._ready: queue.Queue[Read | None] = queue.Queue(maxsize=MOST_TOGETHER)
        self._n_readers = self._n_running = self._n_reading = n_readers
        self._lost: list[Task] = []

    def groups(self, most: int = MOST_TOGETHER) -> Generator[list[Read], None, None]:
        """Yield what is ready, at most `most` at once and never nothing.

        Raises what the source of tasks raised, and ChildNotStarted where no reader can be started: what was not read
        is nobody's fault and was not given. Closing the generator ends the readers.
        """
        if not self._n_readers:
            yield from ([_read_here(task, self._cancel)] for task in self._tasks)
            return
        with ThreadPoolExecutor(self._n_readers) as pool:
            runs = [pool.submit(self._run_reader) for _ in range(self._n_readers)]
            try:
                while group := self._collect(most):
                    yield group
            finally:
                self._stopped.set()
                self._drain(runs)
        for run in runs:
            run.result()

    def _collect(self, most: int) -> list[Read]:
        group: list[Read] = []
        while self._n_running and len(group) < most:
            try:
                found = self._ready.get(block=not group)
            except queue.Empty:
                break
            if found is None:
                self._n_running -= 1
            else:
                group.append(found)
        return group

    def _drain(self, runs: Sequence[Future[None]]) -> None:
        # A reader that waits for room must see that it is to end.
        while not all(run.done() for run in runs):
            try:
                self._ready.get(timeout=0.05)
            except queue.Empty:
                continue

    def _run_reader(self) -> None:
        try:
            self._read_all()
            if self._is_last():
                self._read_lost()
        except Cancelled:
            return  # whoever reads the groups has closed them
        finally:
            self._ready.put(None)

    def _reader(self) -> AbstractContextManager[DecoderProcess]:
        with self._taking:
            return nullcontext(self._processes.pop()) if self._processes else reader_process(self._stopped)

    def _read_all(self) -> None:
        with self._reader() as process:
            while (task := self._take()) is not None:
                try:
                    self._ready.put(_read_there(task, process))
                except ChildDied:
                    self._lost.append(task)
                except ChildNotStarted:
                    self._lost.append(task)
                    return  # another reader may be at work

    def _is_last(self) -> bool:
        with self._taking:
            self._n_reading -= 1
            return self._n_reading == 0

    def _read_lost(self) -> None:
        with self._reader() as process:
            while self._lost and not (self._stopped.is_set or self._cancel.is_set):
                task, began = self._lost.pop(), time.perf_counter()
                try:
                    found = _read_there(task, process)
                except ChildDied as error:
                    found = Read(task, error, time.perf_counter() - began)
                self._ready.put(found)

    def _take(self) -> Task | None:
        if self._stopped.is_set or self._cancel.is_set:
            return None
        with self._taking:
            return next(self._tasks, None)


def read_quietly(request: ReadRequest) -> ReadyCase | MedMMError | Defect:
    """Do what `read_ready` does, in a process that does nothing else."""
    quiet_for_good()
    return read_ready(request)


def _read_there(task: Task, process: DecoderProcess) -> Read:
    began = time.perf_counter()
    outcome: ReadyCase | MedMMError | Defect
    try:
        outcome = process.ask(task.request, task.folder)
    except (ChildDied, ChildNotStarted):
        raise
    except MedMMError as error:  # what the reader answered, or that it took too long
        outcome = error
    return Read(task, outcome, time.perf_counter() - began)


def _read_here(task: Task, cancel: CancelToken) -> Read:
    began = time.perf_counter()
    return Read(task, read_ready(task.request, cancel=cancel), time.perf_counter() - began)
