"""Random changes of a training image that do not change its meaning; never a left-right flip (laterality)."""

from __future__ import annotations

from collections.abc import Callable

import torch
from monai.transforms import Compose, RandAdjustContrast, RandGaussianNoise, RandRotate, RandZoom
from torch import Tensor


def make_augment(seed: int) -> Callable[[Tensor], Tensor]:
    """Build the chain for images [1, rows, cols] in [0, 1]; the same seed gives the same sequence."""
    chain = Compose(
        [
            RandRotate(range_x=0.12, prob=0.4, padding_mode="zeros", keep_size=True),
            RandZoom(min_zoom=0.9, max_zoom=1.12, prob=0.4, mode="bilinear", padding_mode="constant", keep_size=True),
            RandAdjustContrast(prob=0.4, gamma=(0.75, 1.35)),
            RandGaussianNoise(prob=0.4, mean=0.0, std=0.03),
        ]
    )
    chain.set_random_state(seed=seed)

    def augment(image: Tensor) -> Tensor:
        changed = torch.as_tensor(chain(image)).clamp(0.0, 1.0)
        return changed.as_subclass(Tensor)

    return augment
