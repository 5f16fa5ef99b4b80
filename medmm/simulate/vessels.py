"""Branching vessels of the lungs."""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane
from medmm.simulate.tubes import Tubes, splat_tubes

GENERATIONS = 7
POINTS = 12
CONTRAST = 1.5  # vessels hold blood and lie in a thin slice of sharp focus; by eye against real films


@dataclass(frozen=True)
class Twigs:
    """The growing ends of a tree: places [n, 2] in mm, directions and radii [n]."""

    place: Plane
    angle: Plane
    radius: Plane


def project_vessels(
    frame: Frame, anatomy: Anatomy, rng: np.random.Generator, *, fullness: float
) -> tuple[Plane, Plane]:
    """Give vessel thickness in mm of the right and of the left lung; `fullness` 1 is normal blood flow."""
    return _tree(frame, anatomy, rng, -1, fullness), _tree(frame, anatomy, rng, 1, fullness)


def _tree(frame: Frame, anatomy: Anatomy, rng: np.random.Generator, side: int, fullness: float) -> Plane:
    branches = []
    twigs = _hilum(anatomy, rng, side, fullness)
    for generation in range(GENERATIONS):
        n = len(twigs.radius)
        length = (30 * 0.86**generation * rng.uniform(0.7, 1.25, n)).astype(np.float32)
        bend = rng.normal(0, 0.28, n).astype(np.float32)
        s = np.linspace(0, 1, POINTS, dtype=np.float32)
        heading = twigs.angle[:, None] + bend[:, None] * s
        step = length[:, None, None] / (POINTS - 1) * np.stack([side * np.cos(heading), np.sin(heading)], axis=-1)
        line = twigs.place[:, None, :] + np.cumsum(step, axis=1) - step[:, :1]
        thin = 1 - 0.22 * s[None]
        branches.append(Tubes(line, twigs.radius[:, None] * thin, np.full_like(heading, CONTRAST)))
        twigs = _fork(rng, line[:, -1], heading[:, -1], 0.78 * twigs.radius)
    return splat_tubes(frame, branches)


def _hilum(anatomy: Anatomy, rng: np.random.Generator, side: int, fullness: float) -> Twigs:
    # Fans out from the hilum: steep up, outwards, and more and wider ones downwards.
    angles = np.array([-1.25, -0.85, -0.4, 0.05, 0.5, 0.85, 1.12, 1.35, 1.5]) + rng.normal(0, 0.1, 9)
    radii = np.array([2.6, 2.7, 2.2, 2.3, 2.6, 3.1, 3.6, 3.9, 3.0]) * rng.uniform(0.85, 1.15, 9) * fullness * 1.12
    spread = np.array([-14, -9, -4, 0, 5, 9, 12, 14, 16]) + rng.normal(0, 2, 9)
    y = 0.5 * anatomy.lung_height + (4 if side < 0 else -6) + spread
    out = 33 + rng.normal(0, 2.5, 9) + (4 if side > 0 else 0)
    x = side * out + anatomy.midline(y.astype(np.float32)) + 0.5 * anatomy.rotation
    return Twigs(np.stack([x, y], axis=1).astype(np.float32), angles.astype(np.float32), radii.astype(np.float32))


def _fork(rng: np.random.Generator, place: Plane, angle: Plane, radius: Plane) -> Twigs:
    n = len(radius)
    main = angle + rng.normal(0, 0.10, n) - 0.12
    other = angle + rng.choice([-1.0, 1.0], n) * rng.uniform(0.35, 0.75, n)
    keep = rng.random(n) < 0.88
    return Twigs(
        np.concatenate([place, place[keep]]),
        np.concatenate([main, other[keep]]).astype(np.float32),
        np.concatenate([radius, 0.85 * radius[keep]]).astype(np.float32),
    )
