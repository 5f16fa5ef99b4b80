"""Weights of members: greedy ensemble selection with replacement.

Caruana, Niculescu-Mizil, Crew and Ksikes 2004, "Ensemble Selection from Libraries of Models". Bounded rounds keep
weights coarse: a small validation part cannot be fitted closely, and no member stays for less than a twentieth.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ROUNDS = 20


def select_weights(stack: Array, nll: Callable[[Array], float]) -> Array:
    """Give weights [M], not negative, sum 1, multiples of one fraction.

    stack: [M, ...], what every member says of the validation cases; nll: how badly an average of them, [...], fits.
    Each round takes in, once more or for the first time, the member whose vote lowers nll most; the best round wins.
    """
    counts, total = np.zeros(len(stack)), np.zeros(stack.shape[1:])
    best, lowest = np.full(len(stack), 1.0 / len(stack)), math.inf
    for n_taken in range(1, ROUNDS + 1):
        tried = [_misfit((total + own) / n_taken, nll) for own in stack]
        chosen = int(np.argmin(tried))
        counts[chosen], total = counts[chosen] + 1, total + stack[chosen]
        if tried[chosen] < lowest:
            best, lowest = counts / n_taken, tried[chosen]
    return best


def _misfit(mean: Array, nll: Callable[[Array], float]) -> float:
    # A network that diverged says NaN of every case.
    return nll(mean) if np.isfinite(mean).any() else math.inf
