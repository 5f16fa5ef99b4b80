"""The engine: a bundle loaded once, scoring cases in this process (command line, batch and the engine's own child)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.core.prediction import CaseResult, ModelIdentity
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.storage.paths import compiled_folder

if TYPE_CHECKING:
    from medmm.inference.predictor import Predictor


class LocalEngine:
    """Holds one predictor; loading happens at the first use or by `warm_up`."""

    def __init__(self, bundle: Path, *, device: str = "auto") -> None:
        self._bundle = bundle
        self._device = device
        self._predictor: Predictor | None = None
        self._load_ms = 0.0

    def warm_up(self) -> ModelIdentity:
        """Verify and load the bundle; give what runs where.

        Raises BundleRefused, WeightsMissing or ModelError.
        """
        return self.predictor.identity

    @property
    def load_ms(self) -> float:
        """Milliseconds that loading took, imports included."""
        return self._load_ms

    @property
    def bundle(self) -> Path:
        """The folder of the bundle that answers."""
        return self._bundle

    @property
    def asked_device(self) -> str:
        """The device that was asked for; the one that computes stands in the model's identity."""
        return self._device

    @property
    def predictor(self) -> Predictor:
        """The loaded predictor."""
        if self._predictor is None:
            from medmm.inference.predictor import load_predictor

            began = time.perf_counter()
            self._predictor = load_predictor(self._bundle, device=self._device, compiled_in=compiled_folder())
            self._load_ms = 1000 * (time.perf_counter() - began)
        return self._predictor

    def score(
        self, case: Case, *, explain: bool = True, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> CaseResult:
        """Score one case; the same as `workflow.score.score_case`."""
        from medmm.workflow.score import score_case

        return score_case(case, self, explain=explain, progress=progress, cancel=cancel or CancelToken())
