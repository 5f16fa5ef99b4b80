"""Vertebrae with discs, pedicles and spinous processes."""

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane, as_plane, ramp


def project_spine(frame: Frame, anatomy: Anatomy, rng: np.random.Generator) -> Plane:
    """Give the spine in mm of tissue that absorbs as much, [rows, cols]."""
    y = frame.y
    bow = float(rng.normal(0, 2.5)) * np.sin(y / 110 + float(rng.uniform(0, 6)))
    x = np.abs(frame.x - anatomy.midline(y) - bow)
    pitch = 19.5 + 7.5 * ramp(y, -40, 300)
    phase = np.cumsum(frame.spacing_mm / pitch, axis=0) + rng.uniform(0, 1)
    part = as_plane(phase % 1.0)
    body = ramp(part, 0.02, 0.14) * (1 - ramp(part, 0.82, 0.96))
    # Waisted bodies: the edge swings with the level.
    half = 14 + 5 * ramp(y, -40, 300) + 1.6 * np.cos(2 * np.pi * (part - 0.5)) * -1
    solid = (1 - ramp(x, half - 5, half + 3)) * (3 + 4.5 * body)
    rims = 2.2 * np.exp(-(((x - half + 2) / 1.8) ** 2)) * body
    ring = np.hypot(x - 0.62 * half, (part - 0.35) * pitch) - 4.0
    pedicle = 3.0 * np.exp(-((ring / 1.4) ** 2))
    spinous = 5 * np.exp(-((x / 3.0) ** 2) - (((part - 0.75) * pitch) / 6.0) ** 2)
    wings = 4 * np.exp(-((((part - 0.33) * pitch) / 4.5) ** 2)) * (1 - ramp(x, half + 3, half + 14))
    return as_plane(solid + rims + pedicle + spinous + wings)
