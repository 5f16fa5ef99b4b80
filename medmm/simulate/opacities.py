"""Airspace and interstitial shadows: one painter for pneumonia, oedema and old scars.

Chance of each pattern by cause (the film's only hint at the cause):

    pattern      pneumonia  oedema  scar
    lobar           .42       .12    .36
    multifocal      .22       .20    .18
    perihilar       .16       .36    .18
    basal           .20       .32    .28
"""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.anatomy import Anatomy
from medmm.simulate.frame import Frame, Plane, as_plane, ramp
from medmm.simulate.lungs import outward
from medmm.simulate.texture import noise_field, ridge_field

PATTERNS = ("lobar", "multifocal", "perihilar", "basal")
PATTERN_CHANCE = {
    "pneumonia": (0.42, 0.22, 0.16, 0.20),
    "pulmonary_edema": (0.12, 0.20, 0.36, 0.32),
    "scar": (0.36, 0.18, 0.18, 0.28),
}


@dataclass(frozen=True)
class Blob:
    """One patch: side, centre as shares of lung width and height, half sizes in mm, and a fissure below it."""

    side: int
    out: float
    height: float
    half_out: float
    half_height: float
    weight: float
    has_fissure: bool = False


@dataclass(frozen=True)
class Opacity:
    """A planned shadow: its patches, peak share of air lost, and the grain of its texture."""

    cause: str
    pattern: str
    blobs: tuple[Blob, ...]
    density: float
    fluff: float
    reticular: float


def draw_opacity(rng: np.random.Generator, cause: str) -> Opacity:
    """Draw where and how dense a shadow of this cause is."""
    pattern = str(rng.choice(PATTERNS, p=PATTERN_CHANCE[cause]))
    return Opacity(
        cause=cause,
        pattern=pattern,
        blobs=tuple(_BLOBS[pattern](rng)),
        density=float(rng.uniform(0.34, 0.80)),
        fluff=float(rng.uniform(0.35, 0.8)),
        reticular=float(rng.uniform(0.0, 0.3)),
    )


def _lobar(rng: np.random.Generator) -> list[Blob]:
    side = int(rng.choice([-1, 1]))
    height = float(rng.choice([0.3, 0.55, 0.78]) + rng.normal(0, 0.05))
    size = rng.uniform(26, 52)
    main = Blob(
        side, float(rng.uniform(0.4, 0.75)), height, size, size * rng.uniform(0.7, 1.1), 1.0, bool(rng.random() < 0.5)
    )
    near = [_near(rng, main) for _ in range(int(rng.integers(1, 4)))]
    return [main, *near]


def _near(rng: np.random.Generator, main: Blob) -> Blob:
    out = float(np.clip(main.out + rng.normal(0, 0.2), 0.25, 0.9))
    height = float(np.clip(main.height + rng.normal(0, 0.1), 0.1, 0.95))
    size = main.half_out * rng.uniform(0.4, 0.8)
    return Blob(main.side, out, height, size, size * rng.uniform(0.7, 1.2), float(rng.uniform(0.4, 0.9)))


def _multifocal(rng: np.random.Generator) -> list[Blob]:
    blobs = []
    for side in (-1, 1):
        for _ in range(int(rng.integers(2, 5))):
            size = rng.uniform(14, 32)
            blobs.append(
                Blob(
                    side,
                    float(rng.uniform(0.35, 0.9)),
                    float(rng.uniform(0.2, 0.92)),
                    size,
                    size,
                    float(rng.uniform(0.5, 1)),
                )
            )
    return blobs


def _perihilar(rng: np.random.Generator) -> list[Blob]:
    blobs = []
    for side in (-1, 1):
        weight = float(rng.uniform(0.55, 1.0))
        for height in (0.40, 0.56, 0.72):
            out = 0.42 + rng.normal(0, 0.05)
            blobs.append(
                Blob(side, float(out), height + rng.normal(0, 0.04), rng.uniform(22, 40), rng.uniform(24, 40), weight)
            )
    return blobs


def _basal(rng: np.random.Generator) -> list[Blob]:
    blobs = []
    for side in (-1, 1):
        weight = float(rng.uniform(0.4, 1.0))
        for out in (0.42, 0.75):
            blobs.append(
                Blob(
                    side,
                    out + rng.normal(0, 0.06),
                    0.92 + rng.normal(0, 0.06),
                    rng.uniform(30, 48),
                    rng.uniform(28, 52),
                    weight,
                )
            )
    return blobs


_BLOBS = {"lobar": _lobar, "multifocal": _multifocal, "perihilar": _perihilar, "basal": _basal}


def paint_opacity(frame: Frame, anatomy: Anatomy, rng: np.random.Generator, opacity: Opacity) -> Plane:
    """Give the share of air that the shadow takes, 0..1, [rows, cols]; both lungs in one field."""
    warp = 0.16 * noise_field(rng, frame, scale_mm=28) + 0.07 * noise_field(rng, frame, scale_mm=9)
    clear = np.ones((frame.rows, frame.cols), np.float32)
    for blob in opacity.blobs:
        clear *= 1 - blob.weight * _patch(frame, anatomy, blob, warp)
    grain = 0.7 * noise_field(rng, frame, scale_mm=13) + 0.4 * noise_field(rng, frame, scale_mm=5)
    net = ridge_field(rng, frame, scale_mm=6)
    texture = (
        np.clip(1 + opacity.fluff * 0.38 * grain, 0.15, 1.6) * (1 - 0.4 * opacity.reticular) + opacity.reticular * net
    )
    return as_plane(np.clip(opacity.density * (1 - clear) * texture, 0, 0.96))


def _patch(frame: Frame, anatomy: Anatomy, blob: Blob, warp: Plane) -> Plane:
    out = outward(frame, anatomy, blob.side)
    cy = blob.height * anatomy.lung_height
    cx = blob.out * float(anatomy.lateral(cy))
    rho = np.hypot((out - cx) / blob.half_out, (frame.y - cy) / blob.half_height) + warp
    patch = np.exp(-(np.clip(rho, 0, None) ** 2.6)) * ramp(out, 4, 14)
    if blob.has_fissure:
        # A fissure seen on edge: bent, slanted and not ruled with a straight edge.
        bent = frame.y - 0.22 * (out - cx) - 0.004 * (out - cx) ** 2 + 14 * warp
        patch = patch * (1 - ramp(bent, cy + 0.45 * blob.half_height, cy + 0.45 * blob.half_height + 5))
    return as_plane(patch)
