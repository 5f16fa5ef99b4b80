"""Colour to 8-bit RGB (PS3.3 C.7.6.3.1.2); pydicom has already undone planes and most YBR forms."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


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
