"""From logits to decisions."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from medmm.core.errors import ModelError
from medmm.core.prediction import FindingScore
from medmm.core.quality import InputKind
from medmm.inference.confidence import OperatingPoint, operating_points, score_findings, sigmoid
from medmm.inference.conformal import ClassLimit, Limits
from medmm.inference.doubt_words import basis_notes
from medmm.models.calibration import Calibration

BARE = Calibration({"f": 1.0}, {"f": 0.5}, "", 9)


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


def limits(positive: float, negative: float) -> Limits:
    return Limits(0.1, (ClassLimit(positive, 50),), (ClassLimit(negative, 50),))


def score_of(p: float, allowed: Limits | None) -> FindingScore:
    point = OperatingPoint("f", threshold=0.5, temperature=1.0)
    (score,) = score_findings([math.log(p / (1 - p))], [point], limits=allowed)
    return score


@pytest.mark.parametrize(
    ("p", "decision", "reason"),
    [
        (0.10, "negative", ""),  # negative fits (0.10 <= 0.40), positive does not (0.90 > 0.70)
        (0.35, "uncertain", "both answers are possible"),
        (0.45, "uncertain", "the calibration cases the other"),  # positive alone fits, the threshold says negative
        (0.80, "positive", ""),
    ],
)
def test_conformal_answers_decide_and_uncertain_has_its_reason(p: float, decision: str, reason: str) -> None:
    score = score_of(p, limits(0.70, 0.40))

    assert score.decision == decision
    assert reason in score.reason
    assert bool(reason) == score.reason.startswith("Cannot tell at 90 %")


def test_no_possible_answer_is_uncertain() -> None:
    score = score_of(0.5001, limits(0.2, 0.2))

    assert (score.decision, score.reason) == (
        "uncertain",
        "Cannot tell at 90 %: neither answer resembles the calibration cases.",
    )


@pytest.mark.parametrize("p", [0.001, 0.5, 0.999])
def test_too_few_calibration_cases_make_every_case_uncertain(p: float) -> None:
    few = Limits(0.1, (ClassLimit(math.inf, 3),), (ClassLimit(0.4, 200),))

    score = score_of(p, few)

    assert score.decision == "uncertain"
    assert score.reason == "Cannot tell at 90 %: 3 calibration cases with the finding, at least 9 are needed."


def test_without_limits_the_threshold_alone_decides() -> None:
    assert (score_of(0.51, None).decision, score_of(0.51, None).reason) == ("positive", "")


def test_interval_is_the_range_of_the_members_on_the_shown_scale() -> None:
    point = OperatingPoint("f", temperature=2.0)

    (score,) = score_findings([1.0], [point], members=np.array([[0.0], [1.0], [2.0]]))

    assert score.interval == pytest.approx((0.5, sigmoid(1.0)))
    assert score.probability == pytest.approx(sigmoid(0.5))


def test_interval_of_an_uncalibrated_model_is_on_its_score() -> None:
    (score,) = score_findings([1.0], [OperatingPoint("f")], members=np.array([[-1.0], [3.0]]))

    assert score.interval == pytest.approx((sigmoid(-1.0), sigmoid(3.0)))


def test_a_single_network_has_no_interval() -> None:
    (score,) = score_findings([1.0], [OperatingPoint("f")])

    assert score.interval is None


@pytest.mark.parametrize(
    ("calibration", "allowed", "code"),
    [
        (None, None, "no_conformal_decision"),
        (BARE, None, "no_conformal_decision"),
        (BARE, replace(limits(1, 1), is_by_pattern=False), "no_conformal_by_inputs"),
        (BARE, replace(limits(1, 1), is_pooled=True), "conformal_pooled"),
    ],
)
def test_what_decisions_rest_on_is_said(calibration: Calibration | None, allowed: Limits | None, code: str) -> None:
    (note,) = basis_notes(calibration, allowed, [InputKind.IMAGE])

    assert note.code == code
    assert "%" not in note.message


def test_nothing_is_said_where_calibration_cases_had_the_same_inputs() -> None:
    assert basis_notes(BARE, limits(1, 1), [InputKind.IMAGE]) == ()
