"""From stored value to grey: the 8-bit table through which a slice is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.imaging.windowing import to_display
from ui.state.view_state import Voi
from ui.viewer.slice_pixels import SlicePixels

# Beyond this a table would be larger than the slice; such slices (32-bit dose grids) are computed directly.
MAX_ENTRIES = 65_536


@dataclass(frozen=True)
class GreyTable:
    """greys[i] is the grey of stored value first + i."""

    first: int
    greys: NDArray[np.uint8]

    def apply(self, stored: NDArray[Any]) -> NDArray[np.uint8]:
        """Look a block of stored values up."""
        index = stored.astype(np.intp)
        index -= self.first
        return self.greys.take(index, mode="clip")


def make_table(pixels: SlicePixels, voi: Voi, *, is_inverted: bool) -> GreyTable | None:
    """Run every stored value of a slice through the display pipeline; None where there are too many of them."""
    first, last = pixels.stored_limits
    if last - first >= MAX_ENTRIES:
        return None
    ramp = np.arange(first, last + 1, dtype=np.int64)[None]
    return GreyTable(first, to_greys(pixels, ramp, voi, is_inverted=is_inverted)[0])


def to_greys(pixels: SlicePixels, stored: NDArray[Any], voi: Voi, *, is_inverted: bool) -> NDArray[np.uint8]:
    """Give the greys of stored values [rows, cols]: modality LUT, VOI, polarity, then the user's inversion."""
    image = pixels.as_image(stored)
    shown = to_display(image, 0, voi)
    greys = np.rint(shown * 255).astype(np.uint8)
    return 255 - greys if is_inverted else greys
