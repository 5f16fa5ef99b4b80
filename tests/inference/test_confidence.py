"""From logits to decisions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from medmm.core.errors import ModelError
from medmm.inference.confidence import (
    OperatingPoint,
    class_quantiles,
    conformal_quantile,
    decide,
    operating_points,
    score_findings,
    sigmoid,
)
from medmm.models.calibration import Calibration


def test_temperature_divides_the_logit() -> None:
    (score,) = score_findings([2.0], [OperatingPoint("f", threshold=0.5, temperature=2.0)])
    assert score.probability == pytest.approx(1 / (1 + math.exp(-1)))
    assert score.score == pytest.approx(1 / (1 + math.exp(-2)))
    assert score.shown == score.probability


def test_without_calibration_there_is_no_probability() -> None:
    (point,) = operating_points(["f"], None)
    (score,) = score_findings([0.1], [point])
    assert score.probability is None
    assert score.decision == "positive"


def test_uncalibrated_bundle_keeps_its_thresholds_only() -> None:
    calibration = Calibration({"f": 3.0}, {"f": 0.7}, "rule", 10, is_calibrated=False)
    assert operating_points(["f"], calibration) == (OperatingPoint("f", threshold=0.7),)


@pytest.mark.parametrize("logit", [math.nan, math.inf, -math.inf])
def test_output_that_is_no_number_is_an_error(logit: float) -> None:
    with pytest.raises(ModelError, match="not a number"):
        score_findings([logit], [OperatingPoint("f")])


@pytest.mark.parametrize("logit", [-800.0, -1.0, 0.0, 1.0, 800.0])
def test_sigmoid_never_overflows(logit: float) -> None:
    assert sigmoid(logit) + sigmoid(-logit) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("p", "decision"),
    [
        (0.10, "negative"),  # negative fits (0.10 <= 0.40), positive does not (0.90 > 0.70)
        (0.35, "uncertain"),  # both fit
        (0.45, "uncertain"),  # only positive fits, but the threshold says negative
        (0.80, "positive"),
    ],
)
def test_conformal_set_decides_and_may_be_uncertain(p: float, decision: str) -> None:
    point = OperatingPoint("f", threshold=0.5, temperature=1.0, positive_quantile=0.70, negative_quantile=0.40)
    assert decide(p, point) == decision


def test_empty_conformal_set_is_uncertain() -> None:
    point = OperatingPoint("f", threshold=0.5, temperature=1.0, positive_quantile=0.2, negative_quantile=0.2)
    assert decide(0.5, point) == "uncertain"


def test_conformal_quantile_by_hand() -> None:
    # n = 9, alpha = 0.1: rank ceil(10 * 0.9) = 9, the largest; n = 8: rank 9 > 8, so everything stays possible.
    assert conformal_quantile([0.9, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], alpha=0.1) == 0.9
    assert conformal_quantile([0.1] * 8, alpha=0.1) == math.inf
    assert class_quantiles([0.8, 0.3], [True, False], alpha=0.1) == (1.0, 1.0)


def test_decisions_are_wrong_at_most_as_often_as_promised() -> None:
    # 200 resplits of 200 + 200 cases: the mean error of a split conformal set is at most alpha (Vovk 2005).
    rng = np.random.default_rng(0)
    wrong = []
    for _ in range(200):
        has = rng.random(400) < 0.4
        p = 1 / (1 + np.exp(-(rng.normal(0, 1.2, 400) + np.where(has, 1.0, -1.0))))
        positive, negative = class_quantiles(p[:200], has[:200], alpha=0.1)
        kept = np.where(has[200:], 1 - p[200:] <= positive, p[200:] <= negative)
        wrong.append(1 - kept.mean())
    assert 0.07 <= np.mean(wrong) <= 0.105
