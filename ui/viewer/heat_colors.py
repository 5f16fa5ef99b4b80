"""A heat scale of 256 colours: even steps of lightness from near black over red to pale yellow."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

# Corners of the path in OKLab: (lightness, hue in degrees, chroma). Lightness rises evenly and hue goes one way, so
# that order survives colour blindness and grey printing; the ends look like the widely known "inferno".
_PATH = np.array(
    [
        (0.14, 295.0, 0.05),
        (0.31, 318.0, 0.14),
        (0.48, 375.0, 0.17),
        (0.65, 402.0, 0.17),
        (0.82, 432.0, 0.16),
        (0.985, 468.0, 0.08),
    ]
)
# OKLab to linear sRGB, Björn Ottosson 2020, "A perceptual color space for image processing".
_LAB_TO_LMS = np.array(
    [(1, 0.3963377774, 0.2158037573), (1, -0.1055613458, -0.0638541728), (1, -0.0894841775, -1.291485548)]
)
_LMS_TO_RGB = np.array(
    [
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.707614701),
    ]
)


@cache
def heat_colors() -> NDArray[np.uint8]:
    """Give the scale: [256, 3] RGB, from low to high."""
    place = np.linspace(0, len(_PATH) - 1, 256)
    lightness, hue, chroma = (np.interp(place, np.arange(len(_PATH)), column) for column in _PATH.T)
    angle = np.deg2rad(hue)
    lab = np.stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)], axis=1)
    linear = np.clip((lab @ _LAB_TO_LMS.T) ** 3 @ _LMS_TO_RGB.T, 0, 1)
    gamma = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(gamma * 255).astype(np.uint8)
