"""What a softmax head needs of labels: which classes a case can be of, and that it has one finding at most.

Classes are counted from 0, "none of them", to F, the last finding.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from medmm.core.errors import InvalidRecord
from medmm.core.words import Words
from medmm.inference.cooling import class_log_probabilities, cooled_classes

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def require_exclusive(labels: Sequence[Sequence[float]], findings: Sequence[str]) -> None:
    """Refuse cases with several findings at once. Raises InvalidRecord with their number."""
    positive = np.nan_to_num(np.array(labels, dtype=np.float64)) > 0.5
    several = np.flatnonzero(positive.sum(axis=1) > 1)
    if several.size:
        first = ", ".join(name for name, has in zip(findings, positive[several[0]], strict=True) if has)
        raise InvalidRecord(
            Words(
                "{n_several} of {n_cases} cases have several findings at once (the first: {first}), "
                "but head softmax takes the findings to exclude each other",
                n_several=several.size,
                n_cases=len(positive),
                first=first,
            ),
            Words("Write `head: sigmoid`, or name only findings of which a case has one at most."),
        )


def possible_classes(labels: Array) -> Mask:
    """Tell which classes a case can be of, [N, F + 1]: its finding; else "none" and the findings that are not known.

    labels: [N, F], NaN where unknown; at most one finding a case.
    """
    positive, unknown = np.nan_to_num(labels) > 0.5, np.isnan(labels)
    has = positive.any(axis=1, keepdims=True)
    return np.concatenate([~has, positive | (unknown & ~has)], axis=1)


def class_nll(labels: Array, log_p: Array) -> float:
    """Mean -log of the probability of the possible classes, over the cases of which something is known; NaN for none.

    log_p: [N, F + 1] as of `class_log_probabilities`, NaN in rows without a score.
    """
    possible = possible_classes(labels)
    rows = ~possible.all(axis=1) & np.isfinite(log_p).all(axis=1)
    if not rows.any():
        return float("nan")
    return float(-np.mean(np.logaddexp.reduce(np.where(possible, log_p, -np.inf)[rows], axis=1)))


def fit_common_temperature(labels: Array, logits: Array, *, limits: tuple[float, float]) -> float:
    """Find the T that minimises the class NLL of softmax(log p / T); 1 where none is better, so it never rises."""
    log_p = class_log_probabilities(logits)
    rows = ~possible_classes(labels).all(axis=1) & np.isfinite(log_p).all(axis=1)
    if not rows.any():
        return 1.0

    def nll(t: float) -> float:
        return class_nll(labels[rows], cooled_classes(log_p[rows], float(np.exp(t))))

    found = minimize_scalar(nll, bounds=tuple(np.log(limits)), method="bounded")
    return float(np.exp(found.x)) if found.fun < nll(0.0) else 1.0
