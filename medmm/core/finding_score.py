"""One predicted outcome: its number and what was decided from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from medmm.core.words import NOTHING, Words, as_title

Decision = Literal["positive", "negative", "uncertain"]


@dataclass(frozen=True)
class FindingScore:
    """One predicted outcome.

    logit: the network's output; score: sigmoid(logit) in [0, 1]; probability: calibrated, None without calibration;
    threshold: operating point on the same scale as `shown`; interval: lowest and highest answer of an ensemble's
    members, on the same scale, None where there are none; reason: why the decision is "uncertain", else empty.
    """

    name: str
    logit: float
    score: float
    probability: float | None
    threshold: float
    decision: Decision
    interval: tuple[float, float] | None = None
    reason: Words = NOTHING

    @property
    def shown(self) -> float:
        """The number to show: probability when calibrated, else the raw score."""
        return self.score if self.probability is None else self.probability

    @property
    def is_positive(self) -> bool:
        """Tell whether the shown number reaches the threshold."""
        return self.shown >= self.threshold

    @property
    def title(self) -> Words:
        """The finding's name for people."""
        return as_title(self.name)
