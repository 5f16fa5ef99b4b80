"""The engine: a bundle loaded once, scoring cases in this process (command line, batch and the engine's own child)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from medmm.core.case import Case
from medmm.core.errors import MedMMError
from medmm.core.prediction import CaseResult, ModelIdentity
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.storage.paths import compiled_folder
from medmm.workflow.ready_case import BundlePrepare, Defect, ReadyCase

if TYPE_CHECKING:
    from medmm.inference.predictor import Predictor


class LocalEngine:
    """Holds one predictor; loading happens at the first use or by `warm_up`.

    n_threads: of torch, 0 to choose; n_lanes: how many threads of the caller will ask at once, where a CPU answers.
    """

    def __init__(self, bundle: Path, *, device: str = "auto", n_threads: int = 0, n_lanes: int = 1) -> None:
        self._bundle = bundle
        self._device = device
        self._n_threads = n_threads
        self._n_lanes = n_lanes
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
            self._predictor = load_predictor(
                self._bundle,
                device=self._device,
                n_threads=self._n_threads,
                n_lanes=self._n_lanes,
                compiled_in=compiled_folder(),
            )
            self._load_ms = 1000 * (time.perf_counter() - began)
        return self._predictor

    @property
    def n_lanes(self) -> int:
        """How many threads may ask at once and gain by it: a GPU takes one group after the other."""
        return self._n_lanes if self.predictor.runtime.device.type == "cpu" else 1

    @property
    def load_prepare(self) -> BundlePrepare:
        """What loads, in any process, the preparation that this engine's cases need."""
        return BundlePrepare(self._bundle)

    def score_ready(
        self, cases: Sequence[ReadyCase], *, explain: bool, cancel: CancelToken
    ) -> list[CaseResult | MedMMError | Defect]:
        """Answer cases that were prepared elsewhere; the same as `workflow.score_ready.score_ready`."""
        from medmm.workflow.score_ready import score_ready

        return score_ready(cases, self, explain=explain, cancel=cancel)

    def score(
        self, case: Case, *, explain: bool = True, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> CaseResult:
        """Score one case as `workflow.score.score_case` does; every encoder runs, also on what was scored before."""
        from medmm.workflow.score import score_case

        # Whoever scores again asks whether the same comes out, not what was kept; loading is a stage of its own.
        if self._predictor is not None:
            self._predictor.forget()
        return score_case(case, self, explain=explain, progress=progress, cancel=cancel or CancelToken())
