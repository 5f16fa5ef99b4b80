"""Figures by age band, sex, view and source; groups too small to say anything are left out and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.training.bootstrap import Draws, Estimate
from medmm.training.finding_figures import measure_finding
from medmm.training.reading import CaseFacts

Array = NDArray[np.float64]
MIN_CASES, MIN_OF_A_CLASS = 20, 5
AGE_BANDS = ((0, 18), (18, 40), (40, 65), (65, 80), (80, 200))


@dataclass(frozen=True)
class SubgroupFigures:
    """One finding among the cases of one group, with all inputs."""

    group: str
    value: str
    finding: str
    n: int
    positives: int
    auroc: Estimate
    sensitivity: Estimate
    specificity: Estimate


def groups_of(facts: Sequence[CaseFacts]) -> dict[str, tuple[str, ...]]:
    """Give the value of each case in every grouping; empty where nothing says so."""
    return {
        "age": tuple(age_band(one.age_years) for one in facts),
        "sex": tuple(one.sex for one in facts),
        "view": tuple(one.view for one in facts),
        "source": tuple(one.source for one in facts),
    }


def age_band(age_years: float | None) -> str:
    """Name the band of an age."""
    band = next(((low, high) for low, high in AGE_BANDS if age_years is not None and low <= age_years < high), None)
    if band is None:
        return ""
    return f"{band[0]} and over" if band == AGE_BANDS[-1] else f"{band[0]} to {band[1] - 1}"


def measure_subgroups(
    findings: Sequence[str],
    labels: Array,
    logits: Array,
    groups: Mapping[str, Sequence[str]],
    draws: Draws,
    thresholds: Mapping[str, float],
) -> tuple[tuple[SubgroupFigures, ...], int]:
    """Measure each finding in each group; also count what was left out (n below 20, or below 5 of a class).

    A grouping with one value only is no grouping.
    """
    found: list[SubgroupFigures] = []
    n_left_out = 0
    for group, values in groups.items():
        names = sorted({one for one in values if one})
        for value in names if len(names) > 1 else ():
            rows = np.array([one == value for one in values])
            for place, name in enumerate(findings):
                y, z = labels[rows, place], logits[rows, place]
                if _is_small(y, z):
                    n_left_out += 1
                    continue
                one = measure_finding(name, y, z, draws.of(rows), threshold=thresholds[name])
                assert one is not None
                rates = (one.auroc, one.sensitivity, one.specificity)
                found.append(SubgroupFigures(group, value, name, one.n, one.positives, *rates))
    return tuple(found), n_left_out


def _is_small(y: Array, z: Array) -> bool:
    known = ~(np.isnan(y) | np.isnan(z))
    n_positive = int((y[known] > 0.5).sum())
    n = int(known.sum())
    return n < MIN_CASES or min(n_positive, n - n_positive) < MIN_OF_A_CLASS
