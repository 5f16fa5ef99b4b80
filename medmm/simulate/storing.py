"""Stored values of a film: 12 bits, either polarity, a detector's own offset and gain."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from medmm.simulate.frame import Plane

TOP_VALUE = 4095
MONOCHROME1_SHARE = 0.10


@dataclass(frozen=True)
class StoredFilm:
    """Stored values with what is needed to show them; spacing in mm."""

    pixels: npt.NDArray[np.uint16]
    photometric_interpretation: str
    window_centre: float
    window_width: float
    spacing_mm: float
    view_position: str


def store_film(rng: np.random.Generator, film: Plane, *, spacing_mm: float, view_position: str) -> StoredFilm:
    """Map display values 0..1 to stored values; contrast varies so that it carries nothing."""
    gain, offset = float(rng.uniform(2300, 3500)), float(rng.uniform(80, 560))
    values = np.rint(offset + gain * film).astype(np.uint16)
    centre, width = round(offset + gain * float(rng.uniform(0.46, 0.54))), round(gain * float(rng.uniform(0.94, 1.12)))
    is_inverse = bool(rng.random() < MONOCHROME1_SHARE)
    if is_inverse:
        values, centre = (TOP_VALUE - values).astype(np.uint16), TOP_VALUE - centre
    name = "MONOCHROME1" if is_inverse else "MONOCHROME2"
    return StoredFilm(values, name, float(centre), float(width), spacing_mm, view_position)
