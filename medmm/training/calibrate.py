"""Temperature and threshold per finding, from the calibration part only."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from medmm.models.calibration import Calibration
from medmm.training.metrics import sigmoid

Array = NDArray[np.float64]
THRESHOLD_RULE = (
    "The probability that maximises sensitivity + specificity (Youden) on the calibration patients, "
    "with all inputs they have."
)
LIMITS = (0.05, 20.0)


def fit_temperature(labels: Array, logits: Array) -> float:
    """Find T > 0 that minimises the NLL of logits / T (Guo et al. 2017); 1 where that would not be better."""
    known = ~(np.isnan(labels) | np.isnan(logits))
    y, z = torch.from_numpy(labels[known]), torch.from_numpy(logits[known])
    if y.numel() == 0 or y.min() == y.max():
        return 1.0
    log_t = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([log_t], max_iter=100, line_search_fn="strong_wolfe")

    def nll(scale: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(z / scale, y)

    def closure() -> torch.Tensor:
        search.zero_grad()
        loss = nll(log_t.exp())
        loss.backward()
        return loss

    with torch.enable_grad():
        search.step(closure)
    found = float(log_t.detach().exp().clamp(*LIMITS))
    better = nll(torch.tensor(found)) < nll(torch.tensor(1.0))
    return found if bool(better) else 1.0


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


def calibrate(findings: tuple[str, ...], labels: Array, logits: Array) -> Calibration:
    """Fit a temperature, then a threshold on the calibrated scale, for every finding."""
    temperatures, thresholds = {}, {}
    for place, name in enumerate(findings):
        y, z = labels[:, place], logits[:, place]
        temperature = fit_temperature(y, z)
        temperatures[name] = round(temperature, 6)
        thresholds[name] = round(youden_threshold(y, sigmoid(z / temperature)), 6)
    return Calibration(temperatures, thresholds, THRESHOLD_RULE, len(labels))
