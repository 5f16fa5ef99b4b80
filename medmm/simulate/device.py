"""A pacemaker as it lies on a film: can and lead, as bright as metal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from medmm.simulate.storing import StoredFilm

# A pulse generator below the left collar bone, mm; the patient's left is on the right of a film.
WIDTH_MM, HEIGHT_MM, LEAD_MM = 46.0, 40.0, 3.5
ACROSS, DOWN = (0.70, 0.76), (0.24, 0.30)


@dataclass(frozen=True)
class Device:
    """Where the can lies, as shares of the film's width and height."""

    across: float
    down: float


def draw_device(rng: np.random.Generator) -> Device:
    """Draw where a device lies."""
    return Device(across=float(rng.uniform(*ACROSS)), down=float(rng.uniform(*DOWN)))


def paint_device(film: StoredFilm, device: Device) -> StoredFilm:
    """Lay the device over the film, in the brightest value that the film has."""
    rows, cols = film.pixels.shape
    y, x = np.mgrid[:rows, :cols]
    x0, y0 = cols * device.across, rows * device.down
    half_width, half_height = WIDTH_MM / 2 / film.spacing_mm, HEIGHT_MM / 2 / film.spacing_mm
    # A super-ellipse: a can with round corners.
    is_can = (np.abs(x - x0) / half_width) ** 4 + (np.abs(y - y0) / half_height) ** 4 <= 1
    bend = cols * 0.5 + (x0 - cols * 0.5) * ((rows * 0.62 - y) / (rows * 0.62 - y0)) ** 2
    is_lead = (np.abs(x - bend) * film.spacing_mm < LEAD_MM / 2) & (y > y0) & (y < rows * 0.62)
    metal = film.pixels.min() if film.photometric_interpretation == "MONOCHROME1" else film.pixels.max()
    return replace(film, pixels=np.where(is_can | is_lead, metal, film.pixels).astype(film.pixels.dtype))
