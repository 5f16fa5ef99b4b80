"""Another scoring of the patient shown, beside his result: by the same model again, or by a second one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medmm.core.comparison import Comparison, compare
from medmm.core.prediction import CaseResult
from ui.engine import Engine, Request
from ui.messages import Problem
from ui.state.case_state import CaseState
from ui.state.patient import NO_STEP, Step
from ui.tasks import Handlers


class RescoreState(QObject):
    """Holds what came of it until the next one begins; the patient's own result is never touched.

    topic: tells the requests of two such states apart.
    """

    changed = Signal()

    def __init__(self, cases: CaseState, engine: Engine, topic: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases, self._engine, self._topic = cases, engine, topic
        self._key = ""
        self._step: Step | None = None
        self._comparison: Comparison | None = None
        self._problem: Problem | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether the engine has or will get the case."""
        return self._step is not None

    @property
    def step(self) -> Step:
        """How far the run is."""
        return self._step or NO_STEP

    @property
    def comparison(self) -> Comparison | None:
        """Both results, once the second is there."""
        return self._comparison

    @property
    def problem(self) -> Problem | None:
        """Why there is none, if it failed."""
        return self._problem

    def begin(self, bundle: Path | None = None) -> None:
        """Score the patient shown once more; bundle: by another model. Without a result there is nothing to do."""
        self.cancel()
        case, result = self._cases.case, self._cases.result
        self._comparison, self._problem = None, None
        if case is not None and result is not None:
            self._key, self._step = self._cases.key, NO_STEP
            handlers = Handlers(
                done=lambda second: self._on_done(result, second),
                failed=self._on_failed,
                cancelled=self._on_cancelled,
                progressed=self._on_progress,
            )
            self._engine.ask(Request(self._key, case, handlers, topic=self._topic, bundle=bundle, explain=False))
        self.changed.emit()

    def cancel(self) -> None:
        """Stop the run that is under way."""
        if self.is_running:
            self._engine.cancel(self._key, self._topic)

    def clear(self) -> None:
        """Stop, and forget what came of the last one."""
        self.cancel()
        self._comparison, self._problem = None, None
        self.changed.emit()

    def _on_done(self, first: CaseResult, second: CaseResult) -> None:
        self._step, self._comparison = None, compare(first, second)
        self.changed.emit()

    def _on_failed(self, problem: Problem) -> None:
        self._step, self._problem = None, problem
        self.changed.emit()

    def _on_cancelled(self) -> None:
        self._step = None
        self.changed.emit()

    def _on_progress(self, done: int, total: int, text: str) -> None:
        self._step = Step(done, total, text)
        self.changed.emit()
