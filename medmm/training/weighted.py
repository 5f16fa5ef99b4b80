"""Figures of merit under many weightings of the rows at once: weights [B, N] give [B] values.

labels: [N] 0 or 1; scores, logits: [N]; no unknown among them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.training.bootstrap import Weights
from medmm.training.metrics import sigmoid

Array = NDArray[np.float64]
FIRST_STEPS, STEPS = 15, 5
# Beyond it the classes are told apart without error, and no slope fits.
MAX_SLOPE = 50.0


def auroc(labels: Array, scores: Array, weights: Weights) -> Array:
    """Area under the ROC curve, ties counted half; NaN where a class is missing."""
    positive, negative = _cumulated(labels, scores, weights)
    in_positive, in_negative = np.diff(positive, axis=1), np.diff(negative, axis=1)
    concordant = (in_positive * (negative[:, :-1] + 0.5 * in_negative)).sum(axis=1)
    return _over(concordant, positive[:, -1] * negative[:, -1])


def average_precision(labels: Array, scores: Array, weights: Weights) -> Array:
    """Area under the precision-recall curve by steps, as scikit-learn computes it; NaN without positives."""
    positive, negative = _cumulated(labels, -scores, weights)
    called = positive[:, 1:] + negative[:, 1:]
    precision = np.divide(positive[:, 1:], called, out=np.zeros_like(called), where=called > 0)
    return _over((np.diff(positive, axis=1) * precision).sum(axis=1), positive[:, -1])


def _cumulated(labels: Array, scores: Array, weights: Weights) -> tuple[Array, Array]:
    """Weight of positives and of negatives up to each distinct score, from 0: [B, G + 1] each."""
    order = np.argsort(scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order]) > 0), len(scores) - 1)
    sorted_weights, y = weights[:, order], labels[order]
    zero = np.zeros((len(weights), 1))
    return (
        np.concatenate([zero, np.cumsum(sorted_weights * y, axis=1)[:, ends]], axis=1),
        np.concatenate([zero, np.cumsum(sorted_weights * (1 - y), axis=1)[:, ends]], axis=1),
    )


def brier(labels: Array, probabilities: Array, weights: Weights) -> Array:
    """Mean squared difference of probability and truth."""
    return _over(weights @ (probabilities - labels) ** 2, weights.sum(axis=1))


def decisions(labels: Array, is_called: NDArray[np.bool_], weights: Weights) -> Array:
    """Give accuracy, precision, sensitivity, specificity and F1 [B, 5]; NaN where one is not defined."""
    called = is_called.astype(np.float64)
    tp, fp = weights @ (labels * called), weights @ ((1 - labels) * called)
    fn, tn = weights @ (labels * (1 - called)), weights @ ((1 - labels) * (1 - called))
    rates = (
        _over(tp + tn, tp + fp + fn + tn),
        _over(tp, tp + fp),
        _over(tp, tp + fn),
        _over(tn, tn + fp),
        _over(2 * tp, 2 * tp + fp + fn),
    )
    return np.stack(rates, axis=1)


def calibration_line(labels: Array, logits: Array, weights: Weights) -> Array:
    """Give slope and intercept [B, 2] of calibration (Cox 1958; Steyerberg 2019, section 15.3.3).

    slope: b in logit p = a + b z; intercept: a in logit p = a + z, that is with the slope held at 1.
    """
    # From the solution of the mean weighting a draw's own is a few Newton steps away.
    mean = weights.mean(axis=0, keepdims=True)
    one = np.ones(1)
    line = _fit_line(labels, logits, mean, (0 * one, one), steps=FIRST_STEPS)
    shift = _fit_shift(labels, logits, mean, 0 * one, steps=FIRST_STEPS)
    ones = np.ones(len(weights))
    _, slope = _fit_line(labels, logits, weights, (line[0] * ones, line[1] * ones), steps=STEPS)
    intercept = _fit_shift(labels, logits, weights, shift * ones, steps=STEPS)
    is_fitted = (np.abs(slope) < MAX_SLOPE) & _has_both(labels, weights)
    return np.where(is_fitted[:, None], np.stack([slope, intercept], axis=1), np.nan)


def _fit_line(
    labels: Array, z: Array, weights: Weights, start: tuple[Array, Array], *, steps: int
) -> tuple[Array, Array]:
    a, b = start
    for _ in range(steps):
        p = sigmoid(a[:, None] + b[:, None] * z)
        error, curve = weights * (labels - p), weights * p * (1 - p)
        h0, h1, h2 = curve.sum(axis=1), curve @ z, curve @ z**2
        g0, g1 = error.sum(axis=1), error @ z
        determinant = np.maximum(h0 * h2 - h1**2, 1e-9)
        a = np.clip(a + (h2 * g0 - h1 * g1) / determinant, -MAX_SLOPE, MAX_SLOPE)
        b = np.clip(b + (h0 * g1 - h1 * g0) / determinant, -MAX_SLOPE, MAX_SLOPE)
    return a, b


def _fit_shift(labels: Array, z: Array, weights: Weights, start: Array, *, steps: int) -> Array:
    a = start
    for _ in range(steps):
        p = sigmoid(a[:, None] + z)
        curve = np.maximum((weights * p * (1 - p)).sum(axis=1), 1e-9)
        a = np.clip(a + (weights * (labels - p)).sum(axis=1) / curve, -MAX_SLOPE, MAX_SLOPE)
    return a


def _has_both(labels: Array, weights: Weights) -> NDArray[np.bool_]:
    return (weights @ labels > 0) & (weights @ (1 - labels) > 0)


def mean_of(columns: Sequence[Array]) -> Array:
    """Average several [B] results to [B, 1], leaving out what a draw does not define."""
    stack = np.stack(columns)
    found = ~np.isnan(stack)
    return _over(np.where(found, stack, 0).sum(axis=0), found.sum(axis=0).astype(np.float64))[:, None]


def _over(value: Array, total: Array) -> Array:
    return np.divide(value, total, out=np.full_like(total, np.nan), where=total > 0)
