"""One slice in stored values, at full and at halved sizes, with its range: what painting reads."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage, Window
from medmm.imaging.windowing import auto_window, full_range, padding_mask, to_modality

# Enough values for a stable 0.5 percentile, few enough to sort within a millisecond or two.
N_SAMPLED = 65_536


class SlicePixels:
    """A slice of an image; halved sizes are made when first asked for and kept."""

    def __init__(self, image: MedicalImage, slice_index: int) -> None:
        self.image = image
        self.slice_index = slice_index
        self._levels: list[NDArray[Any]] = [image.stored[slice_index]]

    @property
    def stored(self) -> NDArray[Any]:
        """The slice as stored: [rows, cols] or [rows, cols, 3]."""
        return self._levels[0]

    def level(self, halvings: int) -> NDArray[Any]:
        """Give the slice halved so many times; each value is the mean of the 2 x 2 it stands for."""
        while len(self._levels) <= halvings:
            self._levels.append(_halve(self._levels[-1], self._wide_type))
        return self._levels[halvings]

    @cached_property
    def _wide_type(self) -> np.dtype[Any]:
        # Where four of the values add up without overflow there is no need to widen ten million of them.
        stored, limits = self.stored.dtype, np.iinfo(self.stored.dtype.name)
        low, high = self.stored_limits
        if 4 * low >= limits.min and 4 * high + 2 <= limits.max:
            return stored
        return np.dtype(np.int64 if stored.itemsize > 2 else np.int32)

    @cached_property
    def stored_limits(self) -> tuple[int, int]:
        """Smallest and largest stored value."""
        return int(self.stored.min()), int(self.stored.max())

    @cached_property
    def value_range(self) -> tuple[float, float]:
        """Smallest and largest modality value that is no padding."""
        thin = self._thinned(4 * N_SAMPLED)
        values = to_modality(thin, 0)[~padding_mask(thin, 0)]
        return (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)

    @cached_property
    def sampled_values(self) -> NDArray[Any]:
        """Modality values of a regular grid of pixels that are no padding, in one row."""
        thin = self._thinned(N_SAMPLED)
        return np.asarray(to_modality(thin, 0)[~padding_mask(thin, 0)])

    @cached_property
    def default_window(self) -> Window:
        """The file's first window, else the automatic one of this slice."""
        return self.image.windows[0] if self.image.windows else self.auto_window

    @cached_property
    def auto_window(self) -> Window:
        """The automatic window of this slice."""
        return auto_window(self._thinned(N_SAMPLED))

    @cached_property
    def full_range(self) -> Window:
        """The window from the smallest to the largest value of this slice."""
        return full_range(self._as_image(self.stored[None]))

    def as_image(self, stored: NDArray[Any]) -> MedicalImage:
        """Give an image of one slice with other stored values [rows, cols] and this slice's transforms."""
        return self._as_image(stored[None])

    def _thinned(self, n_values: int) -> MedicalImage:
        step = max(int((self.stored.shape[0] * self.stored.shape[1] / n_values) ** 0.5), 1)
        return self._as_image(self.stored[None, ::step, ::step])

    def _as_image(self, stored: NDArray[Any]) -> MedicalImage:
        return replace(self.image, stored=stored, instances=(self.image.instances[self.slice_index],))


def _halve(values: NDArray[Any], wide: np.dtype[Any]) -> NDArray[Any]:
    """Average 2 x 2; an odd last row or column is doubled, so that nothing at the edge is lost."""
    rows, cols = values.shape[:2]
    if rows % 2 or cols % 2:
        edge = [(0, rows % 2), (0, cols % 2)] + [(0, 0)] * (values.ndim - 2)
        values = np.pad(values, edge, mode="edge")
    # Rows first: they lie together in memory.
    pairs = values[::2].astype(wide)
    pairs += values[1::2]
    total = pairs[:, ::2] + pairs[:, 1::2]
    total += 2
    total >>= 2
    return total.astype(values.dtype, copy=False)
