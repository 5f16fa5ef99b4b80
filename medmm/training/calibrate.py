"""Temperatures, thresholds and conformal scores, from the calibration part only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from medmm.inference.cooling import cooled_logits
from medmm.models.calibration import Calibration
from medmm.training.exclusive import fit_common_temperature
from medmm.training.metrics import sigmoid
from medmm.training.pattern_scores import LabelledLogits, with_scores

Array = NDArray[np.float64]
THRESHOLD_RULE = (
    "The probability that maximises sensitivity + specificity (Youden) on the calibration patients, "
    "with all inputs they have."
)
LIMITS = (0.05, 20.0)
# The possible answers of nine in ten cases with, and of nine in ten without, a finding hold the truth.
ALPHA = 0.1


def fit_temperature(labels: Array, logits: Array) -> float:
    """Find T = exp(t) > 0 that minimises the NLL of logits / T (Guo et al. 2017) by L-BFGS, on Platt's targets.

    1 where the plain NLL would not be better, so that it never rises.
    """
    known = ~(np.isnan(labels) | np.isnan(logits))
    y, z = labels[known], logits[known]
    if y.size == 0 or y.min() == y.max():
        return 1.0

    targets = platt_targets(y)

    def nll(truth: Array, t: float) -> float:
        cooled = z * np.exp(-t)
        return float(np.mean(np.logaddexp(0.0, cooled) - truth * cooled))

    def nll_and_slope(t: Array) -> tuple[float, Array]:
        cooled = z * np.exp(-t[0])
        return nll(targets, t[0]), np.array([np.mean((targets - sigmoid(cooled)) * cooled)])

    low, high = (float(np.log(limit)) for limit in LIMITS)
    found = minimize(nll_and_slope, np.zeros(1), jac=True, method="L-BFGS-B", bounds=[(low, high)])
    is_better = nll(y, found.x[0]) < nll(y, 0.0)
    return float(np.exp(found.x[0])) if is_better else 1.0


def platt_targets(labels: Array) -> Array:
    """Move each label towards the middle by what one more case of the other kind would be worth (Platt 1999, eq. 8).

    Without it a finding that is told apart without an error on the calibration cases gets the lowest temperature that
    is allowed, and certainty on every other case.
    """
    n_positive = float((labels > 0.5).sum())
    n_negative = len(labels) - n_positive
    return np.where(labels > 0.5, (n_positive + 1) / (n_positive + 2), 1 / (n_negative + 2))


def youden_threshold(labels: Array, probabilities: Array) -> float:
    """Choose the midpoint between neighbouring probabilities where sensitivity + specificity is highest."""
    known = ~(np.isnan(labels) | np.isnan(probabilities))
    y, p = labels[known] > 0.5, probabilities[known]
    if y.all() or not y.any():
        return 0.5
    order = np.argsort(p)
    y, p = y[order], p[order]
    # Cut before place i: everything from i on is called positive.
    missed, kept_out = np.concatenate([[0], np.cumsum(y)]), np.concatenate([[0], np.cumsum(~y)])
    gain = (y.sum() - missed) / y.sum() + kept_out / (~y).sum()
    is_cut = np.concatenate([[False], p[1:] > p[:-1], [False]])
    if not is_cut.any():
        return 0.5
    best = int(np.argmax(np.where(is_cut, gain, -1.0)))
    return float(np.clip((p[best - 1] + p[best]) / 2, 0.001, 0.999))


def fit_temperatures(labels: Array, logits: Array, *, head: str = "sigmoid") -> Array:
    """Fit a temperature for every finding, the same for all of a softmax head. labels, logits: [N, F]."""
    if head == "softmax":
        common = fit_common_temperature(labels, logits, limits=LIMITS)
        return np.full(labels.shape[1], round(common, 6))
    return np.array([round(fit_temperature(y, z), 6) for y, z in zip(labels.T, logits.T, strict=True)])


def calibrate(findings: tuple[str, ...], labels: Array, logits: Array, *, head: str = "sigmoid") -> Calibration:
    """Fit temperatures, then a threshold on the calibrated scale, for every finding; no conformal scores yet."""
    temperatures = fit_temperatures(labels, logits, head=head)
    probabilities = sigmoid(cooled_logits(logits, temperatures, head=head))
    thresholds = {
        name: round(youden_threshold(labels[:, place], probabilities[:, place]), 6)
        for place, name in enumerate(findings)
    }
    return Calibration(
        dict(zip(findings, temperatures.tolist(), strict=True)), thresholds, THRESHOLD_RULE, len(labels), alpha=ALPHA
    )


def calibrate_cases(findings: tuple[str, ...], cases: LabelledLogits, *, head: str = "sigmoid") -> Calibration:
    """Fit everything that a bundle says of its doubt: temperatures, thresholds, conformal scores by pattern."""
    return with_scores(calibrate(findings, cases.labels, cases.everything, head=head), cases, head=head)
