"""Augmentation: repeatable, within bounds, sides kept, off when told so."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")
pytestmark = pytest.mark.slow


def ramp(*size: int) -> object:
    """Dark at the left, bright at the right."""
    import torch

    return torch.linspace(0.1, 0.9, size[-1]).expand(1, *size).clone()


@pytest.mark.parametrize("size", [(32, 48), (16, 32, 48)])
def test_same_seed_changes_alike_and_stays_in_range(size: tuple[int, ...]) -> None:
    import torch

    from medmm.training.augment import make_augment

    chains = [make_augment(7, n_axes=len(size)) for _ in range(2)]
    first, second = ([chain(ramp(*size)) for _ in range(6)] for chain in chains)

    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert all(a.shape == (1, *size) and a.min() >= 0 and a.max() <= 1 for a in first)
    assert any(not torch.equal(a, ramp(*size)) for a in first)


def test_left_stays_left() -> None:
    from medmm.training.augment import make_augment

    augment = make_augment(11)

    for _ in range(50):
        image = augment(ramp(32, 48))[0]
        assert image[8:24, 8:20].mean() < image[8:24, 28:40].mean()


def test_chance_of_0_leaves_every_change_out() -> None:
    import torch

    from medmm.training.augment import make_augment
    from medmm.training.augment_config import AugmentConfig

    off = AugmentConfig.model_validate({part: {"chance": 0} for part in AugmentConfig.model_fields})
    augment = make_augment(3, off)

    assert all(torch.equal(augment(ramp(32, 48)), ramp(32, 48)) for _ in range(5))


def test_defaults_are_those_that_the_shipped_bundle_was_trained_with() -> None:
    import torch
    from monai.transforms import Compose, RandAdjustContrast, RandGaussianNoise, RandRotate, RandZoom

    from medmm.training.augment import make_augment

    shipped = Compose(
        [
            RandRotate(range_x=0.12, prob=0.4, padding_mode="zeros", keep_size=True),
            RandZoom(min_zoom=0.9, max_zoom=1.12, prob=0.4, mode="bilinear", padding_mode="constant", keep_size=True),
            RandAdjustContrast(prob=0.4, gamma=(0.75, 1.35)),
            RandGaussianNoise(prob=0.4, mean=0.0, std=0.03),
        ]
    )
    shipped.set_random_state(seed=5)
    augment = make_augment(5)

    for _ in range(8):
        assert torch.equal(augment(ramp(32, 48)), torch.as_tensor(shipped(ramp(32, 48))).clamp(0, 1))
