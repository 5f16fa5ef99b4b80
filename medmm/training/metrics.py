"""Figures of merit: AUROC, calibration error, likelihood. Unknown labels and missing scores are left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Array = NDArray[np.float64]
ECE_BINS = 15


def auroc(labels: Array, scores: Array) -> float:
    """Area under the ROC curve by ranks, ties counted half; NaN when one class is missing."""
    known = ~(np.isnan(labels) | np.isnan(scores))
    positive = labels[known] > 0.5
    n_positive = int(positive.sum())
    n_negative = int(positive.size) - n_positive
    if n_positive == 0 or n_negative == 0:
        return float("nan")
    ranks = rankdata(scores[known])
    return float((ranks[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative))


def auroc_per_finding(labels: Array, scores: Array) -> Array:
    """AUROC of every column of [N, F]."""
    return np.array([auroc(labels[:, k], scores[:, k]) for k in range(labels.shape[1])])


def mean_auroc(labels: Array, scores: Array) -> float:
    """Mean over the findings that have both classes; NaN when none has."""
    values = auroc_per_finding(labels, scores)
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def sigmoid(logits: Array) -> Array:
    """Logistic function without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logits))


def negative_log_likelihood(labels: Array, logits: Array) -> float:
    """Mean binary NLL in nats over known labels."""
    known = ~(np.isnan(labels) | np.isnan(logits))
    z, y = logits[known], labels[known]
    return float(np.mean(np.logaddexp(0.0, z) - y * z))


def expected_calibration_error(labels: Array, probabilities: Array) -> float:
    """ECE with 15 bins of equal width: mean |share of positives - mean probability|, weighted by bin size."""
    known = ~(np.isnan(labels) | np.isnan(probabilities))
    p, y = probabilities[known], labels[known]
    bins = np.minimum((p * ECE_BINS).astype(int), ECE_BINS - 1)
    gaps = [abs(float((y - p)[bins == b].sum())) for b in range(ECE_BINS)]
    return float(sum(gaps) / max(p.size, 1))
