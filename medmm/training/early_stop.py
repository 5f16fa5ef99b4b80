"""When a stage has learned enough: a decision on its validation figures alone, so that a resumed run decides alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

from medmm.training.options import EarlyStop


def best_epoch(figures: Sequence[float], rule: EarlyStop | None) -> int:
    """Give the epoch whose weights go on: the last one without a rule or where no figure could be computed."""
    if rule is None or not any(math.isfinite(value) for value in figures):
        return len(figures) - 1
    best = -1
    for epoch, value in enumerate(figures):
        if math.isfinite(value) and (best < 0 or value > figures[best] + rule.min_gain):
            best = epoch
    return best


def has_ended(figures: Sequence[float], rule: EarlyStop | None) -> bool:
    """Tell whether `patience` epochs have passed since the best one."""
    return rule is not None and bool(figures) and len(figures) - 1 - best_epoch(figures, rule) >= rule.patience
