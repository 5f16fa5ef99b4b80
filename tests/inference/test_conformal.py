"""What the calibration cases do not contradict: coverage by class and pattern, small samples, MAPIE."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from medmm.core.quality import InputKind
from medmm.inference.conformal import (
    ClassLimit,
    Limits,
    conformal_quantile,
    limits_for,
    needed_cases,
    possible_answers,
    possible_classes,
)
from medmm.inference.cooling import class_log_probabilities
from medmm.models.calibration import NONE, Calibration, PatternScores
from medmm.training.pattern_scores import LabelledLogits, with_scores

ALPHA = 0.1
ALL = frozenset({InputKind.IMAGE, InputKind.NOTE, InputKind.VITALS})
IMAGE_NOTE, NOTE = frozenset({InputKind.IMAGE, InputKind.NOTE}), frozenset({InputKind.NOTE})
# How far apart the classes lie: with fewer inputs a finding is harder to tell.
SEPARATION = {ALL: 2.0, IMAGE_NOTE: 1.2, NOTE: 0.5}
FLAT = Calibration({"f": 1.0}, {"f": 0.5}, "a test", 0, alpha=ALPHA)


def drawn(rng: np.random.Generator, n_each: int) -> LabelledLogits:
    """Draw n_each cases of each pattern with, and as many without, the finding; of a pattern only its own cases."""
    own = [pattern for pattern in SEPARATION for _ in range(2 * n_each)]
    labels = np.tile(np.repeat([1.0, 0.0], n_each), len(SEPARATION))
    middle = np.array([SEPARATION[pattern] for pattern in own]) * np.where(labels > 0.5, 1, -1)
    return LabelledLogits(labels[:, None], dict.fromkeys(SEPARATION, rng.normal(middle, 1.0)[:, None]), tuple(own))


def resplits(cases: LabelledLogits, rng: np.random.Generator, n: int) -> Iterator[tuple[Calibration, LabelledLogits]]:
    for _ in range(n):
        order = rng.permutation(len(cases.labels))
        half = len(order) // 2
        yield with_scores(FLAT, cases.of(order[:half])), cases.of(order[half:])


def kept(calibration: Calibration, cases: LabelledLogits, pattern: frozenset[InputKind]) -> NDArray[np.bool_]:
    """Tell of each case of a pattern whether its true answer is possible."""
    limits = limits_for(calibration, ["f"], pattern)
    assert limits is not None
    rows = np.array([own == pattern for own in cases.own])
    p = 1 / (1 + np.exp(-cases.logits[pattern][rows, 0]))
    quantiles = [limits.absent[0].quantile, limits.present[0].quantile]
    possible = possible_classes(np.stack([1 - p, p], axis=1), quantiles)
    return possible[np.arange(len(p)), cases.labels[rows, 0].astype(int)]


def test_mean_coverage_over_200_resplits_is_as_promised_overall_and_for_each_pattern() -> None:
    rng = np.random.default_rng(5)
    covered: dict[frozenset[InputKind], list[float]] = {pattern: [] for pattern in SEPARATION}
    for calibration, held_out in resplits(drawn(rng, 800), rng, 200):
        for pattern, found in covered.items():
            found.append(float(kept(calibration, held_out, pattern).mean()))

    # About 400 cases of each class and pattern calibrate: 1 - a <= coverage <= 1 - a + 1 / (n + 1).
    low, high = 1 - ALPHA, 1 - ALPHA + 1 / 401
    means = [float(np.mean(found)) for found in covered.values()]
    for mean in [*means, float(np.mean(means))]:
        assert low - 0.005 <= mean <= high + 0.005


def test_pooled_limits_would_break_the_promise_for_the_pattern_with_fewest_inputs() -> None:
    # Otherwise the test above could not tell limits by pattern from pooled ones.
    rng = np.random.default_rng(6)
    found = []
    for calibration, held_out in resplits(drawn(rng, 200), rng, 40):
        pooled = Calibration(FLAT.temperatures, FLAT.thresholds, "", 0, alpha=ALPHA, pooled=calibration.pooled)
        found.append(float(kept(pooled, held_out, NOTE).mean()))

    assert np.mean(found) < 1 - ALPHA - 0.02


def test_mean_coverage_holds_for_small_samples_too() -> None:
    rng = np.random.default_rng(7)
    found = []
    for _ in range(3000):
        scores = rng.random(15).tolist()
        found.append(rng.random() <= conformal_quantile(scores, alpha=ALPHA))

    assert 1 - ALPHA - 0.02 <= np.mean(found) <= 1 - ALPHA + 1 / 16 + 0.02


def test_conformal_quantile_by_hand() -> None:
    # n = 9, alpha = 0.1: rank ceil(10 * 0.9) = 9, the largest; n = 8: rank 9 > 8, so everything stays possible.
    assert conformal_quantile([0.9, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], alpha=0.1) == 0.9
    assert conformal_quantile([0.1] * 8, alpha=0.1) == math.inf
    # 0.93 * 100 is 93.00000000000001 in binary: still the 93rd.
    assert conformal_quantile([place / 99 for place in range(99)], alpha=0.07) == pytest.approx(92 / 99)


@pytest.mark.parametrize(("alpha", "needed"), [(0.1, 9), (0.05, 19), (0.2, 4), (0.01, 99)])
def test_needed_cases_are_the_fewest_with_a_finite_quantile(alpha: float, needed: int) -> None:
    assert needed_cases(alpha) == needed
    assert math.isfinite(conformal_quantile([0.5] * needed, alpha=alpha))
    assert math.isinf(conformal_quantile([0.5] * (needed - 1), alpha=alpha))


def scores(n_present: int, n_absent: int, value: float) -> PatternScores:
    return PatternScores(n_present + n_absent, 0, {"f": [value] * n_present}, {"f": [value] * n_absent})


def calibrated(own: PatternScores, pooled: PatternScores) -> Calibration:
    return Calibration({"f": 1.0}, {"f": 0.5}, "", 1, alpha=ALPHA, patterns={"note": own}, pooled=pooled)


def test_a_pattern_with_too_few_cases_of_a_class_takes_the_pooled_ones_of_that_class() -> None:
    limits = limits_for(calibrated(scores(8, 9, 0.2), scores(50, 60, 0.4)), ["f"], NOTE)

    assert limits == Limits(ALPHA, (ClassLimit(0.4, 50),), (ClassLimit(0.2, 9),), is_pooled=True)


def test_a_pattern_that_no_case_had_takes_the_pooled_cases() -> None:
    limits = limits_for(calibrated(scores(9, 9, 0.2), scores(50, 60, 0.4)), ["f"], IMAGE_NOTE)

    assert limits == Limits(ALPHA, (ClassLimit(0.4, 50),), (ClassLimit(0.4, 60),), is_pooled=True)


def test_with_too_few_cases_everywhere_a_class_is_never_excluded() -> None:
    limits = limits_for(calibrated(scores(8, 20, 0.2), scores(8, 20, 0.2)), ["f"], NOTE)

    assert limits is not None
    assert limits.present == (ClassLimit(math.inf, 8),)
    # Not even by a probability of 0.
    assert possible_answers(np.array([0.0]), limits) == [("negative", "positive")]


def test_an_uncalibrated_bundle_cannot_doubt() -> None:
    assert limits_for(None, ["f"], NOTE) is None
    bare = Calibration({"f": 1.0}, {"f": 0.5}, "", 1)
    assert limits_for(bare, ["f"], NOTE) is None


def test_quantiles_of_an_older_bundle_still_hold_for_all_patterns_together() -> None:
    older = Calibration({"f": 1.0}, {"f": 0.5}, "", 1, positive_quantiles={"f": 0.7}, negative_quantiles={"f": 0.4})

    limits = limits_for(older, ["f"], NOTE)

    assert limits == Limits(0.1, (ClassLimit(0.7),), (ClassLimit(0.4),), is_pooled=True, is_by_pattern=False)


def test_too_few_own_cases_are_joined_by_those_with_more_inputs() -> None:
    labels = np.array([[1.0]] * 20 + [[0.0]] * 20)
    cases = LabelledLogits(labels, {ALL: np.zeros((40, 1)), NOTE: np.ones((40, 1))}, (*[NOTE] * 2, *[ALL] * 38))

    found = with_scores(FLAT, cases).patterns

    assert (found["note"].n_cases, found["note"].n_own) == (40, 2)
    # The two with the note alone cannot be scored with all inputs.
    assert (found["image+note+vitals"].n_cases, found["image+note+vitals"].n_own) == (38, 38)
    assert found["note"].present["f"][0] == pytest.approx(1 - 1 / (1 + math.exp(-1)), abs=1e-5)


def softmax_cases(n: int) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.float64]]:
    """Give logits [n, 3] of a softmax head over "none" and three findings, true classes, and labels."""
    rng = np.random.default_rng(8)
    truth = rng.integers(0, 4, n)
    raw = rng.normal(0, 1.0, (n, 4))
    raw[np.arange(n), truth] += 1.0
    p = np.exp(raw - np.logaddexp.reduce(raw, axis=1, keepdims=True))
    logits = np.log(p[:, 1:] / (1 - p[:, 1:]))
    return logits, truth, (truth[:, None] == np.arange(1, 4)).astype(np.float64)


class PassThrough:
    """A fitted classifier, as MAPIE wants one, whose input is its answer."""

    classes_ = np.arange(4)

    def fit(self, x: object, y: object) -> PassThrough:
        return self

    def predict_proba(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(x)

    def predict(self, x: NDArray[np.float64]) -> NDArray[np.intp]:
        return np.asarray(x).argmax(axis=1)

    def __sklearn_is_fitted__(self) -> bool:
        return True


def mapie_sets(
    probabilities: NDArray[np.float64], truth: NDArray[np.intp], asked: NDArray[np.float64]
) -> NDArray[np.bool_]:
    from mapie.classification import SplitConformalClassifier

    judge = SplitConformalClassifier(PassThrough(), confidence_level=1 - ALPHA, conformity_score="lac", prefit=True)
    judge.conformalize(probabilities, truth)
    return judge.predict_set(asked)[1][:, :, 0]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:WARNING. your conformalization dataset has less labels")
def test_softmax_sets_agree_with_mapie_class_by_class() -> None:
    names = ("a", "b", "c")
    logits, truth, labels = softmax_cases(1200)
    p = np.exp(class_log_probabilities(logits))
    cases = LabelledLogits(labels[:600], {NOTE: logits[:600]}, (NOTE,) * 600)
    flat = Calibration(dict.fromkeys(names, 1.0), dict.fromkeys(names, 0.5), "", 600, alpha=ALPHA)
    calibration = with_scores(flat, cases, head="softmax")
    limits = limits_for(calibration, names, NOTE, head="softmax")
    assert limits is not None
    quantiles = [limit.quantile for limit in (*limits.absent, *limits.present)]

    ours = possible_classes(p[600:], quantiles)

    # MAPIE calibrated on the cases of one class says of that class what the limits by class say.
    for place in range(4):
        of_class = truth[:600] == place
        theirs = mapie_sets(p[:600][of_class], truth[:600][of_class], p[600:])[:, place]
        is_clear = np.abs(1 - p[600:, place] - quantiles[place]) > 2e-5  # beyond the rounding of the stored scores
        assert is_clear.mean() > 0.99
        assert (ours[:, place] == theirs)[is_clear].all()
    # Calibrated on all classes together it has the quantile of all scores.
    together = conformal_quantile((1 - p[np.arange(600), truth[:600]]).tolist(), alpha=ALPHA)
    same = mapie_sets(p[:600], truth[:600], p[600:]) == possible_classes(p[600:], [together] * 4)
    assert same.all()
    assert set(calibration.patterns["note"].absent) == {NONE}


def test_under_a_softmax_a_finding_may_be_absent_because_another_is_possible() -> None:
    limits = Limits(ALPHA, (ClassLimit(0.6), ClassLimit(0.6)), (ClassLimit(0.1),))

    # Both findings are possible, "none" is not.
    assert possible_answers(np.array([0.5, 0.45]), limits, none=0.05) == [("negative", "positive")] * 2
    # Only the first is possible: then the other one is absent for certain.
    assert possible_answers(np.array([0.8, 0.15]), limits, none=0.05) == [("positive",), ("negative",)]
