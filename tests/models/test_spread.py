"""A spread gives valid p-values, comes back from a bundle as it went in, and is refused when it does not fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from medmm.core.errors import BundleRefused
from medmm.core.quality import InputKind
from medmm.models.spread import SPREAD, Spread, read_spread, write_spread
from medmm.training.spread import spread_of


def cloud(n: int, *, seed: int, shift: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    mixing = np.random.default_rng(99).normal(size=(8, 8))
    return rng.normal(size=(n, 8)) @ mixing + 3.0 + shift


def test_p_values_of_new_cases_are_no_smaller_than_they_say() -> None:
    spread = spread_of(cloud(600, seed=1))

    p = spread.p_value(torch.from_numpy(cloud(4000, seed=2)))

    # Uniform on (0, 1] up to what 600 calibration cases can be off by: 3 standard errors.
    for alpha in (0.01, 0.05, 0.2):
        slack = 3 * (alpha * (1 - alpha) / 600) ** 0.5
        assert float((p <= alpha).double().mean()) == pytest.approx(alpha, abs=slack)


def test_a_stranger_has_the_smallest_p_value_that_there_can_be() -> None:
    spread = spread_of(cloud(600, seed=1))
    assert float(spread.p_value(torch.from_numpy(cloud(1, seed=3, shift=40.0)))[0]) == pytest.approx(1 / 601)


def test_distance_is_that_of_mahalanobis() -> None:
    whitening = torch.tensor([[0.5, 0.0], [0.0, 2.0]])
    spread = Spread(torch.tensor([1.0, 1.0]), whitening, torch.tensor([1.0, 2.0, 3.0]))
    # (3 - 1)^2 * 0.25 + (2 - 1)^2 * 4 = 5, further than all three; (1, 1) is nearer than all.
    assert spread.distance(torch.tensor([[3.0, 2.0]])).tolist() == [5.0]
    assert spread.p_value(torch.tensor([[3.0, 2.0], [1.0, 1.0]])).tolist() == [0.25, 1.0]


def test_spreads_come_back_as_they_went_in(tmp_path: Path) -> None:
    spread = spread_of(cloud(200, seed=4))
    write_spread(tmp_path, {InputKind.NOTE: spread})

    found = read_spread(tmp_path, {InputKind.NOTE: 8})

    assert list(found) == [InputKind.NOTE]
    assert torch.equal(found[InputKind.NOTE].distances, spread.distances)


def test_a_bundle_without_spreads_has_none(tmp_path: Path) -> None:
    write_spread(tmp_path, {})
    assert read_spread(tmp_path, {}) == {}


@pytest.mark.parametrize("content", [b"", b"not a tensor"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SPREAD).write_bytes(content)
    with pytest.raises(BundleRefused, match=r"spread\.safetensors"):
        read_spread(tmp_path, {InputKind.NOTE: 8})


def test_a_spread_of_another_width_is_refused(tmp_path: Path) -> None:
    write_spread(tmp_path, {InputKind.NOTE: spread_of(cloud(200, seed=4))})
    with pytest.raises(BundleRefused, match="does not fit"):
        read_spread(tmp_path, {InputKind.NOTE: 16})
