"""Where the calibration does not hold for an input, no number is called a probability and nothing is decided."""

from __future__ import annotations

import math
from typing import Any

import pytest

from medmm.core.prediction import InputUse
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.inference.confidence import OperatingPoint, uncalibrated_points
from medmm.inference.uncalibrated import doubtful_kinds, withhold_probabilities
from medmm.inference.what_if import without_inputs
from tests.inference.builders import FINDINGS, make_case, make_ensemble_predictor, make_predictor

STRANGE = QualityNote("note_unlike_training", Words("Unlike."), Severity.WARNING, InputKind.NOTE)
POINTS = tuple(OperatingPoint(finding, threshold=0.7, temperature=2.0) for finding in FINDINGS)


def uses(*, used: bool = True) -> dict[InputKind, InputUse]:
    return {InputKind.IMAGE: InputUse(True), InputKind.NOTE: InputUse(used, (STRANGE,))}


def calibrated(predictor: Any) -> Any:
    predictor.points = POINTS
    return predictor


def test_a_threshold_moves_to_the_score_that_has_its_probability() -> None:
    # sigmoid(l / 2) = 0.7 at l = 2 log(7/3), and sigmoid(2 log x) = x^2 / (1 + x^2).
    (point, raw) = uncalibrated_points([POINTS[0], OperatingPoint("f", threshold=0.3)])
    assert point.temperature is None
    assert point.threshold == pytest.approx((7 / 3) ** 2 / (1 + (7 / 3) ** 2))
    assert raw == OperatingPoint("f", threshold=0.3)


@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_a_threshold_at_the_end_of_the_scale_stays_there(threshold: float) -> None:
    (point,) = uncalibrated_points([OperatingPoint("f", threshold, temperature=3.0)])
    assert point.threshold == threshold


def test_a_stranger_that_takes_part_leaves_scores_and_no_decision() -> None:
    predictor = calibrated(make_predictor())
    before = predictor.predict(predictor.prepare(make_case()).model_input)

    after = withhold_probabilities(predictor, before, uses())

    assert doubtful_kinds(uses()) == (InputKind.NOTE,)
    for sure, doubted in zip(before.findings, after.findings, strict=True):
        assert (doubted.decision, doubted.probability) == ("uncertain", None)
        assert doubted.shown == doubted.score == pytest.approx(1 / (1 + math.exp(-sure.logit)))
        # The same side of the threshold, on either scale.
        assert (doubted.is_positive, doubted.logit) == (sure.is_positive, sure.logit)
        assert "note" in doubted.reason


def test_intervals_of_members_move_to_the_scale_that_is_shown() -> None:
    predictor = calibrated(make_ensemble_predictor())
    before = predictor.predict(predictor.prepare(make_case()).model_input)

    after = withhold_probabilities(predictor, before, uses())

    logits = predictor.member_logits(before)
    for place, finding in enumerate(after.findings):
        low, high = finding.interval or (math.nan, math.nan)
        assert low <= finding.shown <= high
        assert low <= 1 / (1 + math.exp(-logits[:, place].min())) + 1e-9


def test_what_if_answers_are_on_the_scale_of_the_answer() -> None:
    predictor = calibrated(make_predictor())
    before = predictor.predict(predictor.prepare(make_case()).model_input)

    after = withhold_probabilities(predictor, before, uses())

    others = [one.score for answers in without_inputs(predictor, after).values() for one in answers]
    assert {(score.probability, score.decision) for score in others} == {(None, "uncertain")}
    sure = [one.score for answers in without_inputs(predictor, before).values() for one in answers]
    assert None not in {score.probability for score in sure}


def test_a_stranger_that_is_left_out_casts_no_doubt() -> None:
    predictor = calibrated(make_predictor())
    before = predictor.predict(predictor.prepare(make_case()).model_input)
    assert withhold_probabilities(predictor, before, uses(used=False)) is before
