"""Patient-clustered bootstrap: patients are drawn, not images, and both models see the same draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

# Weights [B, N]: how often a draw took each row.
Weights = NDArray[np.float64]
WeightedStatistic = Callable[[Weights], NDArray[np.float64]]
# Weights of a step stay in the cache of a core.
CHUNK = 150_000
NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % percentile interval; NaN interval when too few draws could be evaluated."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})"


@dataclass(frozen=True)
class Draws:
    """Draws of patients with replacement, made once so that everything is compared on the same ones.

    counts: [B, patients] how often each was taken; owner: [N] the patient of each row.
    """

    counts: NDArray[np.uint16]
    owner: NDArray[np.intp]

    @property
    def none(self) -> Draws:
        """Give no draw at all: values without intervals."""
        return Draws(self.counts[:0], self.owner)

    def of(self, rows: NDArray[np.bool_]) -> Draws:
        """Give the same draws for a part of the rows."""
        return Draws(self.counts, self.owner[rows])


def make_draws(patients: Sequence[str], *, samples: int, seed: int) -> Draws:
    """Draw as many patients as there are, `samples` times."""
    names, owner = np.unique(np.asarray(patients), return_inverse=True)
    rng = np.random.default_rng(seed)
    taken = rng.integers(0, len(names), (samples, len(names)))
    counts = np.stack([np.bincount(one, minlength=len(names)) for one in taken]).astype(np.uint16)
    return Draws(counts, owner.astype(np.intp))


def resample(draws: Draws, statistic: WeightedStatistic) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Evaluate statistic(weights [B, N]) -> [B, K] on all rows and on every draw. Gives ([K], [B, K])."""
    everything = statistic(np.ones((1, len(draws.owner))))[0]
    step = max(1, CHUNK // max(1, len(draws.owner)))
    starts = range(0, len(draws.counts), step)
    if not len(draws.counts):
        return everything, np.zeros((0, len(everything)))
    drawn = [statistic(draws.counts[at : at + step, draws.owner].astype(np.float64)) for at in starts]
    return everything, np.concatenate(drawn)


def estimates(draws: Draws, statistic: WeightedStatistic) -> tuple[Estimate, ...]:
    """Give each of the K values of a weighted statistic with its interval."""
    values, drawn = resample(draws, statistic)
    return tuple(map(partial(interval, samples=len(drawn)), values, drawn.T))


def interval(value: float, drawn: NDArray[np.float64], *, samples: int) -> Estimate:
    """Put the percentile interval of the draws around a value."""
    usable = drawn[np.isfinite(drawn)]
    # A draw without one of the classes has no AUROC; an interval from few such draws would be too narrow.
    if usable.size < 0.9 * samples or usable.size == 0:
        return Estimate(float(value), NAN, NAN)
    low, high = np.percentile(usable, (2.5, 97.5))
    return Estimate(float(value), float(low), float(high))


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
    return interval(statistic(np.arange(len(owner))), np.array(values), samples=samples)
