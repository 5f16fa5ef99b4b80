"""What hiding the hottest cells does to the logit, beside hiding as many others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from medmm.inference.map_methods import GREY, MapSubject, cell_slices, last_axes
from medmm.models.case_net import CaseNet
from medmm.models.map_tests import DeletionTest
from medmm.training.maps.asked import cells_of

# A sixth of the cells is hidden: six of a grid of 6 x 6.
HIDDEN_PART = 6
N_RANDOM = 2
# A cell that is mostly padding is no alternative: hiding it changes nothing by itself.
MIN_SEEN = 0.5
Cells = NDArray[np.intp]


@dataclass(frozen=True)
class Fall:
    """How much one logit fell: with the hottest cells hidden, and in the mean of random choices."""

    patient: str
    hottest: float
    random: float


def hottest_cells(values: NDArray[np.float32]) -> Cells:
    """Give the flat numbers of a sixth of the cells of a map [h, w], the hottest ones."""
    return np.argsort(-values.ravel(), kind="stable")[: values.size // HIDDEN_PART]


def random_cells(seen: NDArray[np.bool_], grid: Sequence[int], rng: np.random.Generator) -> Cells:
    """Draw as many cells among those that are mostly film; seen: bool [rows, cols] of the model's input."""
    film = np.flatnonzero(cells_of(seen, grid).ravel() >= MIN_SEEN)
    n_hidden = int(np.prod(grid)) // HIDDEN_PART
    return rng.choice(film, size=min(n_hidden, len(film)), replace=False).astype(np.intp)


def logit_falls(
    net: CaseNet, subject: MapSubject, rows: Sequence[int], hidden: Sequence[Cells], grid: Sequence[int]
) -> NDArray[np.float64]:
    """Give the falls [N, F] of all logits of cases `rows` [N] of a subject, each with its own cells hidden."""
    chosen = subject.rows(rows)
    slices = list(cell_slices(chosen.image.shape[2:], grid))
    image = chosen.image.clone()
    for film, cells in zip(image, hidden, strict=True):
        for cell in cells.tolist():
            film[last_axes(slices[cell])] = GREY
    with torch.no_grad():
        z, _ = chosen.seen_as(image)
        fallen = net.fuse(chosen.z, chosen.present) - net.fuse(z, chosen.present)
    return np.asarray(fallen.double().numpy())


def summarise_falls(found: Sequence[Fall]) -> DeletionTest:
    """Compare the two over patients: who has several maps counts once, with their mean."""
    from scipy.stats import wilcoxon

    patients = sorted({one.patient for one in found})
    gains = [np.mean([one.hottest - one.random for one in found if one.patient == name]) for name in patients]
    p = float(wilcoxon(gains, alternative="greater").pvalue) if np.any(gains) else 1.0
    return DeletionTest(
        n=len(found),
        n_patients=len(patients),
        hottest=round(float(np.mean([one.hottest for one in found])), 4),
        random=round(float(np.mean([one.random for one in found])), 4),
        p=float(f"{p:.3g}"),
    )
