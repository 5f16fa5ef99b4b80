"""Figures of merit: AUROC, calibration error, likelihood. Unknown labels and missing scores are left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Array = NDArray[np.float64]
ECE_BINS = 15
# z(0.975) + z(0.80): two-sided 5 % level, 80 % power.
POWER_FACTOR = 1.959964 + 0.841621


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


def calibration_error_null(probabilities: Array, *, samples: int = 1000, seed: int = 0) -> tuple[float, float]:
    """Give mean and 95th percentile of the ECE that these probabilities would have if they were exactly right.

    Labels are drawn from the probabilities: a perfect model of few cases has an ECE well above 0.
    """
    p = probabilities[~np.isnan(probabilities)]
    if p.size == 0:
        return float("nan"), float("nan")
    bins = np.minimum((p * ECE_BINS).astype(int), ECE_BINS - 1)
    in_bin = (bins[:, None] == np.arange(ECE_BINS)).astype(np.float64)
    drawn = np.random.default_rng(seed).random((samples, p.size)) < p
    errors = np.abs((drawn - p) @ in_bin).sum(axis=1) / p.size
    return float(errors.mean()), float(np.percentile(errors, 95))


def auroc_standard_error(area: float, n_positive: int, n_negative: int) -> float:
    """Standard error of an AUROC (Hanley and McNeil 1982)."""
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (n_positive - 1) * (q1 - area**2) + (n_negative - 1) * (q2 - area**2)
    return float(np.sqrt(max(spread, 0.0) / (n_positive * n_negative)))


def detectable_difference(area: float, n_positive: int, n_negative: int, *, correlation: float = 0.6) -> float:
    """Smallest difference of two paired AUROC that is found with 80 % power at the two-sided 5 % level.

    (1.960 + 0.842) * SE * sqrt(2 * (1 - r)), SE after Hanley and McNeil, r the correlation of the two.
    """
    if n_positive == 0 or n_negative == 0 or not np.isfinite(area):
        return float("nan")
    return POWER_FACTOR * auroc_standard_error(area, n_positive, n_negative) * float(np.sqrt(2 * (1 - correlation)))
