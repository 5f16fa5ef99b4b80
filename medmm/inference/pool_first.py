"""The same film encoder with fewer sums: a mean over pixels and a 1 x 1 convolution may change places."""

from __future__ import annotations

import copy

from torch import nn


def pool_first(encoder: nn.Module) -> nn.Module:
    """Give a copy whose 1 x 1 convolutions in front of a mean pooling come after it, on a quarter of the pixels.

    Both are linear, the one over channels, the other over pixels, so the answer differs by rounding alone. DenseNet's
    transitions are of this kind (Huang et al. 2017): a tenth of the encoder's products.
    """
    own = copy.deepcopy(encoder)
    for part in own.modules():
        if isinstance(part, nn.Sequential) and len(part) > 1 and _may_swap(part[-2], part[-1]):
            convolution, pool = part[-2], part[-1]
            part[-2], part[-1] = pool, convolution
    return own


def _may_swap(convolution: nn.Module, pool: nn.Module) -> bool:
    is_pointwise = (
        isinstance(convolution, nn.Conv2d)
        and set(convolution.kernel_size) == {1}
        and set(convolution.stride) == {1}
        and convolution.padding in (0, (0, 0))
        and convolution.groups == 1
    )
    # With padding a mean counts zeros that the convolution's bias would not be among.
    is_mean = isinstance(pool, nn.AvgPool2d) and pool.padding in (0, (0, 0)) and not pool.ceil_mode
    return is_pointwise and is_mean
