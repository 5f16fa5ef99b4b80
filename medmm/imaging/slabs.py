"""Slabs: the largest, smallest or mean value through a thickness (MIP, MinIP, average)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float32]


class Projection(StrEnum):
    """What one pixel shows of the values behind it."""

    MEAN = "mean"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"


@dataclass(frozen=True)
class Slab:
    """thickness_mm: 0 is a single plane."""

    thickness_mm: float = 0.0
    projection: Projection = Projection.MAXIMUM


SINGLE_PLANE = Slab()
VALUES_AT_ONCE = 500_000


def half_width(slab: Slab, step_mm: float) -> int:
    """Count the planes on either side: those whose centre lies within half the thickness."""
    # The margin keeps 10 mm of 2.5 mm slices at two on either side whatever the last bit of the spacing is.
    return int(slab.thickness_mm / 2 / step_mm + 1e-6)


def of_stored(projection: Projection, *, is_falling: bool) -> Projection:
    """Give the projection of stored values: a negative rescale slope swaps largest and smallest."""
    swapped = {Projection.MAXIMUM: Projection.MINIMUM, Projection.MINIMUM: Projection.MAXIMUM}
    return swapped.get(projection, projection) if is_falling else projection


def fold(planes: Iterable[Reals], projection: Projection) -> Reals:
    """Project float planes, NaN left out, one after the other: never more than two are in memory."""
    waiting = iter(planes)
    total = next(waiting)
    if projection is Projection.MEAN:
        return _fold_mean(total, waiting)
    keep = np.fmax if projection is Projection.MAXIMUM else np.fmin
    for plane in waiting:
        keep(total, plane, out=total)
    return total


def _fold_mean(total: Reals, waiting: Iterable[Reals]) -> Reals:
    count = (~np.isnan(total)).astype(np.float32)
    total = np.nan_to_num(total, copy=False, nan=0.0)
    for plane in waiting:
        known = ~np.isnan(plane)
        count += known
        np.add(total, plane, out=total, where=known)
    total[count == 0] = np.nan
    return np.asarray(total / np.maximum(count, 1), np.float32)


def project_block(block: NDArray[Any], projection: Projection, padding: tuple[int, int] | None) -> NDArray[Any]:
    """Project stored slices [n, rows, cols] without a copy of them; padding counts only where there is nothing else."""
    if padding is None:
        return _project(block, projection)
    # Some rows at a time: a mask of the whole block would need half of its memory again.
    step = max(VALUES_AT_ONCE // (block.shape[0] * block.shape[2]), 1)
    parts = [block[:, row : row + step] for row in range(0, block.shape[1], step)]
    return np.concatenate([_without_padding(part, projection, padding) for part in parts])


def _without_padding(block: NDArray[Any], projection: Projection, padding: tuple[int, int]) -> NDArray[Any]:
    seen = (block < padding[0]) | (block > padding[1])
    count = np.count_nonzero(seen, axis=0)
    limits = np.iinfo(block.dtype.name)
    neutral = {Projection.MEAN: 0, Projection.MAXIMUM: limits.min, Projection.MINIMUM: limits.max}[projection]
    known = np.where(seen, block, block.dtype.type(neutral))
    if projection is Projection.MEAN:
        found = np.rint(np.add.reduce(known, axis=0, dtype=np.int64) / np.maximum(count, 1))
    else:
        found = _project(known, projection)
    kept: NDArray[Any] = np.where(count > 0, found, padding[0]).astype(block.dtype)
    return kept


def _project(block: NDArray[Any], projection: Projection) -> NDArray[Any]:
    if projection is Projection.MEAN:
        mean: NDArray[Any] = np.rint(np.add.reduce(block, axis=0, dtype=np.int64) / len(block)).astype(block.dtype)
        return mean
    reduce = np.maximum.reduce if projection is Projection.MAXIMUM else np.minimum.reduce
    return np.asarray(reduce(block, axis=0))
