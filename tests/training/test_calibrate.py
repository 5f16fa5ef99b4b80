"""Temperatures and thresholds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medmm.training.calibrate import calibrate, fit_temperature, youden_threshold
from medmm.training.metrics import negative_log_likelihood, sigmoid


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 12), st.integers(4, 120))
def test_temperature_never_raises_the_nll(seed: int, spread: float, n: int) -> None:
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=n) * spread
    labels = (rng.random(n) < 0.4).astype(float)

    temperature = fit_temperature(labels, logits)

    before = negative_log_likelihood(labels, logits)
    assert negative_log_likelihood(labels, logits / temperature) <= before + 1e-12


def test_temperature_undoes_a_known_scale() -> None:
    rng = np.random.default_rng(0)
    true = rng.normal(size=20_000) * 1.5
    labels = (rng.random(20_000) < sigmoid(true)).astype(float)

    assert fit_temperature(labels, 3 * true) == pytest.approx(3, rel=0.05)


def test_one_class_keeps_the_temperature_at_one() -> None:
    assert fit_temperature(np.ones(5), np.arange(5.0)) == 1.0


def test_youden_separates_what_can_be_separated() -> None:
    labels = np.array([0, 0, 0, 1, 1.0])
    probabilities = np.array([0.1, 0.2, 0.3, 0.5, 0.9])

    assert youden_threshold(labels, probabilities) == pytest.approx(0.4)


def test_youden_by_hand_with_overlap() -> None:
    # Cut 0.55: sensitivity 2/3, specificity 3/3 = 1.667; cut 0.25: 3/3 + 1/3 = 1.333.
    labels = np.array([0, 1, 0, 0, 1, 1.0])
    probabilities = np.array([0.1, 0.3, 0.4, 0.5, 0.6, 0.8])

    assert youden_threshold(labels, probabilities) == pytest.approx(0.55)


def test_unknown_labels_do_not_count() -> None:
    labels = np.array([[0, np.nan], [1, 0], [0, 1], [1, np.nan]])
    logits = np.array([[-2, 5], [2, -1], [-1, 1], [3, -7.0]])

    calibration = calibrate(("a", "b"), labels, logits)

    assert calibration.n_cases == 4
    # Logits -1 and 1 are the known ones of b: the cut lies between.
    assert calibration.thresholds["b"] == pytest.approx(0.5, abs=0.01)


def test_perfect_separation_of_few_cases_is_not_certainty() -> None:
    labels = np.repeat([0.0, 1.0], [600, 100])
    logits = np.where(labels > 0.5, 3.0, -3.0) + np.random.default_rng(1).normal(0, 0.5, labels.size)

    temperature = fit_temperature(labels, logits)

    surest = sigmoid(np.median(logits[labels > 0.5]) / temperature)
    assert 0.97 < surest < 0.999
