"""One patient's build and position: every length the projector needs, drawn once."""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.frame import Plane, as_plane, ramp


@dataclass(frozen=True)
class Anatomy:
    """Lengths in mm on the film; y = 0 is the lung apex."""

    is_female: bool
    is_ap: bool
    half_width: float
    lung_height: float
    depth: float
    fat: float
    heart_ratio: float
    dome_step: float
    rotation: float
    tilt: float
    breast: float
    has_gastric_bubble: bool
    knob: float
    lung_depth: float

    def midline(self, y: Plane | float) -> Plane:
        """Give the spine's x at each y; tilt leans the patient."""
        return as_plane(self.tilt * (y - 120) / 200)

    def lateral(self, y: Plane | float) -> Plane:
        """Give the lung's outer border, distance from the midline."""
        t = np.clip(1 - y / 205, 0, 1)
        shape = (1 - t**2.3) ** (1 / 2.3)
        flare = 1 - 0.06 * ramp(y, 190, 300)
        return as_plane((40 + (self.half_width - 40) * shape) * flare)

    def medial(self, y: Plane) -> Plane:
        """Give the lung's inner border, distance from the midline."""
        return as_plane(13 + 27 * (1 - np.clip(y / 32, 0, 1)) ** 2)

    def dome(self, side: int, out: Plane) -> Plane:
        """Give the diaphragm's height y at the outward distance `out`; side +1 is the patient's left."""
        centre, half = 0.52 * self.half_width, 0.50 * self.half_width
        u = (out - centre) / half
        sag = np.where(u > 0, 40.0, 20.0) * np.minimum(np.abs(u), 1.2) ** 2.2
        return as_plane(self.lung_height + (self.dome_step if side > 0 else 0.0) + sag)

    @property
    def heart_width(self) -> float:
        """Transverse heart diameter: the cardiothoracic ratio times the thorax, magnified on AP films."""
        return self.heart_ratio * 2 * self.half_width * (1.08 if self.is_ap else 1.0)


def draw_anatomy(rng: np.random.Generator, *, is_female: bool, age: int, is_ap: bool, has_big_heart: bool) -> Anatomy:
    """Draw a build; the heart's ratio is the only length that a finding moves."""
    build = rng.normal(0, 1)
    height = rng.normal(0, 1)
    half_width = (126 if is_female else 138) + 5 * height + 4 * build
    ratio = rng.normal(0.61, 0.035) if has_big_heart else rng.normal(0.455, 0.028)
    return Anatomy(
        is_female=is_female,
        is_ap=is_ap,
        half_width=float(np.clip(half_width, 112, 158)),
        lung_height=float(np.clip(rng.normal(196 if is_ap else 215, 13) + 7 * height - 4 * build, 160, 255)),
        depth=float(np.clip(205 + 16 * build, 165, 255)),
        fat=float(np.clip(22 + 11 * build, 8, 48)),
        heart_ratio=float(np.clip(ratio, 0.545, 0.70) if has_big_heart else np.clip(ratio, 0.385, 0.505)),
        dome_step=float(rng.normal(10, 6)),
        rotation=float(rng.normal(0, 7 if is_ap else 4)),
        tilt=float(rng.normal(0, 6 if is_ap else 3)),
        breast=float(np.clip(rng.normal(30, 13), 4, 60)) if is_female else 0.0,
        has_gastric_bubble=bool(rng.random() < 0.6),
        knob=float(13 + 0.06 * (age - 20) + rng.normal(0, 1.5)),
        lung_depth=float(np.clip(rng.normal(150, 12), 115, 185)),
    )
