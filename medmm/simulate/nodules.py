"""Round shadows with a soft, slightly lobulated edge."""

import numpy as np

from medmm.simulate.frame import Frame, Plane, as_plane
from medmm.simulate.lesions import Nodule


def paint_nodule(frame: Frame, nodule: Nodule) -> Plane:
    """Give the nodule's extra tissue in mm, [rows, cols]."""
    dx, dy = frame.x - nodule.x, frame.y - nodule.y
    angle = np.arctan2(dy, dx)
    radius = nodule.radius * (1 + 0.035 * np.sin(2 * angle + nodule.phase) + 0.03 * np.sin(3 * angle - nodule.phase))
    rho = np.hypot(dx, dy) / radius
    return as_plane(2 * nodule.radius * nodule.density * np.clip(1 - rho**2, 0, 1) ** 0.65)
