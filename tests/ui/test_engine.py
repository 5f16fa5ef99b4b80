"""The line before the engine: one case at a time, instant cancel, restart after a death. The process is a fake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from medmm.core.errors import Cancelled, WeightsMissing
from medmm.core.prediction import CaseResult, ModelIdentity
from medmm.workflow.engine_process import Stage
from tests.ui.builders import make_case, make_result
from ui.engine import Engine
from ui.state.engine_state import EngineStage, EngineState
from ui.tasks import Handlers, Tasks

Spin = Callable[[Callable[[], bool]], bool]
IDENTITY = ModelIdentity("chest-multimodal", "1.0.0", "ab" * 32)


class FakeProcess:
    """Answers when the test says so; keeps what it was asked."""

    def __init__(self) -> None:
        self.ready: Future[ModelIdentity] = Future()
        self.scores: list[Future[CaseResult]] = []
        self.devices: list[str | None] = []
        self.pending_stages: list[Stage] = []
        self.n_cancelled = 0
        self.bundles: list[object] = []

    def start(self) -> Future[ModelIdentity]:
        return self.ready

    def restart(self, *, device: str | None = None) -> Future[ModelIdentity]:
        self.devices.append(device)
        self.ready = Future()
        return self.ready

    def score(self, work: object, *, explain: bool = True, bundle: object = None) -> tuple[int, Future[CaseResult]]:
        self.scores.append(Future())
        self.bundles.append(bundle)
        return len(self.scores), self.scores[-1]

    def stages(self) -> list[Stage]:
        found, self.pending_stages = self.pending_stages, []
        return found

    def cancel(self) -> None:
        self.n_cancelled += 1

    def close(self, *, timeout_s: float = 3.0) -> None:
        self.n_cancelled += 1


@pytest.fixture
def process() -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def engine(application: object, process: FakeProcess) -> Iterator[Engine]:
    tasks = Tasks()
    state = EngineState(tasks)
    made = Engine(tasks, state, lambda: process)  # type: ignore[arg-type,return-value]
    yield made
    made.close(timeout_s=0.0)
    assert tasks.close(timeout_s=1.0)


def listen(seen: list[str], name: str) -> Handlers:
    return Handlers(
        done=lambda result: seen.append(f"{name} done"),
        failed=lambda problem: seen.append(f"{name} failed {problem.code}"),
        cancelled=lambda: seen.append(f"{name} cancelled"),
        progressed=lambda done, total, text: seen.append(f"{name} {text}"),
    )


def test_a_case_waits_until_the_engine_is_ready(engine: Engine, process: FakeProcess, spin: Spin) -> None:
    seen: list[str] = []
    engine.start()

    engine.score("a", make_case(), listen(seen, "a"))
    assert process.scores == []
    process.ready.set_result(IDENTITY)
    assert spin(lambda: len(process.scores) == 1)
    process.scores[0].set_result(make_result())

    assert spin(lambda: "a done" in seen)


def test_cases_go_in_one_at_a_time(engine: Engine, process: FakeProcess, spin: Spin) -> None:
    seen: list[str] = []
    engine.start()
    process.ready.set_result(IDENTITY)
    engine.score("a", make_case(), listen(seen, "a"))
    engine.score("b", make_case(), listen(seen, "b"))

    assert spin(lambda: len(process.scores) == 1)
    process.scores[0].set_result(make_result())

    assert spin(lambda: len(process.scores) == 2)


def test_cancelling_a_waiting_case_never_reaches_the_process(engine: Engine, process: FakeProcess) -> None:
    seen: list[str] = []
    engine.start()
    engine.score("a", make_case(), listen(seen, "a"))

    engine.cancel("a")

    assert seen == ["a cancelled"]
    assert process.n_cancelled == 0


def test_cancelling_a_running_case_lets_the_next_one_in(engine: Engine, process: FakeProcess, spin: Spin) -> None:
    seen: list[str] = []
    engine.start()
    process.ready.set_result(IDENTITY)
    engine.score("a", make_case(), listen(seen, "a"))
    engine.score("b", make_case(), listen(seen, "b"))
    assert spin(lambda: len(process.scores) == 1)

    engine.cancel("a")

    assert process.n_cancelled == 1
    assert "a cancelled" in seen
    process.scores[0].set_exception(Cancelled())
    process.scores[1].set_result(make_result())
    assert spin(lambda: "b done" in seen)
    assert seen.count("a cancelled") == 1


def test_the_stage_of_the_run_is_told_and_that_of_an_older_run_is_not(
    engine: Engine, process: FakeProcess, spin: Spin
) -> None:
    seen: list[str] = []
    engine.start()
    process.ready.set_result(IDENTITY)
    engine.score("a", make_case(), listen(seen, "a"))
    assert spin(lambda: len(process.scores) == 1)

    process.pending_stages = [Stage(0, 1, 4, "of an older run"), Stage(1, 2, 4, "prediction")]

    assert spin(lambda: "a prediction" in seen)
    assert "a of an older run" not in seen


def test_a_dead_process_costs_one_case_and_is_started_again_on_the_cpu(
    engine: Engine, process: FakeProcess, spin: Spin
) -> None:
    seen: list[str] = []
    engine.start()
    process.ready.set_result(IDENTITY)
    engine.score("a", make_case(), listen(seen, "a"))
    engine.score("b", make_case(), listen(seen, "b"))
    assert spin(lambda: len(process.scores) == 1)

    process.scores[0].set_exception(BrokenProcessPool("gone"))
    assert spin(lambda: "a failed engine_died" in seen)
    process.ready.set_result(IDENTITY)

    assert process.devices == ["cpu"]
    assert spin(lambda: len(process.scores) == 2)


def test_without_a_bundle_the_reason_is_kept_and_waiting_cases_are_told(application: object, spin: Spin) -> None:
    def refuse() -> FakeProcess:
        raise WeightsMissing("no bundle named x", "Bundles live in models")

    tasks = Tasks()
    state = EngineState(tasks)
    engine = Engine(tasks, state, refuse)  # type: ignore[arg-type]
    seen: list[str] = []
    engine.score("a", make_case(), listen(seen, "a"))

    engine.start()

    assert state.stage is EngineStage.FAILED
    assert state.problem is not None
    assert state.problem.sentence == "No bundle named x."
    assert seen == ["a failed weights_missing"]
    assert tasks.close(timeout_s=1.0)
