"""Findings that exclude each other: softmax head, its loss, its temperature and its figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medmm.core.errors import BundleRefused, InvalidRecord
from medmm.inference.confidence import operating_points, score_findings
from medmm.inference.cooling import class_log_probabilities, cooled_classes, cooled_logits
from medmm.models.calibration import Calibration, calibration_from_json, calibration_to_json
from medmm.training.bootstrap import make_draws
from medmm.training.calibrate import calibrate
from medmm.training.class_figures import measure_classes
from medmm.training.exclusive import class_nll, possible_classes, require_exclusive

NAN = float("nan")


def softmax_with_none(z: np.ndarray) -> np.ndarray:
    scores = np.concatenate([np.zeros((len(z), 1)), z], axis=1)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def logits_of(z: np.ndarray) -> np.ndarray:
    """The definition, by loops: l_k = z_k - log(1 + sum over the others)."""
    return np.array(
        [[row[k] - math.log(1 + sum(math.exp(v) for j, v in enumerate(row) if j != k)) for k in range(len(row))]
         for row in z]
    )  # fmt: skip


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6), st.floats(0.1, 5), st.floats(0.1, 10))
def test_probabilities_sum_to_one_with_none_before_and_after_temperature(
    seed: int, n_findings: int, spread: float, temperature: float
) -> None:
    z = np.random.default_rng(seed).normal(size=(20, n_findings)) * spread
    logits = logits_of(z)

    cooled = cooled_logits(logits, np.full(n_findings, temperature), head="softmax")

    assert sigmoid(logits) == pytest.approx(softmax_with_none(z)[:, 1:], abs=1e-9)
    # The reference: the class logits themselves divided by the temperature.
    assert sigmoid(cooled) == pytest.approx(softmax_with_none(z / temperature)[:, 1:], abs=1e-5)
    none = np.exp(cooled_classes(class_log_probabilities(logits), temperature)[:, 0])
    assert sigmoid(cooled).sum(axis=1) + none == pytest.approx(1, abs=1e-9)


def test_a_single_precision_logit_keeps_what_a_sure_finding_leaves_to_the_others() -> None:
    z = np.array([[30.0, 2.0, -1.0]])
    logits = logits_of(z).astype(np.float32)

    assert class_log_probabilities(logits) == pytest.approx(np.log(softmax_with_none(z)), rel=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 8), st.integers(4, 80))
def test_common_temperature_never_raises_the_class_nll_and_keeps_the_likeliest_class(
    seed: int, spread: float, n: int
) -> None:
    rng = np.random.default_rng(seed)
    logits = logits_of(rng.normal(size=(n, 3)) * spread)
    truth = rng.integers(0, 4, n)
    labels = np.eye(4)[truth][:, 1:]
    labels[rng.random((n, 3)) < 0.1] = NAN

    calibration = calibrate(("a", "b", "c"), labels, logits, head="softmax")

    temperatures = np.array(list(calibration.temperatures.values()))
    cooled = cooled_logits(logits, temperatures, head="softmax")
    before, after = class_log_probabilities(logits), class_log_probabilities(cooled)
    assert len(set(temperatures)) == 1
    assert class_nll(labels, after) <= class_nll(labels, before) + 1e-6
    assert (before.argmax(axis=1) == after.argmax(axis=1)).all()


def test_common_temperature_undoes_a_known_scale() -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(size=(8_000, 3)) * 1.5
    truth = np.array([rng.choice(4, p=p) for p in softmax_with_none(z)])

    calibration = calibrate(("a", "b", "c"), np.eye(4)[truth][:, 1:], logits_of(3 * z), head="softmax")

    assert calibration.temperatures["a"] == pytest.approx(3, rel=0.05)


def test_case_is_of_its_finding_or_of_what_is_not_ruled_out() -> None:
    labels = np.array([[0, 1, NAN], [0, 0, 0], [0, NAN, NAN], [NAN, NAN, NAN]])

    expected = [[0, 0, 1, 0], [1, 0, 0, 0], [1, 0, 1, 1], [1, 1, 1, 1]]
    assert possible_classes(labels).astype(int).tolist() == expected


def test_class_nll_by_hand() -> None:
    log_p = np.log(np.array([[0.1, 0.6, 0.3], [0.5, 0.2, 0.3], [0.2, 0.2, 0.6]]))
    labels = np.array([[1, 0], [0, NAN], [NAN, NAN]])

    # 0.6; none or the second, 0.8; nothing known of the third.
    assert class_nll(labels, log_p) == pytest.approx(-(math.log(0.6) + math.log(0.8)) / 2)


def test_several_findings_at_once_are_refused_with_their_number() -> None:
    labels = [(1.0, 1.0, 0.0), (0.0, 1.0, NAN), (1.0, NAN, 1.0), (0.0, 0.0, 0.0)]

    with pytest.raises(InvalidRecord, match=r"2 of 4 cases have several findings at once \(the first: a, b\)"):
        require_exclusive(labels, ("a", "b", "c"))
    require_exclusive(labels[1:2], ("a", "b", "c"))


def test_confusion_and_accuracy_are_over_all_classes() -> None:
    z = np.array([[-2, -2], [2, 0], [0, 2], [-1, 3], [1, 0], [4, 0.0]])
    labels = np.array([[0, 0], [1, 0], [1, 0], [0, 1], [1, 1], [NAN, 0]])

    found = measure_classes(("a", "b"), labels, logits_of(z), make_draws(list("abcdef"), samples=200, seed=0))

    assert found.names == ("none_of_them", "a", "b")
    # One is right of each class, a case of a is taken for b; the last two: several findings, class not known.
    assert found.counts == ((1, 0, 0), (0, 1, 1), (0, 0, 1))
    assert found.accuracy.value == pytest.approx(3 / 4)
    assert found.n_left_out == 1 + 1


def test_a_case_is_scored_with_probabilities_that_leave_the_rest_to_none() -> None:
    z = np.array([[1.0, -0.5]])
    names = ("a", "b")
    calibration = Calibration(dict.fromkeys(names, 2.0), dict.fromkeys(names, 0.5), "a test", 10)

    found = score_findings(logits_of(z)[0].tolist(), operating_points(names, calibration), head="softmax")

    expected = softmax_with_none(z / 2)[0]
    assert [one.probability for one in found] == pytest.approx(expected[1:].tolist(), abs=1e-9)
    assert [one.score for one in found] == pytest.approx(softmax_with_none(z)[0, 1:].tolist(), abs=1e-9)


def test_a_calibration_with_several_temperatures_does_not_fit_a_softmax_head() -> None:
    names = ("a", "b")
    text = calibration_to_json(Calibration({"a": 1.0, "b": 2.0}, dict.fromkeys(names, 0.5), "a test", 10))

    assert calibration_from_json(text, findings=names).temperatures["b"] == 2.0
    with pytest.raises(BundleRefused, match="have one temperature"):
        calibration_from_json(text, findings=names, head="softmax")
