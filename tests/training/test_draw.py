"""Balanced drawing."""

from __future__ import annotations

from pathlib import Path

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


def test_an_epoch_draws_its_share_of_what_a_base_learns_from_anew_and_every_labelled_film() -> None:
    pytest.importorskip("torch")
    from medmm.training.config import StageConfig
    from medmm.training.draw import draw_batches
    from medmm.training.examples import Example
    from medmm.training.patients import PatientRow
    from medmm.training.reading import Reading

    domains = ["simulated"] * 40 + ["films"] * 10
    rows = [PatientRow(domain, Path(str(n)), str(n), (1.0,), "train") for n, domain in enumerate(domains)]
    examples = [Example(row, Reading(None, (0, 0, 0, 0))) for row in rows]
    stage = StageConfig(inputs="all", epochs=2, batch=7, rate=0.1, end_rate=0.01, base_share=0.25)

    drawn = [[one.row.patient for batch in draw_batches(examples, stage, rng) for one in batch] for rng in generators()]

    for names in drawn:
        assert len(names) == len(set(names)) == 20
        assert {str(n) for n in range(40, 50)} <= set(names)
    assert set(drawn[0]) != set(drawn[1])


def generators() -> list[np.random.Generator]:
    return [np.random.default_rng(seed) for seed in (1, 2)]
