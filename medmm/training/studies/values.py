"""What a study found, as values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.training.bootstrap import Estimate, bootstrap
from medmm.training.metrics import auroc

Array = NDArray[np.float64]
LEAST_OF_A_CLASS = 5


@dataclass(frozen=True)
class StudyRow:
    """One figure: what it is of, of how many cases and patients; positives: None where it is no ranking."""

    name: str
    n: int
    n_patients: int
    positives: int | None
    estimate: Estimate


@dataclass(frozen=True)
class Study:
    """One question about the films of one domain; measure: what the figures are ("AUROC")."""

    domain: str
    title: str
    about: str
    measure: str
    rows: tuple[StudyRow, ...]


def ranking_row(
    name: str, truth: Array, scores: Array, patients: Sequence[str], *, samples: int, seed: int
) -> StudyRow | None:
    """Measure how well scores [N] rank a truth of 0 and 1 [N], NaN unknown; None where a class is too rare."""
    known = np.flatnonzero(~(np.isnan(truth) | np.isnan(scores)))
    y, z = truth[known], scores[known]
    n_positive = int((y > 0.5).sum())
    if min(n_positive, len(y) - n_positive) < LEAST_OF_A_CLASS:
        return None
    who = [patients[place] for place in known.tolist()]
    estimate = bootstrap(lambda rows: auroc(y[rows], z[rows]), who, samples=samples, seed=seed)
    return StudyRow(name, len(y), len(set(who)), n_positive, estimate)


def figure_row(
    name: str, statistic: Callable[[NDArray[np.intp]], float], patients: Sequence[str], *, samples: int, seed: int
) -> StudyRow:
    """Evaluate a statistic of row numbers with its interval over patients."""
    estimate = bootstrap(statistic, patients, samples=samples, seed=seed)
    return StudyRow(name, len(patients), len(set(patients)), None, estimate)
