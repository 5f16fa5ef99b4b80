"""Mean, spread, extremes and histogram of a region, over modality values; padding is left out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage
from medmm.imaging.roi_mask import RoiMask
from medmm.imaging.windowing import padding_mask, to_modality

N_BINS = 64
BAND_PIXELS = 1 << 16


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
    bands = [_moments(values, n_padding) for values, n_padding in _bands(image, slice_index, mask)]
    n_pixels = sum(band.n_pixels for band in bands)
    if n_pixels == 0:
        return None
    mean = math.fsum(band.total for band in bands) / n_pixels
    # Chan, Golub and LeVeque 1983: squares about each band's own mean, moved to the common one.
    squares = math.fsum(band.squares + band.n_pixels * (band.mean - mean) ** 2 for band in bands if band.n_pixels)
    return RoiStatistics(
        n_pixels=n_pixels,
        mean=mean,
        sd=math.sqrt(squares / (n_pixels - 1)) if n_pixels > 1 else math.nan,
        minimum=min(band.minimum for band in bands),
        maximum=max(band.maximum for band in bands),
        n_padding=sum(band.n_padding for band in bands),
    )


def roi_histogram(image: MedicalImage, slice_index: int, mask: RoiMask, *, n_bins: int = N_BINS) -> Histogram | None:
    """Count the values of a region in at most n_bins bins; whole numbers get bins of a whole width.

    A bin of a broken width would hold now one, now two of the whole numbers, and show teeth that are not in the image.
    """
    bands = [values for values, _ in _bands(image, slice_index, mask) if values.size]
    if not bands:
        return None
    low, high = min(float(band.min()) for band in bands), max(float(band.max()) for band in bands)
    if all(band.dtype.kind in "iu" for band in bands):
        return _whole_histogram(bands, int(low), int(high), n_bins)
    edges = np.histogram_bin_edges([low], n_bins, (low, high if high > low else low + 1))
    return Histogram(edges, np.sum([np.histogram(band, edges)[0] for band in bands], axis=0))


def _whole_histogram(bands: list[NDArray[Any]], low: int, high: int, n_bins: int) -> Histogram:
    width = max(math.ceil((high - low + 1) / n_bins), 1)
    used = (high - low) // width + 1
    counts = np.zeros(used, np.int64)
    for band in bands:
        counts += np.bincount((band.astype(np.int32) - low) // width, minlength=used)
    return Histogram(low - 0.5 + width * np.arange(used + 1, dtype=np.float64), counts)


@dataclass(frozen=True)
class _Moments:
    """Of one band of rows; squares: of the ways from its own mean, summed."""

    n_pixels: int
    n_padding: int
    total: float = 0.0
    squares: float = 0.0
    minimum: float = math.inf
    maximum: float = -math.inf

    @property
    def mean(self) -> float:
        return self.total / self.n_pixels


def _moments(values: NDArray[Any], n_padding: int) -> _Moments:
    if values.size == 0:
        return _Moments(0, n_padding)
    apart = values.astype(np.float64)
    total = float(apart.sum())
    apart -= total / values.size
    # No `dot`: BLAS wakes its threads for each band, which costs more than the sum where others use the processor.
    np.square(apart, out=apart)
    squares = float(apart.sum())
    return _Moments(int(values.size), n_padding, total, squares, float(values.min()), float(values.max()))


def _bands(image: MedicalImage, slice_index: int, mask: RoiMask) -> Iterator[tuple[NDArray[Any], int]]:
    """Give the values of a few rows after another: a band stays in the cache, millions of pixels at once do not."""
    height, width = mask.inside.shape
    step = max(BAND_PIXELS // max(width, 1), 1)
    for top in range(0, height, step):
        yield _values(image, slice_index, RoiMask(mask.row + top, mask.col, mask.inside[top : top + step]))


def _values(image: MedicalImage, slice_index: int, mask: RoiMask) -> tuple[NDArray[Any], int]:
    # Only the box is converted: a small region of a large film costs what the region costs.
    block = image.stored[slice_index][mask.rows, mask.cols]
    if image.is_color or not mask.inside.any():
        return np.empty(0), 0
    box = replace(image, stored=block[None], instances=(image.instances[slice_index],))
    wanted = mask.inside & ~padding_mask(box, 0) if image.padding_value is not None else mask.inside
    values = to_modality(box, 0)[wanted]
    return values, int(np.count_nonzero(mask.inside)) - values.size
