"""Training cases that lie near a case: context beside the answer, never a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medmm.core.quality import InputKind
from medmm.core.words import NOTHING, Words


@dataclass(frozen=True)
class SimilarCase:
    """One training case. rank: 1 is the nearest; number: its place in the bundle, which names nobody.

    similarity: cosine in [-1, 1]; labels: whether each finding was there, a finding of which that is not known is left
    out; is_simulated: no patient, but one made by rules.
    """

    rank: int
    number: int
    similarity: float
    labels: Mapping[str, bool]
    is_simulated: bool


@dataclass(frozen=True)
class SimilarCases:
    """The nearest training cases, the nearest first.

    n_searched: training cases of the bundle that had all inputs of the case; inputs: those that were compared;
    doubt: why these are no evidence (the case is unlike all that the model was calibrated on), else empty.
    """

    cases: tuple[SimilarCase, ...]
    n_searched: int
    inputs: tuple[InputKind, ...]
    doubt: Words = NOTHING

    def count(self, finding: str) -> tuple[int, int]:
        """Count those that had a finding, and those of which it is known."""
        known = [case.labels[finding] for case in self.cases if finding in case.labels]
        return sum(known), len(known)

    @property
    def are_simulated(self) -> bool:
        """Tell whether all of them are simulated."""
        return all(case.is_simulated for case in self.cases)
