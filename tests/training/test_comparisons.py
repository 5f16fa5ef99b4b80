"""When a gain may be said."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.core.quality import InputKind
from medmm.models.calibration import Calibration
from medmm.training.bootstrap import make_draws
from medmm.training.comparisons import averaged, closest_single, compare, stacked
from medmm.training.figures import DomainScores, Subset, measure
from medmm.training.reading import CaseFacts
from medmm.training.subgroups import age_band, groups_of

IMAGE, NOTE = frozenset({InputKind.IMAGE}), frozenset({InputKind.NOTE})
BOTH = IMAGE | NOTE


def make_scores(rng: np.random.Generator, n: int, *, separation: dict[Subset, float]) -> DomainScores:
    labels = (rng.random((n, 2)) < 0.3).astype(float)
    # What all inputs of a case share, so that the scores are correlated as of one patient.
    shared = rng.normal(size=(n, 2))
    logits = {
        subset: value * labels + 0.7 * shared + 0.7 * rng.normal(size=(n, 2)) for subset, value in separation.items()
    }
    ones, halves = dict.fromkeys(("a", "b"), 1.0), dict.fromkeys(("a", "b"), 0.5)
    patients = tuple(f"p{i}" for i in range(n))
    return DomainScores("d", ("a", "b"), labels, logits, patients, Calibration(ones, halves, "half", n))


def is_gain(scores: DomainScores, seed: int) -> bool:
    draws = make_draws(scores.patients, samples=400, seed=seed)
    fused = scores.logits[BOTH]
    rivals = [compare(str(s), scores.labels, fused, scores.logits[s], draws) for s in (IMAGE, NOTE)]
    closest = closest_single([one for one in rivals if one is not None])
    return closest is not None and closest.is_gain


@pytest.mark.slow
@pytest.mark.parametrize("note", [1.2, 0.6])
def test_no_gain_is_claimed_on_nulls(note: float) -> None:
    rng = np.random.default_rng(9)
    nulls = (make_scores(rng, 150, separation={IMAGE: 1.2, NOTE: note, BOTH: 1.2}) for _ in range(200))

    claimed = sum(is_gain(scores, seed) for seed, scores in enumerate(nulls))

    # 5 % of 200 is 10; a binomial of 5 % exceeds 16 in 2.2 % of runs.
    assert claimed <= 16


def test_true_gain_is_found() -> None:
    rng = np.random.default_rng(9)

    claimed = sum(is_gain(make_scores(rng, 300, separation={IMAGE: 0.8, NOTE: 0.8, BOTH: 1.7}), s) for s in range(20))

    assert claimed >= 16


def test_smallest_detectable_difference_shrinks_with_the_root_of_n() -> None:
    rng = np.random.default_rng(2)
    found = []
    for n in (200, 800):
        scores = make_scores(rng, n, separation={IMAGE: 1.0, BOTH: 1.0})
        draws = make_draws(scores.patients, samples=800, seed=0)
        one = compare("image", scores.labels, scores.logits[BOTH], scores.logits[IMAGE], draws)
        assert one is not None
        assert one.p > 0.01
        found.append(one.detectable)

    assert found[0] / found[1] == pytest.approx(2, rel=0.25)


def test_mean_of_logits_takes_what_is_there() -> None:
    nan = np.nan

    mean = averaged({"image": np.array([[1.0], [3.0], [nan]]), "note": np.array([[3.0], [nan], [nan]])})

    assert mean[:2].ravel().tolist() == [2.0, 3.0]
    assert np.isnan(mean[2, 0])


def test_stack_learns_which_input_to_trust_without_seeing_the_patient() -> None:
    rng = np.random.default_rng(1)
    labels = (rng.random((400, 1)) < 0.4).astype(float)
    good, noise = 2 * labels - 1 + 0.8 * rng.normal(size=(400, 1)), rng.normal(size=(400, 1))
    noise[::3] = np.nan
    patients = tuple(str(i) for i in range(400))

    from sklearn.metrics import roc_auc_score

    stack = stacked(labels, {"image": good, "note": noise}, patients, seed=0)
    blind = stacked(labels, {"image": noise, "note": noise}, patients, seed=0)
    assert roc_auc_score(labels, stack) == pytest.approx(roc_auc_score(labels, good), abs=0.02)
    known = ~np.isnan(blind)
    assert roc_auc_score(labels[known], blind[known]) == pytest.approx(0.5, abs=0.12)


def test_small_groups_are_left_out() -> None:
    scores = make_scores(np.random.default_rng(3), 120, separation={IMAGE: 1.0, NOTE: 0.5, BOTH: 1.4})
    facts = [CaseFacts(age_years=20 + i % 60, sex="F" if i < 105 else "M") for i in range(120)]
    scores = DomainScores(**{**vars(scores), "groups": groups_of(facts)})

    figures = measure(scores, samples=100, seed=0)

    assert {(one.group, one.value) for one in figures.subgroups} >= {
        ("age", "18 to 39"),
        ("age", "40 to 64"),
        ("sex", "F"),
    }
    assert ("sex", "M") not in {(one.group, one.value) for one in figures.subgroups}
    # Fifteen men: below 20.
    assert figures.n_left_out >= 2
    assert set(figures.subsets) == {"image", "note", "image+note"}
    assert {one.rival for one in figures.comparisons} >= {"image", "note", "mean of single logits"}


@pytest.mark.parametrize(("age", "band"), [(17.9, "0 to 17"), (18, "18 to 39"), (94.0, "80 and over"), (None, "")])
def test_age_bands(age: float | None, band: str) -> None:
    assert age_band(age) == band
