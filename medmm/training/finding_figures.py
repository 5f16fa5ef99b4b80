"""Every figure of one finding, with intervals from the same draws of patients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.training import weighted
from medmm.training.bootstrap import Draws, Estimate, Weights, estimates
from medmm.training.metrics import (
    calibration_error_null,
    detectable_difference,
    expected_calibration_error,
    sigmoid,
)

Array = NDArray[np.float64]
STATISTICS = (
    "auroc",
    "auprc",
    "brier",
    "accuracy",
    "precision",
    "sensitivity",
    "specificity",
    "f1",
    "slope",
    "intercept",
)


@dataclass(frozen=True)
class Confusion:
    """Cases by truth and decision at the threshold."""

    true_positive: int
    false_positive: int
    false_negative: int
    true_negative: int


@dataclass(frozen=True)
class CalibrationError:
    """ECE beside the ECE of a perfectly calibrated model with the same probabilities: mean and 95th percentile."""

    value: float
    null_mean: float
    null_high: float

    @property
    def is_beyond_chance(self) -> bool:
        """Tell whether a perfect model would have so large an ECE in fewer than one of twenty samples."""
        return self.value > self.null_high


@dataclass(frozen=True)
class FindingFigures:
    """One finding from one set of inputs; n: cases with a known label and a score.

    detectable: smallest paired difference of AUROC that such a sample finds (`metrics.detectable_difference`).
    """

    name: str
    n: int
    positives: int
    auroc: Estimate
    auprc: Estimate
    brier: Estimate
    accuracy: Estimate
    precision: Estimate
    sensitivity: Estimate
    specificity: Estimate
    f1: Estimate
    slope: Estimate
    intercept: Estimate
    confusion: Confusion
    ece: CalibrationError
    detectable: float


def measure_finding(
    name: str, labels: Array, logits: Array, draws: Draws, *, threshold: float, line_draws: Draws | None = None
) -> FindingFigures | None:
    """Measure one finding; None where no label is known. labels, logits: [N], NaN where unknown; logits calibrated.

    line_draws: for intervals of the calibration line, which take longer than all other figures together.
    """
    known = ~(np.isnan(labels) | np.isnan(logits))
    if not known.any():
        return None
    y, z = (labels[known] > 0.5).astype(np.float64), logits[known]
    p = sigmoid(z)
    is_called = p >= threshold

    def statistics(weights: Weights) -> Array:
        areas = (weighted.auroc(y, z, weights), weighted.average_precision(y, z, weights))
        columns = np.stack([*areas, weighted.brier(y, p, weights)], axis=1)
        return np.concatenate([columns, weighted.decisions(y, is_called, weights)], axis=1)

    found = estimates(draws.of(known), statistics)
    found += estimates((line_draws or draws.none).of(known), lambda weights: weighted.calibration_line(y, z, weights))
    n_positive, n_negative = int(y.sum()), int((1 - y).sum())
    return FindingFigures(
        name=name,
        n=int(known.sum()),
        positives=n_positive,
        **dict(zip(STATISTICS, found, strict=True)),
        confusion=_confusion(y > 0.5, is_called),
        ece=CalibrationError(expected_calibration_error(y, p), *calibration_error_null(p)),
        detectable=detectable_difference(found[0].value, n_positive, n_negative),
    )


def _confusion(ill: NDArray[np.bool_], called: NDArray[np.bool_]) -> Confusion:
    cells = (ill & called, ~ill & called, ill & ~called, ~ill & ~called)
    return Confusion(*(int(cell.sum()) for cell in cells))
