"""A pooling that goes first changes nothing but the work."""

from __future__ import annotations

import pytest
import torch
from monai.networks.nets import DenseNet121
from torch import nn

from medmm.inference.pool_first import pool_first

pytestmark = pytest.mark.slow


def test_densenet_answers_as_before_with_fewer_products() -> None:
    torch.manual_seed(0)
    net = DenseNet121(spatial_dims=2, in_channels=1, out_channels=3).eval()
    quick = pool_first(net)
    film = torch.randn(2, 1, 96, 64)
    with torch.inference_mode():
        assert torch.allclose(quick(film), net(film), atol=1e-5)
    assert products(quick, film) < 0.95 * products(net, film)


@pytest.mark.parametrize(
    "pair",
    [
        (nn.Conv2d(4, 4, 3), nn.AvgPool2d(2)),
        (nn.Conv2d(4, 4, 1, stride=2), nn.AvgPool2d(2)),
        (nn.Conv2d(4, 4, 1), nn.AvgPool2d(2, padding=1)),
        (nn.Conv2d(4, 4, 1), nn.AvgPool2d(2, ceil_mode=True)),
        (nn.Conv2d(4, 4, 1), nn.MaxPool2d(2)),
    ],
)
def test_what_does_not_commute_stays(pair: tuple[nn.Module, nn.Module]) -> None:
    kept = pool_first(nn.Sequential(*pair))
    assert [type(part) for part in kept] == [type(part) for part in pair]


def products(net: nn.Module, film: torch.Tensor) -> int:
    """Count the multiplications of all convolutions."""
    total = 0

    def count(layer: nn.Module, _given: object, found: torch.Tensor) -> None:
        nonlocal total
        assert isinstance(layer, nn.Conv2d)
        total += found.numel() * layer.weight[0].numel()

    hooks = [layer.register_forward_hook(count) for layer in net.modules() if isinstance(layer, nn.Conv2d)]
    with torch.inference_mode():
        net(film)
    for hook in hooks:
        hook.remove()
    return total
