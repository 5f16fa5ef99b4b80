"""Temperatures: from logits to calibrated logits, finding by finding or for all classes of a softmax at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from medmm.core.lookup import find_entry

Array = NDArray[np.float64]
# What the class "none of them" has at least of the probability that the likeliest finding leaves to the others:
# logits are float32, so that less cannot be told from nothing.
RESOLUTION = 1e-6


def cooled_logits(logits: Array, temperatures: Array, *, head: str = "sigmoid") -> Array:
    """Give logits whose sigmoid is the calibrated probability. logits: [..., F]; temperatures: [F]; head: of the spec.

    softmax: p = softmax(log p / T) over the findings and "none of them", with the one temperature of all findings.
    """
    return find_entry(_COOLED, head, what="head")(np.asarray(logits, dtype=np.float64), temperatures)


def class_log_probabilities(logits: Array) -> Array:
    """Give log p of "none of them", then of every finding: [..., F + 1] from the logits [..., F] of a softmax head."""
    logits = np.asarray(logits, dtype=np.float64)
    log_p = -np.logaddexp(0.0, -logits)
    # 1 - sum of p loses what is left beside a likely finding; the sigmoid of its negative logit keeps it.
    rest = np.exp(-np.logaddexp(0.0, logits.max(axis=-1, keepdims=True)))
    others = np.exp(np.sort(log_p, axis=-1)[..., :-1]).sum(axis=-1, keepdims=True)
    none = np.log(np.maximum(rest - others, RESOLUTION * rest))
    return _normalised(np.concatenate([none, log_p], axis=-1))


def cooled_classes(log_p: Array, temperature: float) -> Array:
    """Give log softmax(log p / T), [..., F + 1]."""
    return _normalised(log_p / temperature)


def _normalised(scores: Array) -> Array:
    total: Array = np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return scores - total


def _each(logits: Array, temperatures: Array) -> Array:
    return logits / temperatures


def _together(logits: Array, temperatures: Array) -> Array:
    temperature = float(temperatures[0])
    if temperature == 1.0:
        return logits
    log_p = cooled_classes(class_log_probabilities(logits), temperature)
    columns = range(1, log_p.shape[-1])
    rest = [np.logaddexp.reduce(np.delete(log_p, column, axis=-1), axis=-1) for column in columns]
    cooled: Array = log_p[..., 1:] - np.stack(rest, axis=-1)
    return cooled


_COOLED: dict[str, Callable[[Array, Array], Array]] = {"sigmoid": _each, "softmax": _together}
