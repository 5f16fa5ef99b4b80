"""Colour to 8-bit RGB (PS3.3 C.7.6.3.1.2); pydicom has already undone planes and most YBR forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

D50 = np.array([0.9642, 1.0, 0.8249])
# XYZ (D50) to linear sRGB, Bradford-adapted (ICC.1, IEC 61966-2-1).
XYZ_TO_SRGB = np.array(
    [[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.0334540], [0.0719453, -0.2289914, 1.4052427]]
)


def to_rgb8(data_set: Any, decoded: NDArray[Any], photometric: str, *, bits: int) -> NDArray[np.uint8]:
    """Give [frames, rows, cols, 3] uint8 RGB.

    Raises ValueError for a kind of colour that is not known.
    """
    if photometric == "PALETTE COLOR":
        return _scale(_palette(data_set, decoded[..., 0]), bits=0)
    if photometric in ("YBR_FULL", "YBR_FULL_422"):
        from pydicom.pixels.processing import convert_color_space

        decoded = convert_color_space(decoded, photometric, "RGB")
    elif photometric not in ("RGB", "YBR_ICT", "YBR_RCT"):
        raise ValueError(f"colour of kind {photometric or 'not stated'!r} is not known")
    return _scale(decoded, bits=bits)


def _palette(data_set: Any, indices: NDArray[Any]) -> NDArray[Any]:
    from pydicom.pixels.processing import apply_color_lut

    colours: NDArray[Any] = apply_color_lut(indices, data_set)
    return colours[..., :3]


def _scale(colours: NDArray[Any], *, bits: int) -> NDArray[np.uint8]:
    if colours.dtype == np.uint8 and bits in (0, 8):
        return np.ascontiguousarray(colours)
    if not bits:
        # Palette entries of 16 bits use the high byte; some writers store 8-bit values in 16-bit entries.
        bits = 16 if colours.max(initial=0) > 255 else 8
    top = (1 << bits) - 1
    scaled = np.minimum(colours, top).astype(np.float32) * (255.0 / top)
    rounded: NDArray[np.uint8] = np.rint(scaled).astype(np.uint8)
    return rounded


def cielab_to_hex(stored: Sequence[float]) -> str:
    """Write a CIELab colour of 16-bit PCS values (PS3.3 C.10.7.1.1) as "#rrggbb" of sRGB."""
    lightness, a, b = stored[0] * 100 / 65535, stored[1] * 255 / 65535 - 128, stored[2] * 255 / 65535 - 128
    middle = (lightness + 16) / 116
    # CIE 1976 to XYZ with the white point D50 of the profile connection space.
    edges = np.array([middle + a / 500, middle, middle - b / 200])
    small = edges <= 6 / 29
    xyz = np.where(small, 3 * (6 / 29) ** 2 * (edges - 4 / 29), edges**3) * D50
    linear = np.clip(XYZ_TO_SRGB @ xyz, 0, 1)
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (int(part) for part in np.rint(curved * 255))
    return f"#{red:02x}{green:02x}{blue:02x}"
