"""Figures of a softmax head over all its classes at once: "none of them", then the findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.inference.cooling import class_log_probabilities
from medmm.training.bootstrap import Draws, Estimate, Weights, estimates
from medmm.training.exclusive import possible_classes

Array = NDArray[np.float64]
NONE = "none_of_them"


@dataclass(frozen=True)
class ClassFigures:
    """names: of the classes; counts: by truth (row) and the likeliest class (column).

    accuracy: share of the cases whose likeliest class is the true one; n_left_out: cases whose class is not known, or
    that have several findings.
    """

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    accuracy: Estimate
    n_left_out: int


def measure_classes(findings: Sequence[str], labels: Array, logits: Array, draws: Draws) -> ClassFigures:
    """Count the cases by class and answer. labels, logits: [N, F], NaN where unknown; logits calibrated."""
    possible, scored = possible_classes(labels), np.isfinite(logits).all(axis=1)
    known = (possible.sum(axis=1) == 1) & scored
    truth = possible[known].argmax(axis=1)
    answer = class_log_probabilities(logits[known]).argmax(axis=1)
    n = len(findings) + 1
    counts = np.zeros((n, n), dtype=np.int64)
    np.add.at(counts, (truth, answer), 1)
    is_right = (truth == answer).astype(np.float64)

    def accuracy(weights: Weights) -> Array:
        total = weights.sum(axis=1)
        share: Array = np.divide(weights @ is_right, total, out=np.full_like(total, np.nan), where=total > 0)
        return share[:, None]

    (found,) = estimates(draws.of(known), accuracy)
    return ClassFigures((NONE, *findings), tuple(map(tuple, counts.tolist())), found, int((~known & scored).sum()))
