"""Clavicles, shoulder blades and upper arms."""

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane
from medmm.simulate.mediastinum import ellipse
from medmm.simulate.tubes import Tubes, make_tube, smooth_line, splat_tubes

Corners = list[tuple[float, float]]


def project_shoulders(frame: Frame, anatomy: Anatomy, rng: np.random.Generator) -> Plane:
    """Give the girdle's bones in mm of tissue that absorbs as much, [rows, cols]."""
    heads = np.zeros((frame.rows, frame.cols), np.float32)
    tubes: list[Tubes] = []
    lift = (8 if anatomy.is_ap else 0) + float(rng.normal(0, 5))
    shift = float(anatomy.midline(10.0))
    for side in (-1, 1):
        stretch = side * (1 + side * anatomy.rotation / 120)
        for corners, radius, weight in _parts(anatomy, lift):
            placed = [(shift + stretch * out, y) for out, y in corners]
            tubes.append(make_tube(smooth_line(placed, 90), radius, weight))
        head = (shift + stretch * 1.36 * anatomy.half_width, 24.0)
        heads += 12 * ellipse(frame, head, (24, 25)) ** 0.7
    return heads + splat_tubes(frame, tubes, hollow=0.72)


def _parts(anatomy: Anatomy, lift: float) -> list[tuple[Corners, float, float]]:
    w = anatomy.half_width
    blade = 0.92 * w if anatomy.is_ap else 1.05 * w
    clavicle = [
        (15.0, 34 - lift),
        (0.42 * w, 27 - lift),
        (0.78 * w, 9 - lift),
        (1.10 * w, -1 - lift),
        (1.25 * w, 2 - lift),
    ]
    edge = [
        (blade + 12, 22.0),
        (blade, 60.0),
        (blade + 10, 120.0),
        (blade + 24, 142.0),
        (blade + 34, 105.0),
        (1.28 * w, 42.0),
    ]
    crest = [(blade + 6, 40.0), (1.18 * w, 18.0), (1.32 * w, -2.0)]
    shaft = [(1.38 * w, 28.0), (1.46 * w, 120.0), (1.52 * w, 240.0)]
    return [(clavicle, 5.8, 1.7), (edge, 3.2, 0.9), (crest, 5.0, 0.8), (shaft, 10.5, 0.8)]
