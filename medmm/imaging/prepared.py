"""A volume made ready to be cut anywhere: checked, on one scale, with a value for what lies outside."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnsupportedImage
from medmm.core.image import MedicalImage
from medmm.core.words import Words
from medmm.imaging.reformat_checks import HINT, require_volume
from medmm.imaging.rescaling import with_one_rescale


@dataclass(frozen=True)
class Volume:
    """A volume that planes are sampled from.

    image: one rescale for all slices, stored values contiguous; to_index: [3, 4] from LPS mm to (slice, row, column);
    fill: the stored value of what lies outside, of type `dtype`; is_fill_padding: whether no voxel can have it.
    """

    image: MedicalImage
    to_index: NDArray[np.float64]
    fill: int
    dtype: np.dtype[np.generic]
    is_fill_padding: bool

    @property
    def padding(self) -> tuple[int, int] | None:
        """Give the least and the largest stored value that is padding (PS3.3 C.7.5.1.1.2)."""
        value, limit = self.image.padding_value, self.image.padding_limit
        if value is None:
            return None
        other = value if limit is None else limit
        return min(value, other), max(value, other)

    @property
    def corners_mm(self) -> NDArray[np.float64]:
        """Give the eight corners of the voxels' box: [8, 3] LPS."""
        assert self.image.geometry.affine is not None, "a volume has an affine"
        sides = np.array([[-0.5, size - 0.5] for size in self.image.stored.shape])
        index = np.stack([*(axis.ravel() for axis in np.meshgrid(*sides)), np.ones(8)])
        return np.asarray((self.image.geometry.affine @ index)[:3].T)

    @property
    def voxel_mm(self) -> float:
        """Give the smallest distance between two voxels."""
        assert self.image.geometry.affine is not None, "a volume has an affine"
        return float(np.linalg.norm(self.image.geometry.affine[:3, :3], axis=0).min())


def prepare_volume(image: MedicalImage) -> Volume:
    """Check an image and make it ready to be cut anywhere.

    Raises UnsupportedImage for what is no volume, and for values that a modality LUT gives: nothing lies between them.
    """
    require_volume(image)
    if image.modality_lut is not None:
        raise UnsupportedImage(
            Words("The values of this series come from a table; there is none between two of them"), HINT
        )
    even = with_one_rescale(image)
    even = replace(even, stored=np.ascontiguousarray(even.stored))
    assert even.geometry.affine is not None, "a volume has an affine"
    fill, dtype, is_padding = _fill_of(even)
    to_index = np.asarray(np.linalg.inv(even.geometry.affine)[:3], np.float64)
    return Volume(even, to_index, fill, dtype, is_padding)


def _fill_of(image: MedicalImage) -> tuple[int, np.dtype[np.generic], bool]:
    # Just beyond the values on their dark side, so that the outside is black and known as padding.
    if image.padding_value is not None:
        return image.padding_value, image.stored.dtype, True
    low, high = int(image.stored.min()), int(image.stored.max())
    is_dark_high = (image.instances[0].rescale_slope < 0) != image.is_inverted
    wanted = high + 1 if is_dark_high else low - 1
    for dtype in (np.dtype(np.int16), image.stored.dtype):
        limits = np.iinfo(dtype.name)
        if limits.min <= min(low, wanted) and max(high, wanted) <= limits.max:
            return wanted, dtype, True
    return high if is_dark_high else low, image.stored.dtype, False
