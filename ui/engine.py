"""The window's side of the engine process: start it, hand in one case at a time, follow its stages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from medmm.core.case import Case, CaseSources
from medmm.core.prediction import CaseResult, ModelIdentity
from medmm.workflow.engine_process import EngineProcess
from ui.language import mark, tr
from ui.messages import Problem, attempt
from ui.state.engine_state import EngineStage, EngineState
from ui.tasks import Handlers, Job, Tasks

POLL_MS = 100
SCORE = "score"
ENGINE_KEY = "engine"
DIED_AT_START = mark("The engine's process ended while it was starting.")
DIED_AT_START_HINT = mark("Start it again from the status bar. Reading images, notes and vitals works without it.")


@dataclass(frozen=True)
class Request:
    """A case that waits for the engine, or is in it.

    topic: what its answer is for; a case has one request of each; bundle: None for the engine's own;
    explain: whether maps and weights are wanted.
    """

    key: str
    work: Case | CaseSources
    handlers: Handlers
    topic: str = SCORE
    bundle: Path | None = None
    explain: bool = True


class Engine(QObject):
    """Keeps the waiting line here, so that cancelling a waiting case is instant and a fresh process loses nothing."""

    def __init__(self, tasks: Tasks, state: EngineState, make_process: Callable[[], EngineProcess]) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._state = state
        self._make_process = make_process
        self._process: EngineProcess | None = None
        self._waiting: deque[Request] = deque()
        self._current: Request | None = None
        self._job = 0
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    def start(self) -> None:
        """Start the process, or a fresh one after a failure; returns at once."""
        if self._process is not None:
            self._warm_up(self._process.restart)
            return
        made = attempt(self._make_process)
        if made.value is None:
            self._on_start_failed(made.problem or Problem(tr(DIED_AT_START), tr(DIED_AT_START_HINT)))
            return
        self._process = made.value
        self._warm_up(self._process.start)

    def score(self, key: str, work: Case | CaseSources, handlers: Handlers) -> None:
        """Score a case when its turn comes; the handlers are told on the main thread."""
        self.ask(Request(key, work, handlers))

    def ask(self, request: Request) -> None:
        """Hand a request in when its turn comes; an earlier one of the same case and topic is dropped."""
        self.cancel(request.key, request.topic)
        self._waiting.append(request)
        self._advance()

    def cancel(self, key: str, topic: str = SCORE) -> None:
        """Take a case out of the line, or stop the run that is under way."""
        for request in [one for one in self._waiting if (one.key, one.topic) == (key, topic)]:
            self._waiting.remove(request)
            request.handlers.cancelled()
        self._tasks.cancel(key, topic)

    def forget(self, key: str) -> None:
        """Drop a case that is being closed."""
        self._waiting = deque(request for request in self._waiting if request.key != key)
        if self._current is not None and self._current.key == key:
            self._current = None
        self._tasks.forget(key)
        self._advance()

    def close(self, timeout_s: float) -> None:
        """End the process."""
        self._poll.stop()
        self._waiting.clear()
        if self._process is not None:
            self._process.close(timeout_s=timeout_s)
            self._process = None

    def _warm_up(self, start: Callable[[], Future[ModelIdentity]]) -> None:
        self._state.set_starting()
        handlers = Handlers(done=self._on_ready, failed=self._on_start_failed)
        self._tasks.watch(Job(ENGINE_KEY, "start", mark("Engine starting"), handlers), start)

    def _on_start_failed(self, problem: Problem) -> None:
        if problem.code == "engine_died":
            problem = replace(problem, sentence=tr(DIED_AT_START), hint=tr(DIED_AT_START_HINT))
        self._state.set_failed(problem)
        while self._waiting:
            self._waiting.popleft().handlers.failed(problem)

    def _on_ready(self, identity: ModelIdentity) -> None:
        self._state.set_ready(identity)
        self._advance()

    def _advance(self) -> None:
        if self._current is not None or not self._waiting or self._state.stage is not EngineStage.READY:
            return
        request = self._current = self._waiting.popleft()
        handlers = Handlers(
            done=lambda result: self._finish(request, lambda: request.handlers.done(result)),
            failed=lambda problem: self._on_failed(request, problem),
            cancelled=lambda: self._finish(request, request.handlers.cancelled),
        )
        request.handlers.progressed(0, 0, mark("handing over"))
        self._poll.start()
        job = Job(request.key, request.topic, mark("Scoring"), handlers, stop=self._cancel_process)
        self._tasks.watch(job, lambda: self._hand_in(request))

    def _hand_in(self, request: Request) -> Future[CaseResult]:
        assert self._process is not None
        self._job, future = self._process.score(request.work, explain=request.explain, bundle=request.bundle)
        return future

    def _cancel_process(self) -> None:
        if self._process is not None:
            self._process.cancel()

    def _on_failed(self, request: Request, problem: Problem) -> None:
        if problem.code == "engine_died" and self._process is not None:
            process = self._process
            self._warm_up(lambda: process.restart(device="cpu"))
        self._finish(request, lambda: request.handlers.failed(problem))

    def _finish(self, request: Request, tell: Callable[[], None]) -> None:
        if self._current is request:
            self._current = None
            self._poll.stop()
        tell()
        self._advance()

    def _on_poll(self) -> None:
        if self._process is None:
            return
        for stage in self._process.stages():
            if self._current is not None and stage.job == self._job:
                self._current.handlers.progressed(stage.done, stage.total, stage.text)
