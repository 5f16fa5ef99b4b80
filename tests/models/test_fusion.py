"""Every fusion: any subset of inputs, no dependence on batch mates, gradients for explanations."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from medmm.core.quality import InputKind
from tests.models.builders import make_net, make_spec

if TYPE_CHECKING:
    from torch import Tensor, nn

pytestmark = pytest.mark.slow

NAMES = ("concat", "mean", "max", "weighted", "gated", "attention", "mlp", "lstm")
WIDTH = 8


def make_fusion(name: str) -> nn.Module:
    import torch

    from medmm.models.fusion import FUSIONS

    torch.manual_seed(3)
    return FUSIONS[name](3, WIDTH).eval()


def draw(n: int) -> Tensor:
    import torch

    return torch.randn(n, 3, WIDTH, generator=torch.Generator().manual_seed(5))


def test_the_table_holds_what_is_tested_here() -> None:
    from medmm.models.fusion import FUSIONS

    assert set(FUSIONS) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_subset_gives_finite_values_that_batch_mates_do_not_change(name: str) -> None:
    import torch

    fusion = make_fusion(name)
    present = torch.tensor(list(product((False, True), repeat=3)))
    vectors = draw(8)

    together = fusion(vectors, present)

    assert together.shape == (8, fusion.dim)
    assert torch.isfinite(together).all()
    for row in range(8):
        alone = fusion(vectors[row : row + 1], present[row : row + 1])
        torch.testing.assert_close(alone[0], together[row], atol=1e-6, rtol=0)


@pytest.mark.parametrize("name", ["mean", "max", "weighted", "attention"])
def test_an_absent_input_has_no_say_where_the_others_speak(name: str) -> None:
    import torch

    fusion, vectors = make_fusion(name), draw(1)
    present = torch.tensor([[True, True, False]])
    louder = vectors.clone()
    louder[:, 2] += 50

    torch.testing.assert_close(fusion(vectors, present), fusion(louder, present))


def test_mean_max_and_weighted_are_what_they_say() -> None:
    import torch

    vectors, present = draw(1), torch.tensor([[True, False, True]])
    weighted = make_fusion("weighted")
    weighted.scores.data = torch.tensor([0.0, 5.0, 1.0])
    first = 1 / (1 + torch.e)

    torch.testing.assert_close(make_fusion("mean")(vectors, present)[0], (vectors[0, 0] + vectors[0, 2]) / 2)
    torch.testing.assert_close(make_fusion("max")(vectors, present)[0], torch.maximum(vectors[0, 0], vectors[0, 2]))
    torch.testing.assert_close(
        weighted(vectors, present)[0], first * vectors[0, 0] + (1 - first) * vectors[0, 2], atol=1e-6, rtol=0
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_network_takes_every_fusion_and_its_logits_have_gradients_for_each_present_input(name: str) -> None:
    import torch

    net = make_net(replace(make_spec(), fusion=name))
    kinds = net.kinds
    z = {kind: torch.randn(2, net.encoders[kind.value].dim, requires_grad=True) for kind in kinds}

    logits = net.fuse(z, torch.tensor([[True, True, True], [True, False, True]]))
    slopes = torch.autograd.grad(logits[1].sum(), list(z.values()))

    assert logits.shape == (2, 2)
    assert float(slopes[0][1].abs().sum()) > 0
    assert float(slopes[kinds.index(InputKind.NOTE)][1].abs().sum()) == 0
