"""Soft tissue of the trunk: chord length of neck, shoulders, thorax, breasts and belly."""

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane, as_plane, ramp
from medmm.simulate.texture import noise_field


def project_body(frame: Frame, anatomy: Anatomy, rng: np.random.Generator) -> Plane:
    """Give the tissue thickness in mm as if lungs and bones were tissue, [rows, cols]."""
    x, y = frame.x, frame.y
    off = np.abs(x - anatomy.midline(y))
    wall = anatomy.half_width + 12 + anatomy.fat
    chest_half = 56 + 40 * ramp(y, -75, -10) + (wall - 96) * ramp(y, -30, 95)
    chest_depth = 112 + (anatomy.depth - 112) * ramp(y, -60, 120)
    thorax = _chord(off, chest_half, chest_depth, 2.7)
    neck = _chord(off, 58 + 0 * y, 112 + 0 * y, 2.2) * (1 - ramp(y, 10, 60))
    arm_drop = 1 - ramp(y, 90, 165)
    shoulder_half = (56 + (wall + 70 - 56) * ramp(y, -62, 18)) * arm_drop + wall * (1 - arm_drop)
    shoulder = _chord(off, shoulder_half, 88 + 34 * ramp(y, -50, 30), 4.0) * arm_drop
    body = np.maximum(np.maximum(thorax, neck), shoulder) + 0.18 * np.minimum(thorax, shoulder)
    body = body + _breasts(frame, anatomy, rng)
    waviness = noise_field(rng, frame, scale_mm=70)
    muscle = noise_field(rng, frame, scale_mm=14)
    return as_plane(body * (1 + 0.012 * waviness + 0.004 * muscle))


def _chord(off: Plane, half: Plane, depth: Plane, power: float) -> Plane:
    u = np.clip(off / np.maximum(half, 1), 0, 1)
    return as_plane(depth * (1 - u**power) ** 0.5)


def _breasts(frame: Frame, anatomy: Anatomy, rng: np.random.Generator) -> Plane:
    total = np.zeros((frame.rows, frame.cols), np.float32)
    thickness = anatomy.breast if anatomy.is_female else 7.0
    size = 48 + 0.75 * thickness
    for side in (-1, 1):
        cx = side * (0.62 * anatomy.half_width + rng.normal(0, 4))
        cy = anatomy.lung_height * (0.80 if anatomy.is_female else 0.55) + rng.normal(0, 7)
        dy = frame.y - cy
        # Hanging: a sharp lower fold, a long soft upper slope.
        rho = np.hypot((frame.x - cx) / (1.1 * size), np.where(dy > 0, dy / (0.72 * size), dy / (1.5 * size)))
        total += as_plane(thickness * np.sqrt(np.clip(1 - rho**2, 0, 1)))
    return total
