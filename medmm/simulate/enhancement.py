"""Multi-frequency processing and tone scale, as digital systems apply before display."""

from dataclasses import dataclass

import numpy as np

from medmm.simulate.frame import Frame, Plane, as_plane
from medmm.simulate.texture import blur


@dataclass(frozen=True)
class Processing:
    """Vendor's taste: how much the base is compressed, gains of the middle and fine bands, tone curve."""

    base: float
    middle: float
    fine: float
    gamma: float


def draw_processing(rng: np.random.Generator) -> Processing:
    """Draw a vendor's processing."""
    return Processing(
        float(rng.uniform(0.62, 0.85)),
        float(rng.uniform(1.15, 1.5)),
        float(rng.uniform(1.25, 1.8)),
        float(rng.uniform(0.85, 1.15)),
    )


def enhance(frame: Frame, signal: Plane, processing: Processing) -> Plane:
    """Give display values in 0..1 (bright = dense), [rows, cols]."""
    signal = np.clip(signal, 25, 420).astype(np.float32)
    base = blur(signal, 30 / frame.spacing_mm)
    middle = blur(signal, 5 / frame.spacing_mm)
    fine = blur(signal, 1.6 / frame.spacing_mm)
    mixed = (
        processing.base * base
        + (middle - base)
        + processing.middle * (fine - middle)
        + processing.fine * (signal - fine)
    )
    inside = mixed[signal > 60]
    low, high = np.percentile(inside[::7], [1.0, 99.2])
    scaled = (mixed - low) / max(float(high - low), 1.0)
    return _tone(scaled * 0.86 + 0.09, processing.gamma)


def _tone(values: Plane, gamma: float) -> Plane:
    # Soft shoulders at both ends, straight in between.
    clipped = np.clip(values, -0.3, 1.3)
    soft = 0.5 + 0.5 * np.tanh(2.1 * (clipped - 0.5)) / np.tanh(1.05)
    return as_plane(np.clip(soft, 0, 1) ** gamma)
