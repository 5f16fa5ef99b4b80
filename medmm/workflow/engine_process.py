"""The engine in a process of its own: torch, MONAI and the weights never block or crash the caller."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Literal

from medmm.core.case import Case, CaseSources
from medmm.core.cores import n_cores
from medmm.core.errors import MedMMError, ModelError
from medmm.core.prediction import CaseResult, ModelIdentity
from medmm.core.progress import CancelToken
from medmm.core.settings import Settings
from medmm.core.words import Words
from medmm.workflow.engine import LocalEngine
from medmm.workflow.start import start_process

EngineState = Literal["stopped", "starting", "ready", "died"]
MAX_SENT_BYTES = 256 * 1024**2


@dataclass(frozen=True)
class Stage:
    """Progress of one job as the child reports it."""

    job: int
    done: int
    total: int
    text: str


class _JobToken(CancelToken):
    """Cancel token of the child: set once the parent has cancelled this job or a later one."""

    def __init__(self, job: int, cancelled_up_to: Synchronized[int]) -> None:
        super().__init__()
        self._job = job
        self._cancelled_up_to = cancelled_up_to

    @property
    def is_set(self) -> bool:
        """Tell whether the parent asked to stop this job."""
        return self._cancelled_up_to.value >= self._job


@dataclass
class _Child:
    """What the engine's process keeps between jobs."""

    engine: LocalEngine
    stages: Queue[Stage]
    cancelled_up_to: Synchronized[int]
    other: LocalEngine | None = None

    def engine_of(self, bundle: Path | None) -> LocalEngine:
        """Give the engine of a bundle, None for the usual one; of the others the last one stays loaded."""
        if bundle is None or bundle == self.engine.bundle:
            return self.engine
        if self.other is None or self.other.bundle != bundle:
            self.other = LocalEngine(bundle, device=self.engine.asked_device)
        return self.other


_child: _Child | None = None


def _start_child(bundle: Path, device: str, stages: Queue[Stage], cancelled_up_to: Synchronized[int]) -> None:
    global _child
    # Ctrl+C reaches every process of the terminal; the window decides what it means, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_process()
    # One core is left to the window; set before torch is imported.
    os.environ.setdefault("MEDMM_THREADS", str(max(1, n_cores() - 1)))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    stages.cancel_join_thread()  # the child must be able to end while nobody reads its progress
    _child = _Child(LocalEngine(bundle, device=device), stages, cancelled_up_to)


def _end_with_parent() -> None:
    # A parent that was killed cannot say goodbye; without this its engine would stay for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _warm_up() -> ModelIdentity:
    assert _child is not None
    return _child.engine.warm_up()


def _score(
    job: int, work: Case | CaseSources, settings: Settings, explain: bool, bundle: Path | None = None
) -> CaseResult:
    from medmm.workflow.open_case import open_case

    assert _child is not None
    stages = _child.stages
    token = _JobToken(job, _child.cancelled_up_to)

    def progress(done: int, total: int, text: str) -> None:
        stages.put(Stage(job, done, total, text))

    token.raise_if_set()
    case = work if isinstance(work, Case) else open_case(work, settings=settings, progress=progress, cancel=token)
    return _child.engine_of(bundle).score(case, explain=explain, progress=progress, cancel=token)


class EngineProcess:
    """Owns the one engine process. No method waits for it except `close`."""

    def __init__(self, bundle: Path, *, device: str = "auto", settings: Settings | None = None) -> None:
        self._bundle = bundle
        self._device = device
        self._settings = settings or Settings()
        self._context = multiprocessing.get_context("spawn")
        self._pool: ProcessPoolExecutor | None = None
        self._processes: list[BaseProcess] = []
        self._job = 0

    def start(self) -> Future[ModelIdentity]:
        """Start the process and warm it up; the future gives the model's identity or the reason why not."""
        self._stages: Queue[Stage] = self._context.Queue()
        self._cancelled_up_to: Synchronized[int] = self._context.Value("q", 0)
        before = set(multiprocessing.active_children())
        self._pool = ProcessPoolExecutor(
            max_workers=1,
            mp_context=self._context,
            initializer=_start_child,
            initargs=(self._bundle, self._device, self._stages, self._cancelled_up_to),
        )
        ready = self._pool.submit(_warm_up)
        self._processes = [child for child in multiprocessing.active_children() if child not in before]
        return ready

    def score(
        self, work: Case | CaseSources, *, explain: bool = True, bundle: Path | None = None
    ) -> tuple[int, Future[CaseResult]]:
        """Queue a case; gives the job's number and a future. bundle: another one than the engine's, for this case.

        The future raises MedMMError, Cancelled, or BrokenProcessPool when the process died (see `failure`).
        """
        if self._pool is None:
            raise ModelError(Words("the engine has not been started"), Words("Start it again from the status bar."))
        self._job += 1
        sent = _sendable(work)
        return self._job, self._pool.submit(_score, self._job, sent, self._settings, explain, bundle)

    def stages(self) -> list[Stage]:
        """Give the progress reports that have arrived since the last call, without waiting."""
        found: list[Stage] = []
        try:
            while self._pool is not None:
                found.append(self._stages.get_nowait())
        except queue.Empty:
            return found
        return found

    def cancel(self) -> None:
        """Ask every job handed in so far to stop at its next step."""
        if self._pool is not None:
            self._cancelled_up_to.value = self._job

    def restart(self, *, device: str | None = None) -> Future[ModelIdentity]:
        """Start a fresh process, for example on the CPU after the old one died."""
        self.close(timeout_s=0.0)
        self._device = device or self._device
        return self.start()

    def close(self, *, timeout_s: float = 3.0) -> None:
        """Cancel, wait at most timeout_s, then end the process whatever it does."""
        if self._pool is None:
            return
        self.cancel()
        pool, self._pool = self._pool, None
        pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            if not _has_ended(process, within_s=timeout_s):
                process.kill()
                _has_ended(process, within_s=5.0)  # a killed process only has its memory to give back
        pool.shutdown(wait=True)
        self._stages.close()
        self._stages.cancel_join_thread()


def _has_ended(process: BaseProcess, *, within_s: float) -> bool:
    # The pool's own thread waits for the same child. Where it reaps the child first, join() comes back at once and
    # is_alive() stays true until that thread has noted the exit code: a join alone is no proof of the end.
    deadline = time.monotonic() + within_s
    process.join(within_s)
    while process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    return not process.is_alive()


def _sendable(work: Case | CaseSources) -> Case | CaseSources:
    # A large volume is cheaper to read again in the child than to copy through a pipe.
    # One that was only surveyed has no pixels to copy.
    is_surveyed = isinstance(work, Case) and bool(work.series) and not work.images
    if isinstance(work, Case) and (is_surveyed or sum(image.stored.nbytes for image in work.images) > MAX_SENT_BYTES):
        return work.sources
    return work


def failure(error: BaseException) -> MedMMError:
    """Turn what a future raised into an error that a user understands."""
    if isinstance(error, MedMMError):
        return error
    if isinstance(error, BrokenProcessPool):
        return ModelError(
            Words("the engine's process ended while it worked on this case"),
            Words("It has been started again on the CPU; score the case once more. Nothing else is lost."),
        )
    return ModelError(
        Words("the engine failed: {error}", error=type(error).__name__),
        Words("The log says where; please report it."),
    )
