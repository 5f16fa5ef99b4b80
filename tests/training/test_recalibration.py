"""Fitting a calibration on labelled cases, and what it is worth on others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from medmm.core.errors import InvalidRecord
from medmm.core.quality import InputKind
from medmm.models.calibration import Calibration
from medmm.training.calibrate import fit_temperature
from medmm.training.calibration_words import calibration_section, recalibration_section, replace_calibration
from medmm.training.metrics import (
    calibration_error_null,
    expected_calibration_error,
    negative_log_likelihood,
    sigmoid,
)
from medmm.training.pattern_scores import LabelledLogits
from medmm.training.recalibration import (
    HeldOutCases,
    Part,
    enough_cases,
    fit_calibration,
    measure_parts,
    parts_of,
    require_enough,
)

NOTE = frozenset({InputKind.NOTE})
FORMER = Calibration({"a": 1.0, "b": 0.5}, {"a": 0.5, "b": 0.3}, "a test", 99)


def cases_of(n: int, *, scale: float, seed: int = 0) -> LabelledLogits:
    """Draw cases whose logits are the true log odds times `scale`."""
    rng = np.random.default_rng(seed)
    true = rng.normal(0, 1.5, (n, 2))
    labels = (rng.random((n, 2)) < sigmoid(true)).astype(np.float64)
    return LabelledLogits(labels, {NOTE: scale * true}, (NOTE,) * n)


def measured(cases: LabelledLogits, former: Calibration | None):
    patients = [f"p{place // 2}" for place in range(len(cases.labels))]
    divided = list(parts_of(patients, seed=0))
    parts = [
        Part(fit_calibration(("a", "b"), cases.of(outside), former, (), head="sigmoid"), inside)
        for outside, inside in divided
    ]
    held = HeldOutCases(("a", "b"), cases, patients, "sigmoid")
    return measure_parts(held, former, parts, samples=400, seed=0)


def test_an_overconfident_model_is_mended_and_the_gain_is_beyond_chance() -> None:
    mean, first, _ = measured(cases_of(600, scale=3.0), FORMER)

    assert mean.losses.nll_change.high < 0
    assert mean.losses.ece_after.value < mean.losses.ece_before.value
    # Not a bare ECE: no larger than that of a perfectly calibrated model of so many cases.
    assert first.losses.ece_after.value <= first.null_high
    assert first.losses.ece_before.value > first.null_high
    assert first.n == 600
    # At most about one in ten of each class is called wrongly; what is not uncertain was decided.
    assert first.missed <= 0.14 * first.positives
    assert first.falsely_called <= 0.14 * (first.n - first.positives)
    assert 0 < first.uncertain < first.n


def test_a_well_calibrated_model_is_not_said_to_gain() -> None:
    # The interval of the change holds 0 in about 19 of 20 sets; it never says "better" where nothing was wrong.
    said = [measured(cases_of(300, scale=1.0, seed=seed), None)[0].losses.nll_change.high < 0 for seed in range(20)]

    assert sum(said) <= 2


def test_held_out_likelihood_does_not_get_worse_beyond_noise() -> None:
    # Temperature fitted on 400 cases of a perfectly calibrated model, measured on 400 others, 200 times: what it costs
    # is of the order 1 / (2 n) nats (one parameter), never more.
    rng = np.random.default_rng(3)
    changes = []
    for _ in range(200):
        true = rng.normal(0, 1.5, 800)
        labels = (rng.random(800) < sigmoid(true)).astype(np.float64)
        temperature = fit_temperature(labels[:400], true[:400])
        before = negative_log_likelihood(labels[400:], true[400:])
        changes.append(negative_log_likelihood(labels[400:], true[400:] / temperature) - before)

    assert np.mean(changes) < 3 / (2 * 400)
    assert np.percentile(changes, 95) < 0.01


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.3, 0.6, 2.0, 4.0]))
def test_after_temperature_the_error_is_that_of_a_perfect_model(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    true = rng.normal(0, 1.5, 3000)
    labels = (rng.random(3000) < sigmoid(true)).astype(np.float64)
    temperature = fit_temperature(labels[:2000], scale * true[:2000])

    p = sigmoid(scale * true[2000:] / temperature)

    # Half as much again as the 95th percentile: in 15 draws it is not passed by chance.
    assert expected_calibration_error(labels[2000:], p) < 1.5 * calibration_error_null(p, samples=200)[1]


def test_enough_cases_keep_the_true_coverage_within_a_tenth_of_the_promise() -> None:
    needed = enough_cases(0.1)

    assert needed == 30
    # n = 29: rank 27 of 29, Beta(27, 3); n = 30: rank 28, Beta(28, 3).
    assert beta.ppf(0.05, 27, 3) < 0.8 <= beta.ppf(0.05, 28, 3)


def test_too_few_cases_are_refused_with_what_is_needed() -> None:
    labels = np.array([[1.0, 1.0]] * 29 + [[0.0, 0.0]] * 40)
    labels[0, 1] = np.nan

    with pytest.raises(
        InvalidRecord, match=r"needs 30 with it and 30 without it, found a 29 with and 40 .*b 28 with and"
    ):
        require_enough(("a", "b"), labels, ())
    with pytest.raises(InvalidRecord, match=r"found a 29 with and 40 without"):
        require_enough(("a", "b"), labels, ("b",))
    require_enough(("a", "b"), np.repeat([[1.0, 1.0], [0.0, 0.0]], 30, axis=0), ())


def test_a_finding_left_out_keeps_its_temperature_and_is_never_decided() -> None:
    found = fit_calibration(("a", "b"), cases_of(200, scale=2.0), FORMER, ("b",), head="sigmoid")

    assert (found.temperatures["b"], found.thresholds["b"]) == (0.5, 0.3)
    assert found.temperatures["a"] > 1.5
    assert found.patterns["note"].present["b"] == []
    assert found.patterns["note"].present["a"] != []


@pytest.mark.parametrize("former", [None, Calibration({"a": 1.0, "b": 1.0}, {"a": 0.5, "b": 0.5}, "", 0, False)])
def test_no_finding_of_an_uncalibrated_bundle_can_be_left_out(former: Calibration | None) -> None:
    with pytest.raises(InvalidRecord, match="left out"):
        fit_calibration(("a", "b"), cases_of(200, scale=2.0), former, ("b",), head="sigmoid")


def test_parts_never_divide_a_patient() -> None:
    patients = [f"p{place % 40}" for place in range(100)]

    parts = list(parts_of(patients, seed=1))

    assert sorted(np.concatenate([inside for _, inside in parts]).tolist()) == list(range(100))
    for outside, inside in parts:
        assert not {patients[row] for row in outside} & {patients[row] for row in inside}


def test_the_card_names_the_cases_and_both_figures() -> None:
    cases = cases_of(300, scale=2.0)
    calibration = fit_calibration(("a", "b"), cases, FORMER, (), head="sigmoid")
    section = calibration_section(calibration, cases="cases", hold_for="such patients")
    about = recalibration_section(measured(cases, FORMER), about="On these.", left_out=("c",))

    card = replace_calibration("# A 1\n\n## Calibration\n\nOld.\n\n## Licence\n\nFree.\n", f"{section}\n\n{about}")

    assert "Old." not in card
    assert card.index("## Calibration") < card.index("## Recalibration") < card.index("## Licence")
    assert "On 300 cases" in card
    assert "| inputs | cases | with exactly these | fewest with a finding | fewest without |" in card
    assert "| note | 300 | 300 |" in card
    assert "NLL before" in card
    assert "Not recalibrated for want of cases: c." in card
    assert "## Calibration" in replace_calibration("# A 1\n\nWords.\n", section)
