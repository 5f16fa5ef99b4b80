"""Random changes of a training image that do not change its meaning; never a left-right flip (laterality)."""

from __future__ import annotations

from collections.abc import Callable

import torch
from monai.transforms import Compose, RandAdjustContrast, RandGaussianNoise, RandRotate, RandZoom
from torch import Tensor

from medmm.training.augment_config import AugmentConfig


def make_augment(seed: int, config: AugmentConfig | None = None, *, n_axes: int = 2) -> Callable[[Tensor], Tensor]:
    """Build the chain for images [1, (slices,) rows, cols] in [0, 1]; the same seed gives the same sequence.

    Masks of the same image may stand behind it as further channels.
    """
    config = config or AugmentConfig()
    zoom_mode = "bilinear" if n_axes == 2 else "trilinear"
    # range_x turns about the first axis of a volume: in the plane of its slices.
    rotate = RandRotate(range_x=config.rotate.radians, prob=config.rotate.chance, padding_mode="zeros", keep_size=True)
    zoom = RandZoom(
        min_zoom=config.zoom.least,
        max_zoom=config.zoom.most,
        prob=config.zoom.chance,
        mode=zoom_mode,
        padding_mode="constant",
        keep_size=True,
    )
    contrast = RandAdjustContrast(prob=config.contrast.chance, gamma=config.contrast.gamma)
    noise = RandGaussianNoise(prob=config.noise.chance, mean=0.0, std=config.noise.deviation)
    chain = Compose([rotate, zoom, contrast, noise])
    chain.set_random_state(seed=seed)

    def augment(image: Tensor) -> Tensor:
        # What lies behind the first channel is turned and zoomed with it, but neither brightened nor blurred by noise.
        moved = zoom(rotate(image))
        changed = torch.cat([torch.as_tensor(noise(contrast(moved[:1]))), torch.as_tensor(moved[1:])]).clamp(0.0, 1.0)
        return changed.as_subclass(Tensor)

    return augment
