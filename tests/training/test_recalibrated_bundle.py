"""What a recalibrated bundle keeps of the former one, and what it must not keep."""

from __future__ import annotations

from pathlib import Path

import torch

from medmm.core.quality import InputKind
from medmm.models.bundle import load_bundle, seal_bundle
from medmm.models.neighbours import NEIGHBOURS, make_neighbours, read_neighbours, write_neighbours
from medmm.models.spread import Spread, read_spread, write_spread
from medmm.training.bootstrap import Estimate
from medmm.training.recalibrated_bundle import Changes, write_recalibrated
from medmm.training.recalibration import HeldOutFinding, Losses
from tests.models.builders import make_bundle

NOWHERE = Estimate(0.5, 0.4, 0.6)
FIGURE = HeldOutFinding("", 200, 60, Losses(*(NOWHERE,) * 5))


def spread_at(place: float, d: int) -> Spread:
    return Spread(torch.full((d,), place), torch.eye(d), torch.linspace(0.0, 1.0, 200))


def test_the_spread_of_the_former_cases_goes_and_that_of_the_new_ones_comes(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "former")
    _, net = load_bundle(folder)
    widths = {kind: int(net.encoders[kind.value].dim) for kind in net.kinds}
    write_spread(folder, {kind: spread_at(9.0, d) for kind, d in widths.items()})
    seal_bundle(folder)
    former, _ = load_bundle(folder)
    assert former.calibration is not None
    spreads = {InputKind.NOTE: spread_at(1.0, widths[InputKind.NOTE])}
    facts = {"cases": 200, "patients": 200}
    changes = Changes("ours", "1", former.calibration, (FIGURE,), facts, (), is_own_cohort=False, spreads=spreads)

    write_recalibrated(former, changes, tmp_path / "ours")

    found = read_spread(tmp_path / "ours", widths)
    # Vital signs had too few new cases: nothing is known of them, rather than what held for the former patients.
    assert set(found) == {InputKind.NOTE}
    assert float(found[InputKind.NOTE].mean[0]) == 1.0
    assert set(read_spread(folder, widths)) == set(widths)


def test_training_cases_go_along_because_the_encoders_stay(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "former")
    former, net = load_bundle(folder)
    vectors = {kind: torch.randn(4, former.spec.embedding) for kind in net.kinds}
    labels, present = torch.zeros(4, 2), torch.ones(4, 3, dtype=torch.bool)
    write_neighbours(
        folder, make_neighbours(vectors, labels=labels, present=present, simulated=torch.ones(4, dtype=torch.bool))
    )
    seal_bundle(folder)
    former, _ = load_bundle(folder)
    assert former.calibration is not None
    facts = {"cases": 200, "patients": 200}
    changes = Changes("ours", "1", former.calibration, (FIGURE,), facts, (), is_own_cohort=False, spreads={})

    write_recalibrated(former, changes, tmp_path / "ours")

    assert (tmp_path / "ours" / NEIGHBOURS).read_bytes() == (folder / NEIGHBOURS).read_bytes()
    found, _ = load_bundle(tmp_path / "ours")
    assert len(read_neighbours(found.folder, found.spec) or ()) == 4
