"""Mean, spread, extremes and histogram of a region, over modality values; padding is left out."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage
from medmm.imaging.roi_mask import RoiMask
from medmm.imaging.windowing import padding_mask, to_modality

N_BINS = 64


@dataclass(frozen=True)
class RoiStatistics:
    """Of n_pixels values; sd with n - 1 below the line, NaN for a single pixel; n_padding pixels were left out."""

    n_pixels: int
    mean: float
    sd: float
    minimum: float
    maximum: float
    n_padding: int = 0

    def scaled(self, factor: float) -> RoiStatistics:
        """Give the statistics of the same values times a factor above 0, e.g. in SUV."""
        return replace(
            self,
            mean=self.mean * factor,
            sd=self.sd * factor,
            minimum=self.minimum * factor,
            maximum=self.maximum * factor,
        )


@dataclass(frozen=True)
class Histogram:
    """counts[i] values lie in [edges[i], edges[i + 1]), the last edge included."""

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]


def roi_statistics(image: MedicalImage, slice_index: int, mask: RoiMask) -> RoiStatistics | None:
    """Compute the statistics of a region of one slice; None for colour and where no pixel is left."""
    values, n_padding = _values(image, slice_index, mask)
    if values.size == 0:
        return None
    apart = values.astype(np.float64)
    mean = float(apart.mean())
    # In place: `std` would copy what may be millions of pixels twice more.
    apart -= mean
    np.square(apart, out=apart)
    return RoiStatistics(
        n_pixels=int(values.size),
        mean=mean,
        sd=math.sqrt(float(apart.sum()) / (values.size - 1)) if values.size > 1 else math.nan,
        minimum=float(values.min()),
        maximum=float(values.max()),
        n_padding=n_padding,
    )


def roi_histogram(image: MedicalImage, slice_index: int, mask: RoiMask, *, n_bins: int = N_BINS) -> Histogram | None:
    """Count the values of a region in at most n_bins bins; whole numbers get bins of a whole width.

    A bin of a broken width would hold now one, now two of the whole numbers, and show teeth that are not in the image.
    """
    values, _ = _values(image, slice_index, mask)
    if values.size == 0:
        return None
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind in "iu":
        width = max(math.ceil((high - low + 1) / n_bins), 1)
        counts = np.bincount((values.astype(np.int32) - int(low)) // width)
        return Histogram(low - 0.5 + width * np.arange(len(counts) + 1, dtype=np.float64), counts)
    counts, edges = np.histogram(values, n_bins, (low, high if high > low else low + 1))
    return Histogram(edges, counts)


def _values(image: MedicalImage, slice_index: int, mask: RoiMask) -> tuple[NDArray[Any], int]:
    # Only the box is converted: a small region of a large film costs what the region costs.
    block = image.stored[slice_index][mask.rows, mask.cols]
    if image.is_color or not mask.inside.any():
        return np.empty(0), 0
    box = replace(image, stored=block[None], instances=(image.instances[slice_index],))
    wanted = mask.inside & ~padding_mask(box, 0)
    return to_modality(box, 0)[wanted], int(mask.inside.sum() - wanted.sum())
