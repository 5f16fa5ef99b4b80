"""Where maps point: the hottest cell and the weight against the box of the finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.models.map_tests import Figure, PlaceTest
from medmm.training.bootstrap import Estimate, bootstrap
from medmm.training.maps.asked import cells_of


@dataclass(frozen=True)
class PlacedMap:
    """How one map lies to its box.

    hit: the hottest cell touches the box; strict_hit: its centre is in it; chance, strict_chance: share of the seen
    cells that would hit; energy: share of the weight in the box; area: the box's share of what the network saw.
    """

    patient: str
    hit: bool
    chance: float
    strict_hit: bool
    strict_chance: float
    energy: float
    area: float


def place_map(
    values: NDArray[np.float32], box: NDArray[np.float32], seen: NDArray[np.bool_], *, patient: str
) -> PlacedMap:
    """Hold a map [h, w] against a box [rows, cols]; an empty map hits nothing and has no weight anywhere."""
    inside, is_seen = cells_of(box, values.shape), cells_of(seen, values.shape) > 0
    centred = _centres(box, values.shape)
    total = float(values.sum())
    hottest = np.unravel_index(int(values.argmax()), values.shape)
    return PlacedMap(
        patient=patient,
        hit=total > 0 and bool(inside[hottest] > 0),
        chance=float((inside > 0)[is_seen].mean()),
        strict_hit=total > 0 and bool(centred[hottest]),
        strict_chance=float(centred[is_seen].mean()),
        energy=float((values * inside).sum()) / total if total > 0 else 0.0,
        area=float(box.sum() / seen.sum()),
    )


def summarise_places(found: Sequence[PlacedMap], *, samples: int, seed: int) -> PlaceTest:
    """Put the maps together, with intervals over patients; the ratio is that of the means, which tiny boxes cannot
    lift."""
    patients = [one.patient for one in found]
    columns = {
        name: np.array([float(getattr(one, name)) for one in found])
        for name in ("hit", "chance", "strict_hit", "strict_chance", "energy", "area")
    }

    def figure(statistic: Callable[[NDArray[np.intp]], float]) -> Figure:
        return to_figure(bootstrap(statistic, patients, samples=samples, seed=seed))

    return PlaceTest(
        n=len(found),
        n_patients=len(set(patients)),
        hits=figure(lambda rows: float(columns["hit"][rows].mean())),
        chance=round(float(columns["chance"].mean()), 4),
        strict_hits=figure(lambda rows: float(columns["strict_hit"][rows].mean())),
        strict_chance=round(float(columns["strict_chance"].mean()), 4),
        energy=round(float(columns["energy"].mean()), 4),
        energy_ratio=figure(lambda rows: float(columns["energy"][rows].mean() / columns["area"][rows].mean())),
    )


def to_figure(estimate: Estimate) -> Figure:
    """Round an estimate for a file; an interval that could not be drawn is left out."""
    low, high = (None if np.isnan(end) else round(end, 4) for end in (estimate.low, estimate.high))
    return Figure(round(estimate.value, 4), low, high)


def _centres(box: NDArray[np.float32], grid: tuple[int, ...]) -> NDArray[np.bool_]:
    rows, cols = (((np.arange(n) + 0.5) * length / n).astype(int) for n, length in zip(grid, box.shape, strict=True))
    return np.asarray(box[np.ix_(rows, cols)] >= 0.5)
