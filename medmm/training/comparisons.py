"""All inputs together against each rival, paired on the same draws; and when "gain" may be said.

A gain over the best single input is claimed only when all inputs beat every single input, each by a 95 % interval that
lies above 0. That needs no choice of the best one: choosing it on the same cases would favour whichever was lucky, and
if the fusion is no better than the best, at least one of these tests is of a true null, so that a false claim is made
in at most 2.5 % of samples (intersection-union test, Berger 1982).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.training import weighted
from medmm.training.bootstrap import Draws, Estimate, Weights, interval, resample
from medmm.training.metrics import POWER_FACTOR, sigmoid

Array = NDArray[np.float64]
FOLDS = 5


@dataclass(frozen=True)
class Comparison:
    """Mean AUROC over findings of all inputs less that of a rival.

    p: two-sided, from the draws; detectable: (1.960 + 0.842) * standard deviation of the drawn differences, the
    smallest difference that such a sample finds with 80 % power.
    """

    rival: str
    difference: Estimate
    p: float
    detectable: float

    @property
    def is_gain(self) -> bool:
        """Tell whether the whole interval lies above 0."""
        return self.difference.low > 0


def compare(rival: str, labels: Array, fused: Array, other: Array, draws: Draws) -> Comparison | None:
    """Compare on the cases that both can score; None where no finding has both classes. Arrays: [N, F]."""
    both = ~(np.isnan(labels) | np.isnan(fused) | np.isnan(other))
    columns = [k for k in range(labels.shape[1]) if len(np.unique(labels[both[:, k], k] > 0.5)) == 2]
    if not columns:
        return None

    def mean_difference(weights: Weights) -> Array:
        differences = []
        for k in columns:
            rows = both[:, k]
            y = (labels[rows, k] > 0.5).astype(np.float64)
            one = weighted.auroc(y, fused[rows, k], weights[:, rows])
            differences.append(one - weighted.auroc(y, other[rows, k], weights[:, rows]))
        return weighted.mean_of(differences)

    (value,), drawn = resample(draws, mean_difference)
    usable = drawn[np.isfinite(drawn)]
    below = (1 + (usable <= 0).sum()) / (1 + usable.size)
    above = (1 + (usable >= 0).sum()) / (1 + usable.size)
    found = interval(value, drawn[:, 0], samples=len(drawn))
    return Comparison(rival, found, float(min(1.0, 2 * min(below, above))), float(POWER_FACTOR * usable.std()))


def closest_single(comparisons: Sequence[Comparison]) -> Comparison | None:
    """Give the single input that is hardest to beat: a gain over it is a gain over all."""
    known = [one for one in comparisons if np.isfinite(one.difference.low)]
    return min(known, key=lambda one: one.difference.low, default=None)


def averaged(singles: Mapping[str, Array]) -> Array:
    """Average the logits [N, F] of the single inputs that a case has."""
    stack = np.stack([*singles.values()])
    found = ~np.isnan(stack)
    total = np.where(found, stack, 0).sum(axis=0)
    mean: Array = np.divide(total, found.sum(axis=0), out=np.full_like(total, np.nan), where=found.any(axis=0))
    return mean


def stacked(labels: Array, singles: Mapping[str, Array], patients: Sequence[str], *, seed: int) -> Array:
    """Stack the single inputs' probabilities by a logistic regression out of fold; NaN where it cannot be fitted."""
    scores = np.full(labels.shape, np.nan)
    for k in range(labels.shape[1]):
        logits = np.stack([values[:, k] for values in singles.values()], axis=1)
        rows = np.flatnonzero(~np.isnan(labels[:, k]) & ~np.isnan(logits).all(axis=1))
        # An absent input says nothing: probability one half, and a flag.
        features = np.concatenate([sigmoid(np.nan_to_num(logits[rows])), np.isnan(logits[rows])], axis=1)
        ill = labels[rows, k] > 0.5
        if min(ill.sum(), (~ill).sum()) >= 2 * FOLDS:
            scores[rows, k] = _out_of_fold(features, ill, np.asarray(patients)[rows], seed)
    return scores


def _out_of_fold(features: Array, ill: NDArray[np.bool_], patients: NDArray[np.str_], seed: int) -> Array:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold

    scores = np.full(len(ill), np.nan)
    for train, test in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed).split(features, ill, patients):
        if 0 < ill[train].sum() < len(train):
            model = LogisticRegression(C=10.0).fit(features[train], ill[train])
            scores[test] = model.decision_function(features[test])
    return scores
