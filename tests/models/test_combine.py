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
    from medmm.models.fusion_net import TO_LOGITS

    found = COMBINE[rule](torch.tensor(LOGITS), torch.tensor(weights), TO_LOGITS["sigmoid"])

    assert found.tolist()[0] == pytest.approx(expected, abs=1e-6)


def test_vote_is_the_logit_of_the_mean_probability() -> None:
    import torch

    from medmm.models.combine import COMBINE
    from medmm.models.fusion_net import TO_LOGITS

    found = COMBINE["vote"](torch.tensor(LOGITS), torch.full((3,), 1 / 3), TO_LOGITS["sigmoid"])

    # Probabilities of the second finding 1/5, 3/5 and 7/10: their mean is a half. Of the first 0.5, 0.8808 and 0.9820:
    # the mean is 0.78760, its logit 1.3105; the mean of the logits would be 2.
    assert found[0, 1].item() == pytest.approx(0.0, abs=1e-6)
    assert found[0, 0].item() == pytest.approx(1.3105, abs=1e-4)


@pytest.mark.parametrize("extreme", [-300.0, 300.0])
def test_vote_of_members_that_are_sure_stays_finite_with_a_slope(extreme: float) -> None:
    import torch

    from medmm.models.combine import COMBINE
    from medmm.models.fusion_net import TO_LOGITS

    logits = torch.full((3, 1, 1), extreme, requires_grad=True)
    found = COMBINE["vote"](logits, torch.full((3,), 1 / 3), TO_LOGITS["sigmoid"])
    (slope,) = torch.autograd.grad(found.sum(), logits)

    assert found.item() == pytest.approx(extreme, rel=1e-5)
    assert slope.sum().item() == pytest.approx(1.0, rel=1e-4)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # Classes none, first, second as 1 : sqrt 2 : sqrt 2, the odds of a finding against both others.
        ("mean", math.log(math.sqrt(2) / (1 + math.sqrt(2)))),
        # Probabilities (2, 4, 2) / 8 and (2, 2, 4) / 8: their mean is (2, 3, 3) / 8.
        ("vote", math.log(3 / 5)),
    ],
)
def test_findings_that_exclude_each_other_keep_probabilities_that_sum_to_one(rule: str, expected: float) -> None:
    import torch

    from medmm.models.combine import COMBINE
    from medmm.models.fusion_net import TO_LOGITS

    # Two members that each favour another finding two to one against the other and against none.
    class_logits = torch.tensor([[[math.log(2), 0.0]], [[0.0, math.log(2)]]])
    found = COMBINE[rule](class_logits, torch.tensor([0.5, 0.5]), TO_LOGITS["softmax"])

    assert found.tolist()[0] == pytest.approx([expected, expected], abs=1e-6)
    assert float(torch.sigmoid(found).sum()) < 1
