"""Rules that make one logit of several: against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

pytestmark = pytest.mark.slow
# Three members, one case, two findings.
LOGITS = [[[0.0, math.log(1 / 4)]], [[2.0, math.log(3 / 2)]], [[4.0, math.log(7 / 3)]]]


@pytest.mark.parametrize(
    ("rule", "weights", "expected"),
    [
        # (0 + 2 + 4) / 3; a third of log(1/4 * 3/2 * 7/3) = log(7/8).
        ("mean", (1 / 3, 1 / 3, 1 / 3), [2.0, math.log(7 / 8) / 3]),
        # 0 / 2 + 2 / 4 + 4 / 4; log(1/4) / 2 + log(3/2) / 4 + log(7/3) / 4 = log(1/2) + log(7/2) / 4.
        ("weighted", (0.5, 0.25, 0.25), [1.5, math.log(1 / 2) + math.log(7 / 2) / 4]),
    ],
)
def test_average_of_logits(rule: str, weights: tuple[float, ...], expected: list[float]) -> None:
    import torch

    from medmm.models.combine import COMBINE

    found = COMBINE[rule](torch.tensor(LOGITS), torch.tensor(weights))

    assert found.tolist()[0] == pytest.approx(expected, abs=1e-6)


def test_vote_is_the_logit_of_the_mean_probability() -> None:
    import torch

    from medmm.models.combine import COMBINE

    found = COMBINE["vote"](torch.tensor(LOGITS), torch.full((3,), 1 / 3))

    # Probabilities of the second finding 1/5, 3/5 and 7/10: their mean is a half. Of the first 0.5, 0.8808 and 0.9820:
    # the mean is 0.78760, its logit 1.3105; the mean of the logits would be 2.
    assert found[0, 1].item() == pytest.approx(0.0, abs=1e-6)
    assert found[0, 0].item() == pytest.approx(1.3105, abs=1e-4)


@pytest.mark.parametrize("extreme", [-300.0, 300.0])
def test_vote_of_members_that_are_sure_stays_finite_with_a_slope(extreme: float) -> None:
    import torch

    from medmm.models.combine import COMBINE

    logits = torch.full((3, 1, 1), extreme, requires_grad=True)
    found = COMBINE["vote"](logits, torch.full((3,), 1 / 3))
    (slope,) = torch.autograd.grad(found.sum(), logits)

    assert found.item() == pytest.approx(extreme, rel=1e-5)
    assert slope.sum().item() == pytest.approx(1.0, rel=1e-4)
