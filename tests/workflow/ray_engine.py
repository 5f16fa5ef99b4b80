"""A stand-in engine for batches on Ray; importable on every machine, answers alike everywhere, dies when told to."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medmm.core.prediction import CaseResult, FindingScore, ModelIdentity
from medmm.core.progress import CancelToken
from medmm.workflow.ready_case import ReadyCase
from tests.workflow.kill_batch import UsesAll


@dataclass(frozen=True)
class NotingRecipe:
    """Gives the engine; marks: a folder where it notes each case before it answers, with the process that does."""

    marks: Path
    sha256: str = "m1"
    seconds: float = 0.0

    def load(self, n_lanes: int) -> NotingEngine:
        return NotingEngine(self)


class NotingEngine:
    """Answers from the note's length.

    A case whose folder is named "kills" takes its process along, "once" the first time only.
    """

    load_prepare = UsesAll
    n_lanes = 1

    def __init__(self, recipe: NotingRecipe) -> None:
        self._recipe = recipe

    def warm_up(self) -> ModelIdentity:
        return ModelIdentity("test", "1", self._recipe.sha256)

    def score_ready(self, cases: Sequence[ReadyCase], *, explain: bool, cancel: CancelToken) -> list[Any]:
        return [self._score(ready) for ready in cases]

    def _score(self, ready: ReadyCase) -> CaseResult:
        case = ready.case
        mark = self._recipe.marks / case.folder.name
        is_first = not mark.exists()
        with mark.open("a", encoding="utf-8") as stream:
            stream.write(f"{os.getpid()}\n")
        if "kills" in case.folder.name or ("once" in case.folder.name and is_first):
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(self._recipe.seconds)
        score = len(case.notes[0].text) / 1000
        findings = tuple(FindingScore(name, 0.0, score, None, 0.5, "negative") for name in ("nodule", "pneumonia"))
        return CaseResult(case.patient.patient_id, "", "", self.warm_up(), findings, {})
