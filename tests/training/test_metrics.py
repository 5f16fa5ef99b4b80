"""Figures of merit against scikit-learn and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.training.bootstrap import bootstrap
from medmm.training.metrics import (
    auroc,
    expected_calibration_error,
    mean_auroc,
    negative_log_likelihood,
    sigmoid,
)

RNG = np.random.default_rng(7)


@pytest.mark.parametrize("ties", [False, True])
def test_auroc_equals_scikit_learn(ties: bool) -> None:
    from sklearn.metrics import roc_auc_score

    labels = (RNG.random(200) < 0.3).astype(float)
    scores = RNG.normal(size=200) + labels
    scores = scores.round(0) if ties else scores

    assert auroc(labels, scores) == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)


def test_nll_equals_scikit_learn() -> None:
    from sklearn.metrics import log_loss

    labels = (RNG.random(200) < 0.3).astype(float)
    logits = RNG.normal(size=200) * 3

    assert negative_log_likelihood(labels, logits) == pytest.approx(log_loss(labels, sigmoid(logits)), abs=1e-9)


def test_unknown_labels_and_missing_scores_are_left_out() -> None:
    labels = np.array([1, 0, np.nan, 1, 0])
    scores = np.array([0.9, 0.1, 0.5, np.nan, 0.2])

    assert auroc(labels, scores) == 1.0


def test_one_class_has_no_auroc() -> None:
    assert np.isnan(auroc(np.ones(4), np.arange(4.0)))


def test_mean_skips_a_finding_with_one_class() -> None:
    labels = np.array([[1, 1], [0, 1], [1, 1], [0, 1.0]])
    scores = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.1, 0.4]])

    # Finding 1: pairs (0.9>0.8), (0.9>0.1), (0.7<0.8), (0.7>0.1): 3 of 4.
    assert mean_auroc(labels, scores) == 0.75


def test_calibration_error_by_hand() -> None:
    # Bin 13 of 15 (0.9): 1 of 2 positive, gap 0.4; bin 1 (0.1): 0 of 2, gap 0.1. Each weighs half.
    labels = np.array([1, 0, 0, 0.0])
    probabilities = np.array([0.9, 0.9, 0.1, 0.1])

    assert expected_calibration_error(labels, probabilities) == pytest.approx(0.25)


def test_sigmoid_does_not_overflow() -> None:
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]


def test_interval_of_a_mean_has_its_known_width() -> None:
    values = np.random.default_rng(1).normal(size=400)
    estimate = bootstrap(lambda rows: float(values[rows].mean()), [str(i) for i in range(400)], samples=2000, seed=3)

    # 1.96 * s / sqrt(n) on either side.
    expected = 1.96 * values.std() / 20
    assert estimate.low < estimate.value < estimate.high
    assert (estimate.high - estimate.low) / 2 == pytest.approx(expected, rel=0.1)


def test_images_of_one_patient_move_together() -> None:
    values = np.repeat(np.random.default_rng(1).normal(size=50), 8)
    patients = [str(i // 8) for i in range(400)]
    clustered = bootstrap(lambda rows: float(values[rows].mean()), patients, samples=1000, seed=3)
    apart = bootstrap(lambda rows: float(values[rows].mean()), [str(i) for i in range(400)], samples=1000, seed=3)

    # 8 copies carry no more than one: the honest interval is sqrt(8) times as wide.
    assert (clustered.high - clustered.low) / (apart.high - apart.low) == pytest.approx(8**0.5, rel=0.15)


def test_too_few_usable_draws_give_no_interval() -> None:
    labels = np.array([1.0] + [0.0] * 9)
    scores = np.arange(10.0)
    estimate = bootstrap(lambda r: auroc(labels[r], scores[r]), [str(i) for i in range(10)], samples=200, seed=0)

    assert estimate.value == 0.0
    assert np.isnan(estimate.low)
