"""Decode the objects of a series in two children at once; their pixels come back through shared memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.shared_memory import SharedMemory
from types import TracebackType
from typing import Any

from numpy.typing import NDArray

from medmm.core.cores import n_cores
from medmm.core.errors import MedMMError
from medmm.core.progress import CancelToken
from medmm.imaging.encapsulated_pixels import read_stored
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.isolation import POLL_S, DecoderProcess, is_daemon
from medmm.imaging.limits import TIME_LIMIT_S
from medmm.imaging.pixel_request import PixelAnswer, PixelRequest, decode_into_memory, view
from medmm.imaging.pydicom_quiet import quiet

N_CHILDREN = min(2, n_cores())
# A child decodes into one place while its parent still copies from the other.
N_PLACES = 2
RGB_SAMPLES = 3
ALIGNMENT = 64
# Takes the index of an object and its pixels, which are gone after the call.
Store = Callable[[int, NDArray[Any]], None]


@dataclass(frozen=True)
class _Job:
    number: int
    index: int
    facts: InstanceFacts


class _Child(DecoderProcess):
    """A decoder with its part of the shared memory."""

    def __init__(self, first_place: int, *, time_limit_s: float, cancel: CancelToken) -> None:
        super().__init__(time_limit_s=time_limit_s, cancel=cancel, work=decode_into_memory)
        self._first_place = first_place
        self._n_sent = self.start = 0
        self.job: _Job | None = None

    def begin(self, job: _Job, memory: SharedMemory | None, n_bytes: int) -> None:
        """Have a job done, in the place that was not used last."""
        assert memory is not None, "made before the first job"
        self._n_sent += 1
        self.start = (self._first_place + self._n_sent % N_PLACES) * n_bytes
        self.send(PixelRequest(job.facts, memory.name, self.start, n_bytes), job.facts.path)
        self.job = job

    def finish(self) -> PixelAnswer:
        """Wait for the answer."""
        self.job = None
        answer: PixelAnswer = self.receive()
        return answer

    def abandon(self) -> None:
        """End the child if it still works: nobody waits for its answer."""
        if self.job is not None:
            self.job = None
            self.close()


class DecoderPool:
    """The children for the files of one series; started when they are needed."""

    def __init__(self, *, time_limit_s: float = TIME_LIMIT_S, cancel: CancelToken | None = None) -> None:
        self._cancel = cancel or CancelToken()
        self._children = [
            _Child(N_PLACES * number, time_limit_s=time_limit_s, cancel=self._cancel) for number in range(N_CHILDREN)
        ]
        self._memory: SharedMemory | None = None
        self._n_bytes = 0

    def __enter__(self) -> DecoderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def launch(self, n_objects: int) -> None:
        """Begin to start the children that so many objects keep busy, without waiting for them."""
        if is_daemon():
            return
        for child in self._children[:n_objects]:
            if child.connection is None:
                child.launch()

    def read(self, facts: InstanceFacts) -> NDArray[Any]:
        """Read the pixels of one object in a child.

        Raises what `read_instance` raises, and UnreadableFile when the child dies or takes too long.
        """
        answer: PixelAnswer = self._children[0].ask(PixelRequest(facts, "", 0, 0), facts.path)
        assert answer.pixels is not None, "no memory was given"
        return answer.pixels

    def read_each(self, objects: Iterable[tuple[int, InstanceFacts]], store: Store) -> Iterator[int]:
        """Read objects, each with an index, store their pixels, and give each index when that is done.

        Raises as `read`: the error of the first bad object in the order given, whichever child met it first.
        """
        jobs = deque(_Job(number, *found) for number, found in enumerate(objects))
        if is_daemon():
            yield from _read_here(jobs, store)
            return
        failed: dict[int, MedMMError] = {}
        try:
            self._begin(jobs)
            while busy := [child for child in self._children if child.job]:
                for child in self._answered(busy):
                    yield from self._take(child, jobs, store, failed)
        finally:
            for child in self._children:
                child.abandon()
        if failed:
            raise failed[min(failed)]

    def close(self) -> None:
        """End the children at once and give the shared memory back."""
        for child in self._children:
            child.close()
        self._forget_memory()

    def _begin(self, jobs: deque[_Job]) -> None:
        self._make_memory([job.facts for job in jobs])
        self.launch(len(jobs))
        for child in self._children[: len(jobs)]:
            child.begin(jobs.popleft(), self._memory, self._n_bytes)

    def _answered(self, busy: list[_Child]) -> list[_Child]:
        ready = wait([child.connection for child in busy if child.connection is not None], POLL_S)
        self._cancel.raise_if_set()
        return [child for child in busy if child.connection in ready or child.is_late]

    def _take(self, child: _Child, jobs: deque[_Job], store: Store, failed: dict[int, MedMMError]) -> Iterator[int]:
        job, start = child.job, child.start
        assert job is not None, "only busy children answer"
        try:
            answer = child.finish()
        except MedMMError as error:
            failed[job.number] = error
            jobs.clear()
            return
        if jobs:
            child.begin(jobs.popleft(), self._memory, self._n_bytes)
        self._store(job.index, answer, start, store)
        yield job.index

    def _store(self, index: int, answer: PixelAnswer, start: int, store: Store) -> None:
        # The view ends with this call: memory with views cannot be given back.
        if answer.pixels is not None:
            store(index, answer.pixels)
        elif self._memory is not None:
            store(index, view(self._memory, start, answer.kind, answer.shape))

    def _make_memory(self, found: list[InstanceFacts]) -> None:
        layouts = [facts.layout for facts in found]
        n_bytes = max(max(layout.n_bytes, layout.rows * layout.cols * RGB_SAMPLES) for layout in layouts)
        n_bytes = -(-n_bytes // ALIGNMENT) * ALIGNMENT
        if self._memory is None or n_bytes > self._n_bytes:
            self._forget_memory()
            self._n_bytes = n_bytes
            self._memory = SharedMemory(create=True, size=n_bytes * N_PLACES * N_CHILDREN)

    def _forget_memory(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory.unlink()
        self._memory = None


def _read_here(jobs: Iterable[_Job], store: Store) -> Iterator[int]:
    for job in jobs:
        with quiet():
            store(job.index, read_stored(job.facts))
        yield job.index
