"""The heat scales: 256 colours each, perceptually even and safe for colour blindness."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from medmm.core.lookup import find_entry

# Inferno (Smith and van der Walt 2015, CC0) at nine even steps, the ones that the report prints; linear in between.
# Cividis (Nunez, Anderton and Renslow 2018, CC0) likewise, for readers who see no red.
_SCALES = {
    "inferno": (
        (0, 0, 4), (31, 12, 72), (85, 15, 109), (136, 34, 106), (186, 54, 85),
        (227, 89, 51), (249, 140, 10), (249, 201, 50), (252, 255, 164),
    ),
    "cividis": (
        (0, 34, 78), (26, 56, 111), (67, 78, 108), (97, 101, 111), (125, 124, 120),
        (155, 148, 118), (188, 174, 108), (222, 201, 88), (254, 232, 56),
    ),
}  # fmt: skip


@cache
def heat_colors(name: str = "inferno") -> NDArray[np.uint8]:
    """Give a scale: [256, 3] RGB, from low to high."""
    stops = np.array(find_entry(_SCALES, name, what="heat scale"), dtype=np.float64)
    place = np.linspace(0, len(stops) - 1, 256)
    parts = [np.interp(place, np.arange(len(stops)), channel) for channel in stops.T]
    return np.rint(np.stack(parts, axis=1)).astype(np.uint8)
