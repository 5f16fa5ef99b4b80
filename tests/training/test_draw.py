"""Balanced drawing."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.slow


def test_rare_findings_are_drawn_as_often_as_common_ones() -> None:
    pytest.importorskip("torch")
    from medmm.training.draw import balanced_chances

    labels = np.array([[1, 0]] * 8 + [[0, 1]] * 2 + [[0, np.nan]] * 10, dtype=np.float64)

    chances = balanced_chances(labels)

    assert chances.sum() == pytest.approx(1)
    assert chances[:8].sum() == pytest.approx(1 / 3)
    assert chances[8:10].sum() == pytest.approx(1 / 3)
    assert chances[10:].sum() == pytest.approx(1 / 3)
