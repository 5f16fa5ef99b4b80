"""Weighted figures against scikit-learn, and the resampling against its loop."""

from __future__ import annotations

import time

import numpy as np
import pytest

from medmm.training import weighted
from medmm.training.bootstrap import bootstrap, estimates, make_draws
from medmm.training.finding_figures import measure_finding
from medmm.training.metrics import (
    auroc,
    calibration_error_null,
    detectable_difference,
    expected_calibration_error,
    sigmoid,
)

RNG = np.random.default_rng(5)
Y = (RNG.random(150) < 0.3).astype(float)
Z = RNG.normal(size=150) + 1.5 * Y - 1
WEIGHTS = RNG.integers(0, 4, (6, 150)).astype(float)


@pytest.mark.parametrize("ties", [False, True])
def test_areas_equal_scikit_learn_under_every_weighting(ties: bool) -> None:
    from sklearn.metrics import average_precision_score, roc_auc_score

    z = Z.round(0) if ties else Z

    expected = [[roc_auc_score(Y, z, sample_weight=w), average_precision_score(Y, z, sample_weight=w)] for w in WEIGHTS]
    found = np.stack([weighted.auroc(Y, z, WEIGHTS), weighted.average_precision(Y, z, WEIGHTS)], axis=1)
    assert found == pytest.approx(np.array(expected), abs=1e-12)


def test_decisions_and_brier_equal_scikit_learn() -> None:
    from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, precision_score, recall_score

    p, called = sigmoid(Z), sigmoid(Z) > 0.4
    rows = [
        (
            accuracy_score(Y, called, sample_weight=w),
            precision_score(Y, called, sample_weight=w),
            recall_score(Y, called, sample_weight=w),
            recall_score(1 - Y, ~called, sample_weight=w),
            f1_score(Y, called, sample_weight=w),
        )
        for w in WEIGHTS
    ]

    assert weighted.decisions(Y, called, WEIGHTS) == pytest.approx(np.array(rows), abs=1e-12)
    expected = [brier_score_loss(Y, p, sample_weight=w) for w in WEIGHTS]
    assert weighted.brier(Y, p, WEIGHTS) == pytest.approx(np.array(expected), abs=1e-12)


def test_calibration_slope_equals_an_unpenalised_logistic_regression() -> None:
    from sklearn.linear_model import LogisticRegression

    slopes = [
        LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(Z[:, None], Y, sample_weight=w).coef_[0, 0]
        for w in WEIGHTS
    ]

    found = weighted.calibration_line(Y, Z, WEIGHTS)
    assert found[:, 0] == pytest.approx(np.array(slopes), rel=1e-4)
    # With the intercept added, the mean probability equals the share of positives.
    for weights, (_, intercept) in zip(WEIGHTS, found, strict=True):
        assert np.average(sigmoid(Z + intercept), weights=weights) == pytest.approx(np.average(Y, weights=weights))


def test_one_class_alone_has_no_figures() -> None:
    weights = np.stack([Y, 1 - Y])

    assert np.isnan(weighted.auroc(Y, Z, weights)).all()
    assert np.isnan(weighted.calibration_line(Y, Z, weights)).all()


def test_vectorised_interval_equals_the_loop_over_draws() -> None:
    patients = [f"p{i // 3}" for i in range(150)]
    looped = bootstrap(lambda rows: auroc(Y[rows], Z[rows]), patients, samples=3000, seed=1)

    (found,) = estimates(make_draws(patients, samples=3000, seed=2), lambda w: weighted.auroc(Y, Z, w)[:, None])

    # Other draws of the same distribution: ends agree to the noise of 3,000 draws.
    assert found.value == pytest.approx(looped.value)
    assert (found.low, found.high) == pytest.approx((looped.low, looped.high), abs=0.01)


def test_two_thousand_draws_of_every_figure_are_fast() -> None:
    y = (RNG.random(500) < 0.3).astype(float)
    draws = make_draws([str(i) for i in range(500)], samples=2000, seed=0)
    start = time.process_time()

    found = measure_finding("nodule", y, RNG.normal(size=500) + y, draws, threshold=0.5, line_draws=draws)

    assert found is not None
    # 1 s on a slow core; one draw at a time takes 20.
    assert time.process_time() - start < 4


def test_null_of_a_perfectly_calibrated_model() -> None:
    rng = np.random.default_rng(3)
    p = rng.beta(1, 2, 200)
    errors = [expected_calibration_error((rng.random(200) < p).astype(float), p) for _ in range(2000)]

    mean, high = calibration_error_null(p, samples=2000)

    # Noise of 2,000 samples: a standard deviation of 0.018 / sqrt(2000) of the mean, thrice that of the percentile.
    assert mean == pytest.approx(np.mean(errors), abs=0.002)
    assert high == pytest.approx(np.percentile(errors, 95), abs=0.006)


@pytest.mark.parametrize(("n", "expected"), [(60, 0.176), (100, 0.136), (200, 0.096), (400, 0.068), (800, 0.048)])
def test_smallest_detectable_difference_of_the_table(n: int, expected: float) -> None:
    positives = round(0.3 * n)

    assert detectable_difference(0.78, positives, n - positives) == pytest.approx(expected, abs=0.002)
