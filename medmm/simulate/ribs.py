"""Ribs: each one curve from the spine around the chest wall to the front."""

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane, as_plane, ramp
from medmm.simulate.tubes import Tubes, smooth_line, splat_tubes

N_RIBS = 11
RIB_POINTS = 150
# Corners of the curve before and after the turn at the chest wall, in curve parameter.
TURN = 4.0
STRENGTH = 1.30


def project_ribs(frame: Frame, anatomy: Anatomy, rng: np.random.Generator) -> Plane:
    """Give the ribs in mm of tissue that absorbs as much, [rows, cols]."""
    slope = float(rng.normal(1.0, 0.12)) * (1.0 if anatomy.is_ap else 1.22)
    lines, radii, weights = [], [], []
    for side in (-1, 1):
        for n in range(N_RIBS):
            line = _curve(anatomy, n, slope) + as_plane(rng.normal(0, 0.9, 2))
            radius, weight = _section(anatomy, n, line)
            line[:, 0] = line[:, 0] * side * (1 + side * anatomy.rotation / 120) + anatomy.midline(line[:, 1])
            lines.append(line)
            radii.append(radius)
            weights.append(weight)
    return splat_tubes(frame, [Tubes(np.stack(lines), np.stack(radii), np.stack(weights))], hollow=0.82)


def _curve(anatomy: Anatomy, n: int, slope: float) -> Plane:
    if n == 0:
        return _first_curve(anatomy)
    start = -10 + n * anatomy.lung_height / 9.1
    drop, fall = (12 + 5.2 * n) * slope, (24 + 5.5 * n) * slope
    turn = start + 1.15 * drop + 4
    wall = float(anatomy.lateral(max(turn, 8.0))) + 4
    end = 34 + 5.5 * n
    corners = [(15.0, start), (0.34 * wall, start - 4.0 + 0.10 * drop), (0.7 * wall, start + 0.42 * drop)]
    corners += [(0.925 * wall, start + 0.78 * drop), (wall, turn), (0.95 * wall, turn + 0.34 * fall)]
    corners += [(0.5 * (wall + end) + 8, turn + 0.76 * fall), (end, turn + 0.93 * fall)]
    return smooth_line(corners, RIB_POINTS)


def _first_curve(anatomy: Anatomy) -> Plane:
    wall = 0.46 * anatomy.half_width
    shape = [(0.25, -8), (0.5, -13), (0.76, -10), (0.94, 0), (1.0, 12), (0.95, 24), (0.8, 35), (0.52, 43)]
    return smooth_line([(share * wall, float(y)) for share, y in shape], RIB_POINTS)


def _section(anatomy: Anatomy, n: int, line: Plane) -> tuple[Plane, Plane]:
    """Give radius and weight along one rib; lower ribs end at the side, front parts are cartilage at the end."""
    t = np.linspace(0, 7, RIB_POINTS)
    front = ramp(t, TURN - 0.3, TURN + 0.7)
    out = np.abs(line[:, 0]) / np.maximum(anatomy.lateral(np.maximum(line[:, 1], 1)), 1)
    tangential = 1 + 0.9 * ramp(out, 0.86, 1.0)
    last = 6.7 if n < 7 else TURN + 1.6 - 0.5 * (n - 7)
    ending = 1 - ramp(t, last - 0.9, last)
    weight = STRENGTH * tangential * (1 - 0.42 * front) * ending
    return as_plane(5.5 + 1.0 * front - 0.8 * (n == 0)), as_plane(weight)
