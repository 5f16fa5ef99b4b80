"""Greedy soup (Wortsman et al. 2022): weights of members averaged as long as the validation figure does not fall."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

State = Mapping[str, Tensor]


def average(states: Sequence[State]) -> dict[str, Tensor]:
    """Average floating-point weights; counters are taken from the first."""
    return {
        name: torch.stack([state[name].double() for state in states]).mean(dim=0).to(first.dtype)
        if first.is_floating_point()
        else first.clone()
        for name, first in states[0].items()
    }


def greedy_soup(
    states: Sequence[State], own: Sequence[float], figure: Callable[[State], float]
) -> tuple[dict[str, Tensor], list[int], float]:
    """Add members in the order of their own figure and keep each that does not lower the soup's.

    own: the figure of each member; figure: higher is better, NaN counts as worst.
    Returns the weights, the places of the members in them, and the figure of the soup.
    """
    own = [_finite(value) for value in own]
    order = sorted(range(len(states)), key=lambda place: -own[place])
    kept, best = [order[0]], own[order[0]]
    for place in order[1:]:
        tried = _finite(figure(average([states[p] for p in (*kept, place)])))
        if tried >= best:
            kept, best = [*kept, place], tried
    return average([states[place] for place in kept]), kept, best if math.isfinite(best) else math.nan


def _finite(value: float) -> float:
    return value if math.isfinite(value) else -math.inf
