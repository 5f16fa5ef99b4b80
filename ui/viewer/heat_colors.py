"""The heat scale: 256 colours of "inferno", perceptually even and safe for colour blindness."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

# Inferno (Smith and van der Walt 2015, CC0) at nine even steps, the ones that the report prints; linear in between.
_STOPS = np.array(
    [
        (0, 0, 4), (31, 12, 72), (85, 15, 109), (136, 34, 106), (186, 54, 85),
        (227, 89, 51), (249, 140, 10), (249, 201, 50), (252, 255, 164),
    ],
    dtype=np.float64,
)  # fmt: skip


@cache
def heat_colors() -> NDArray[np.uint8]:
    """Give the scale: [256, 3] RGB, from low to high."""
    place = np.linspace(0, len(_STOPS) - 1, 256)
    parts = [np.interp(place, np.arange(len(_STOPS)), channel) for channel in _STOPS.T]
    return np.rint(np.stack(parts, axis=1)).astype(np.uint8)
