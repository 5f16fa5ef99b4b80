"""Pleural fluid that follows gravity, with a meniscus."""

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane, as_plane, ramp
from medmm.simulate.lesions import Fluid
from medmm.simulate.lungs import outward


def paint_fluid(frame: Frame, anatomy: Anatomy, fluid: Fluid) -> Plane:
    """Give the share of air displaced by the fluid, 0..1, [rows, cols]."""
    out = outward(frame, anatomy, fluid.side)
    dome = anatomy.lung_height + (anatomy.dome_step if fluid.side > 0 else 0.0)
    wall = np.maximum(anatomy.lateral(frame.y) - out, 0)
    inner = np.maximum(out - 20, 0)
    top = dome - fluid.level + 14 - fluid.rise * np.exp(-wall / 20) - 0.4 * fluid.rise * np.exp(-inner / 14)
    pool = ramp(frame.y - top, -9, 8)
    veil = fluid.veil * ramp(frame.y, 20, 0.9 * dome)
    return as_plane(np.maximum(0.97 * pool, veil) * ramp(out, 0, 6))
