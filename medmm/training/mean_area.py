"""Mean AUROC over findings with its interval, on draws of patients that were made before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from medmm.training import weighted
from medmm.training.bootstrap import NAN, Draws, Estimate, Weights, estimates

Array = NDArray[np.float64]


def estimate_mean_auroc(labels: Array, scores: Array, draws: Draws) -> Estimate:
    """Average over the findings that have both classes; NaN where none has.

    labels, scores: [N, F], NaN where unknown; draws: of the same N rows.
    """
    known = ~(np.isnan(labels) | np.isnan(scores))
    columns = [k for k in range(labels.shape[1]) if len(np.unique(labels[known[:, k], k] > 0.5)) == 2]
    if not columns:
        return Estimate(NAN, NAN, NAN)

    def mean(weights: Weights) -> Array:
        areas = []
        for k in columns:
            rows = known[:, k]
            y = (labels[rows, k] > 0.5).astype(np.float64)
            areas.append(weighted.auroc(y, scores[rows, k], weights[:, rows]))
        return weighted.mean_of(areas)

    return estimates(draws, mean)[0]
