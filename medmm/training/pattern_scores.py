"""Conformal scores of labelled cases by pattern of present inputs, as a bundle's calibration.json holds them.

Of a pattern that too few cases have, cases with more inputs are scored with the others left out. That is what the gate
does with an input that it refuses; it takes inputs to be missing for reasons that have nothing to do with the finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.quality import InputKind
from medmm.inference.conformal import needed_cases
from medmm.inference.cooling import class_log_probabilities, cooled_logits
from medmm.models.calibration import NONE, Calibration, PatternScores, pattern_name
from medmm.training.exclusive import possible_classes

Array = NDArray[np.float64]
Subset = frozenset[InputKind]
# Scores are rounded up, so that rounding never excludes a calibration case that the exact quantile would keep.
DIGITS = 5


@dataclass(frozen=True)
class LabelledLogits:
    """What a network says of labelled cases. labels: [N, F], NaN where unknown; logits: subset -> [N, F].

    own: the inputs that each case has; with a subset that holds other inputs as well it was scored as with its own.
    """

    labels: Array
    logits: Mapping[Subset, Array]
    own: tuple[Subset, ...]

    @property
    def everything(self) -> Array:
        """Give the logits [N, F] with all inputs that each case has."""
        return self.logits[max(self.logits, key=len)]

    def of(self, rows: NDArray[np.intp]) -> LabelledLogits:
        """Give the same of a part of the cases."""
        logits = {subset: values[rows] for subset, values in self.logits.items()}
        return LabelledLogits(self.labels[rows], logits, tuple(self.own[row] for row in rows.tolist()))


def with_scores(calibration: Calibration, cases: LabelledLogits, *, head: str = "sigmoid") -> Calibration:
    """Add the scores of every pattern that some case can be scored with, and those of all cases together."""
    findings = tuple(calibration.temperatures)
    temperatures = np.array([calibration.temperatures[name] for name in findings])

    def scores_of(rows: NDArray[np.bool_], logits: Array, n_own: int) -> PatternScores:
        cooled = cooled_logits(logits[rows], temperatures, head=head)
        present, absent = _BY_HEAD[head](findings, cases.labels[rows], cooled)
        return PatternScores(int(rows.sum()), n_own, present, absent)

    patterns = {}
    for subset, logits in cases.logits.items():
        exact = np.array([own == subset for own in cases.own], dtype=bool)
        wider = np.array([own >= subset for own in cases.own], dtype=bool)
        found = scores_of(exact, logits, int(exact.sum()))
        if _fewest(found) < needed_cases(calibration.alpha):
            found = scores_of(wider, logits, int(exact.sum()))
        if found.n_cases:
            patterns[pattern_name(subset)] = found
    every = np.ones(len(cases.labels), dtype=bool)
    return replace(calibration, patterns=patterns, pooled=scores_of(every, cases.everything, len(every)))


def _fewest(scores: PatternScores) -> int:
    return min(len(values) for by_class in (scores.present, scores.absent) for values in by_class.values())


Sides = tuple[dict[str, list[float]], dict[str, list[float]]]


def _each(findings: Sequence[str], labels: Array, cooled: Array) -> Sides:
    present, absent = {}, {}
    for place, name in enumerate(findings):
        y, z = labels[:, place], cooled[:, place]
        present[name] = _ascending(_sigmoids(-z[y > 0.5]))
        absent[name] = _ascending(_sigmoids(z[y <= 0.5]))
    return present, absent


def _together(findings: Sequence[str], labels: Array, cooled: Array) -> Sides:
    possible = possible_classes(labels)
    scores = -np.expm1(class_log_probabilities(cooled)) if len(cooled) else np.zeros_like(possible, dtype=np.float64)
    # Where a finding is unknown the class may be unknown too.
    is_known = possible.sum(axis=1) == 1
    by_class = [_ascending(scores[is_known & possible[:, place], place]) for place in range(possible.shape[1])]
    return dict(zip(findings, by_class[1:], strict=True)), {NONE: by_class[0]}


def _ascending(scores: Array) -> list[float]:
    steps = 10**DIGITS
    rounded = np.clip(np.ceil(scores[np.isfinite(scores)] * steps) / steps, 0.0, 1.0)
    return [float(value) for value in np.sort(rounded)]


def _sigmoids(logits: Array) -> Array:
    values: Array = np.exp(-np.logaddexp(0.0, -logits))
    return values


_BY_HEAD = {"sigmoid": _each, "softmax": _together}
