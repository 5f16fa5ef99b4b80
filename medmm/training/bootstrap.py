"""Patient-clustered bootstrap: patients are drawn, not images, and both models see the same draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % percentile interval; NaN interval when too few draws could be evaluated."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})"


def bootstrap(
    statistic: Callable[[NDArray[np.intp]], float], patients: Sequence[str], *, samples: int, seed: int
) -> Estimate:
    """Evaluate statistic(row indices) on all rows and on `samples` draws of patients with replacement."""
    _, owner = np.unique(np.asarray(patients), return_inverse=True)
    rows_of = [np.flatnonzero(owner == patient) for patient in range(int(owner.max()) + 1)]
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(samples):
        drawn = rng.integers(0, len(rows_of), len(rows_of))
        values.append(statistic(np.concatenate([rows_of[patient] for patient in drawn])))
    usable = np.array([value for value in values if np.isfinite(value)])
    everything = statistic(np.arange(len(owner)))
    # A draw without one of the classes has no AUROC; an interval from few such draws would be too narrow.
    if usable.size < 0.9 * samples:
        return Estimate(everything, float("nan"), float("nan"))
    low, high = np.percentile(usable, (2.5, 97.5))
    return Estimate(everything, float(low), float(high))
