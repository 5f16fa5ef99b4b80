"""Does the map of a finding lie inside the lungs?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from medmm.core.progress import CancelToken
from medmm.imaging.reader import read_image
from medmm.inference.model_input import PreparedImage
from medmm.inference.prepare_image import fit_image
from medmm.models.spec import ImageSpec
from medmm.training.examples import Example
from medmm.training.studies.values import Study, figure_row

Array = NDArray[np.float64]
TITLE = "where the map lies"
ABOUT = (
    "Share of the map's weight inside a machine-made mask of the lungs. Chance is the share of the lungs' area of what "
    "the network sees; the mask of another patient shows how much of it is merely the usual place of lungs."
)


def measure_masks(
    domain: str,
    examples: Sequence[Example],
    maps: NDArray[np.float32],
    spec: ImageSpec,
    *,
    column: str,
    finding: str,
    folder: Path,
    samples: int,
    seed: int,
) -> Study | None:
    """Compare maps [N, h, w] of a finding with the masks that a column names; None where there are none.

    A film whose map is empty has no share and is left out.
    """
    places = [n for n, one in enumerate(examples) if one.row.record.raw.get(column) and maps[n].sum() > 0]
    if len(places) < 2:
        return None
    shares = np.stack([cell_shares(examples[n], spec, folder, column, maps.shape[1:]) for n in places])
    weights = maps[places].astype(np.float64)
    lungs, seen = shares[:, 0], shares[:, 1]
    patients = [examples[n].row.patient for n in places]
    inside, chance = _inside(weights, lungs), lungs.sum(axis=(1, 2)) / seen.sum(axis=(1, 2))
    # The next film of another patient.
    others = np.array([_next_other(patients, n) for n in range(len(patients))])
    figures = {
        f"{finding}: inside the lungs": inside,
        "area of the lungs (chance)": chance,
        "inside the lungs of another patient": _inside(weights, lungs[others]),
        "own lungs over chance": inside / chance,
        "own lungs over those of another": inside / np.maximum(_inside(weights, lungs[others]), 1e-6),
    }
    rows = (
        figure_row(name, partial(_mean, values), patients, samples=samples, seed=seed)
        for name, values in figures.items()
    )
    return Study(domain, TITLE, ABOUT, "mean share or ratio", tuple(rows))


def cell_shares(example: Example, spec: ImageSpec, folder: Path, column: str, shape: tuple[int, ...]) -> Array:
    """Give the share of each cell of a map's grid that is lung, and that is film: [2, h, w]."""
    film = read_image(example.row.path, cancel=CancelToken())
    fitted = fit_image(film, spec)
    mask = np.asarray(Image.open(folder / example.row.record.raw[column]).convert("1"))
    n_rows, n_cols = film.size
    rows, cols = _stored_places(fitted, spec)
    is_film = (rows >= 0) & (rows < n_rows) & (cols >= 0) & (cols < n_cols) & fitted.seen_mask()
    in_mask = mask[
        np.clip((rows * mask.shape[0] / n_rows).astype(int), 0, mask.shape[0] - 1),
        np.clip((cols * mask.shape[1] / n_cols).astype(int), 0, mask.shape[1] - 1),
    ]
    return np.stack([_cells(in_mask & is_film, shape), _cells(is_film, shape)])


def _stored_places(fitted: PreparedImage, spec: ImageSpec) -> tuple[Array, Array]:
    row, col = np.meshgrid(np.arange(spec.rows) + 0.5, np.arange(spec.cols) + 0.5, indexing="ij")
    stored = fitted.to_stored @ np.stack([row.ravel(), col.ravel(), np.ones(row.size)])
    return stored[0].reshape(row.shape), stored[1].reshape(row.shape)


def _cells(values: NDArray[np.bool_], shape: tuple[int, ...]) -> Array:
    height, width = values.shape[0] // shape[0], values.shape[1] // shape[1]
    return np.asarray(values.reshape(shape[0], height, shape[1], width).mean(axis=(1, 3)), dtype=np.float64)


def _mean(values: Array, rows: NDArray[np.intp]) -> float:
    return float(values[rows].mean())


def _inside(weights: Array, lungs: Array) -> Array:
    return np.asarray((weights * lungs).sum(axis=(1, 2)) / weights.sum(axis=(1, 2)), dtype=np.float64)


def _next_other(patients: Sequence[str], n: int) -> int:
    following = (k % len(patients) for k in range(n + 1, n + len(patients)))
    return next((k for k in following if patients[k] != patients[n]), n)
