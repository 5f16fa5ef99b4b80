"""Air in the lungs along each ray, cut by chest wall, mediastinum and diaphragm."""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane, as_plane, ramp

DOME_DEPTH_MM = 34.0


@dataclass(frozen=True)
class Collapse:
    """A lung drawn away from the chest wall by `rim` mm sideways and `cap` mm from the apex."""

    side: int
    rim: float
    cap: float


def outward(frame: Frame, anatomy: Anatomy, side: int) -> Plane:
    """Give the distance from the midline towards one side, [rows, cols]; rotation makes the sides unequal."""
    stretch = 1 + side * anatomy.rotation / 120
    return as_plane((frame.x - anatomy.midline(frame.y)) * side / stretch)


def lung_air(frame: Frame, anatomy: Anatomy, side: int, *, collapse: Collapse | None = None) -> Plane:
    """Give the lung's depth in mm along each ray of one side (+1 = patient's left), [rows, cols]."""
    out, y = outward(frame, anatomy, side), frame.y
    rim = cap = 0.0
    if collapse is not None:
        rim, cap = collapse.rim, collapse.cap
    low = np.clip(1 - 0.75 * y / anatomy.lung_height, 0.15, 1)
    edge = anatomy.lateral(y - cap) - rim * low
    sideways = np.clip(1 - out / np.maximum(edge, 1), 0, 1)
    lateral = np.sqrt(np.clip(1 - (1 - sideways) ** 3, 0, 1))
    inner = np.sqrt(np.clip((out - anatomy.medial(y - cap)) / 24, 0, 1))
    top = np.clip((y - cap) / 75, 0, 1) ** 0.45
    return as_plane(anatomy.lung_depth * lateral * inner * top * above_dome(anatomy, side, out, y))


def above_dome(anatomy: Anatomy, side: int, out: Plane, y: Plane) -> Plane:
    """Give the share of the ray that is above the diaphragm: 1 over the dome, falling as a chord below it."""
    below = np.clip((y - anatomy.dome(side, out)) / DOME_DEPTH_MM, 0, 1)
    return as_plane(1 - np.sqrt(below) * (0.9 + 0.1 * ramp(below, 0, 1)))
