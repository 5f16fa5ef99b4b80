"""From thickness to a digital signal: attenuation, scatter, quantum noise, logarithm."""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.frame import Frame, Plane, as_plane
from medmm.simulate.texture import blur

ATTENUATION_PER_MM = 0.0185  # soft tissue at about 110 kV, broad beam


@dataclass(frozen=True)
class Exposure:
    """How the film was taken: photons a square mm in the open beam, scattered share, unsharpness in mm."""

    photons: float
    scatter: float
    unsharpness: float


def draw_exposure(rng: np.random.Generator, *, is_ap: bool) -> Exposure:
    """Draw an exposure; portable AP films get more scatter and less dose."""
    photons = float(np.exp(rng.normal(11.7 if is_ap else 12.1, 0.3)))
    return Exposure(photons, float(rng.uniform(0.22, 0.40) + (0.07 if is_ap else 0)), float(rng.uniform(0.3, 0.6)))


def detect(frame: Frame, thickness: Plane, exposure: Exposure, rng: np.random.Generator) -> Plane:
    """Give the logarithmic signal in mm of tissue, noisy, [rows, cols]."""
    direct = np.exp(-ATTENUATION_PER_MM * np.clip(thickness, 0, None)).astype(np.float32)
    direct = blur(direct, exposure.unsharpness / frame.spacing_mm)
    # The open beam outside the body is stopped by the collimator in practice: let it not flood the scatter.
    scattered = blur(np.minimum(direct, 0.25), 28 / frame.spacing_mm)
    signal = (1 - exposure.scatter) * direct + exposure.scatter * scattered
    beam = exposure.photons * frame.spacing_mm**2
    quanta = as_plane(signal * beam)
    counted = quanta + np.sqrt(quanta) * rng.standard_normal(quanta.shape, dtype=np.float32)
    return as_plane(-np.log(np.maximum(counted / beam, 1e-4)) / ATTENUATION_PER_MM)
