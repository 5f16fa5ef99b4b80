"""Heart, great vessels, trachea and stomach gas."""

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane, as_plane, ramp


def ellipse(frame: Frame, centre: tuple[float, float], half: tuple[float, float], angle: float = 0.0) -> Plane:
    """Give an ellipsoid's relative chord (1 in the middle, 0 at the edge), [rows, cols]."""
    c, s = np.cos(angle), np.sin(angle)
    reach = max(half) + frame.spacing_mm
    cols = slice(*np.searchsorted(frame.x[0], [centre[0] - reach, centre[0] + reach]))
    rows = slice(*np.searchsorted(frame.y[:, 0], [centre[1] - reach, centre[1] + reach]))
    dx, dy = frame.x[:, cols] - centre[0], frame.y[rows] - centre[1]
    rho2 = ((c * dx + s * dy) / half[0]) ** 2 + ((c * dy - s * dx) / half[1]) ** 2
    plane = np.zeros((frame.rows, frame.cols), np.float32)
    plane[rows, cols] = np.sqrt(np.clip(1 - rho2, 0, 1))
    return plane


def heart_box(anatomy: Anatomy) -> tuple[float, float, float, float]:
    """Give the heart's left, top, right, bottom in mm."""
    width = anatomy.heart_width
    cx, cy = _heart_centre(anatomy)
    return cx - width / 2, cy - 0.46 * width, cx + width / 2, min(cy + 0.46 * width, anatomy.lung_height + 20)


def project_heart(frame: Frame, anatomy: Anatomy) -> Plane:
    """Give the share of air displaced by heart and great vessels, 0..1, [rows, cols]."""
    width = anatomy.heart_width
    cx, cy = _heart_centre(anatomy)
    shift = float(anatomy.midline(80.0)) + 0.5 * anatomy.rotation
    top = cy - 0.46 * width
    parts = (
        (ellipse(frame, (cx, cy), (0.535 * width, 0.44 * width), 0.6), 0.80),
        (ellipse(frame, (cx - 0.03 * width, cy - 0.22 * width), (0.29 * width, 0.36 * width), -0.35), 0.6),
        (ellipse(frame, (cx - 0.20 * width, cy + 0.04 * width), (0.29 * width, 0.37 * width)), 0.45),
        (ellipse(frame, (shift + 15, 70), (anatomy.knob + 4, anatomy.knob + 5)), 0.6),
        (ellipse(frame, (shift + 15, 0.45 * (110 + top)), (22, 46), -0.25), 0.62),
        (ellipse(frame, (shift - 4, 100), (26, 100)), 0.62),
        (ellipse(frame, (shift + 14, 185), (16, 140)), 0.3),
        (ellipse(frame, (shift - 9, 20), (18, 85)), 0.5),
        (ellipse(frame, (shift + 11, 15), (16, 75)), 0.5),
        (ellipse(frame, (shift - 37, 0.50 * anatomy.lung_height), (13, 28), 0.3) ** 2, 0.28),
        (ellipse(frame, (shift + 38, 0.46 * anatomy.lung_height), (13, 26), -0.3) ** 2, 0.28),
    )
    free = np.ones((frame.rows, frame.cols), np.float32)
    for chord, weight in parts:
        free *= 1 - weight * chord
    return 1 - free


def _heart_centre(anatomy: Anatomy) -> tuple[float, float]:
    width = anatomy.heart_width
    drift = float(anatomy.midline(170.0)) + 0.8 * anatomy.rotation
    return drift + 0.16 * width, anatomy.lung_height + 24 - 0.40 * width


def project_airways(frame: Frame, anatomy: Anatomy) -> Plane:
    """Give the air in trachea and main bronchi in mm, [rows, cols]."""
    x, y = frame.x - anatomy.midline(frame.y) - 0.35 * anatomy.rotation, frame.y
    wobble = 2.0 * np.sin(y / 45)
    trachea = np.sqrt(np.clip(1 - ((x - wobble) / 8.5) ** 2, 0, 1)) * ramp(-y, -94, -76)
    total = 25 * trachea
    for slope, reach in ((-0.75, 30.0), (1.05, 40.0)):
        along = np.clip((y - 82) / reach, 0, None)
        line = wobble + slope * (y - 82)
        tube = np.sqrt(np.clip(1 - ((x - line) / 7.0) ** 2, 0, 1))
        total = total + 13 * tube * ramp(along, 0.0, 0.35) * (1 - ramp(along, 0.5, 1.1))
    return as_plane(total)


def project_stomach(frame: Frame, anatomy: Anatomy, rng: np.random.Generator) -> Plane:
    """Give the gas in stomach and bowel in mm, [rows, cols]."""
    base = anatomy.lung_height + anatomy.dome_step
    gas = np.zeros((frame.rows, frame.cols), np.float32)
    bubble = (0.48 * anatomy.half_width + rng.normal(0, 6), base + 30 + rng.normal(0, 4))
    size = (rng.uniform(20, 36), rng.uniform(11, 20))
    if anatomy.has_gastric_bubble:
        flat = 1 - ramp(frame.y, bubble[1] + 5, bubble[1] + 9)  # fluid level when upright
        gas += 42 * ellipse(frame, bubble, size, 0.15) * (flat if not anatomy.is_ap else 1.0)
    for _ in range(int(rng.integers(0, 5))):
        place = (rng.uniform(-60, 110), base + rng.uniform(75, 150))
        gas += 22 * ellipse(frame, place, (rng.uniform(10, 24), rng.uniform(8, 14)), rng.uniform(-0.6, 0.6))
    return gas
