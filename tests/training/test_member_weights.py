"""Weights of members chosen greedily: where the best ones can be told by hand."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.training.member_weights import ROUNDS, select_weights
from medmm.training.metrics import negative_log_likelihood

# One case with and one without the finding, both with the same logit z: the likelihood is highest at z = 0.
LABELS = np.array([[1.0], [0.0]])


def weights_of(*logits: float) -> list[float]:
    stack = np.array([[[z], [z]] for z in logits])
    return select_weights(stack, lambda mean: negative_log_likelihood(LABELS, mean)).tolist()


@pytest.mark.parametrize(
    ("logits", "expected"),
    [
        ((2.0, -2.0), [1 / 2, 1 / 2]),
        # 2 w = 1 (1 - w) at a third.
        ((2.0, -1.0), [1 / 3, 2 / 3]),
        # Its own logit is the best there is: one round is enough, all that follow are no better.
        ((0.0, 3.0), [1.0, 0.0]),
        ((5.0, 0.5, 4.0), [0.0, 1.0, 0.0]),
    ],
)
def test_weights_bring_the_mean_to_where_the_likelihood_is_highest(
    logits: tuple[float, ...], expected: list[float]
) -> None:
    assert weights_of(*logits) == pytest.approx(expected, abs=1e-12)


def test_a_member_that_diverged_gets_nothing() -> None:
    assert weights_of(1.0, float("nan")) == [1.0, 0.0]


def test_the_chosen_mean_is_never_worse_than_the_best_member() -> None:
    rng = np.random.default_rng(5)
    labels = (rng.random((40, 3)) < 0.4).astype(float)
    stack = (2 * labels - 1) * rng.uniform(0.2, 1.5, (6, 1, 1)) + rng.normal(0, 1.5, (6, 40, 3))

    weights = select_weights(stack, lambda mean: negative_log_likelihood(labels, mean))

    found = negative_log_likelihood(labels, np.einsum("m,mnf->nf", weights, stack))
    assert found <= min(negative_log_likelihood(labels, own) for own in stack)
    assert weights.sum() == pytest.approx(1.0)
    assert weights.min() >= 0
    n_taken = next(n for n in range(1, ROUNDS + 1) if np.allclose(weights * n, np.round(weights * n)))
    assert 1 < n_taken <= ROUNDS
