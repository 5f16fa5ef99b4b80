"""The engine in its own process: answers, cancels, dies and closes without holding anybody up."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from medmm.core.case import CaseSources
from medmm.core.errors import BundleRefused, Cancelled, ModelError, WeightsMissing
from medmm.core.resources import resource
from medmm.workflow.engine_process import EngineProcess, _has_ended, failure
from medmm.workflow.open_case import open_case
from tests.models.builders import make_bundle

SAMPLE = resource("samples", "chest_pneumonia")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle with random weights."""
    return make_bundle(tmp_path_factory.mktemp("bundle") / "small")


@pytest.fixture
def engine(bundle: Path) -> Iterator[EngineProcess]:
    """A started engine that is closed whatever the test did."""
    started = EngineProcess(bundle, device="cpu")
    yield started
    started.close(timeout_s=0.1)


def test_it_scores_reports_stages_cancels_and_goes_on_after_a_crash(engine: EngineProcess) -> None:
    identity = engine.start().result(timeout=240)
    case = open_case(CaseSources(SAMPLE))

    _, future = engine.score(case, explain=False)
    result = future.result(timeout=240)
    assert result.model == identity
    assert [stage.text for stage in engine.stages()][-1] == "done"

    _, late = engine.score(case)
    engine.cancel()
    with pytest.raises(Cancelled):
        late.result(timeout=240)

    _, again = engine.score(CaseSources(SAMPLE), explain=False)
    assert again.result(timeout=240).findings == result.findings

    _, doomed = engine.score(case)
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGKILL)
    with pytest.raises(BrokenProcessPool) as died:
        doomed.result(timeout=240)
    assert isinstance(failure(died.value), ModelError)
    assert engine.restart(device="cpu").result(timeout=240).sha256 == identity.sha256


def test_closing_during_the_first_import_does_not_wait_for_it(engine: EngineProcess) -> None:
    engine.start()
    began = time.monotonic()

    engine.close(timeout_s=0.5)

    assert time.monotonic() - began < 3
    assert multiprocessing.active_children() == []


def test_a_bundle_that_is_not_there_is_told_by_the_future(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path / "none")
    try:
        with pytest.raises((BundleRefused, WeightsMissing)):
            engine.start().result(timeout=240)
    finally:
        engine.close(timeout_s=0.1)


class _ReapedElsewhere(multiprocessing.process.BaseProcess):
    """A child that another thread has waited for: join comes back at once, the exit code is noted 50 ms later."""

    def __init__(self) -> None:
        super().__init__()
        self.noted_at = time.monotonic() + 0.05

    def join(self, timeout: float | None = None) -> None:
        """Come back at once, as waitpid does for a child that is gone."""

    def is_alive(self) -> bool:
        """Tell what the exit code says so far."""
        return time.monotonic() < self.noted_at


def test_a_child_reaped_by_another_thread_is_waited_for_until_its_exit_code_is_noted() -> None:
    assert _has_ended(_ReapedElsewhere(), within_s=5.0)
    assert not _has_ended(_ReapedElsewhere(), within_s=0.0)
