"""From stored values to what is shown: modality LUT, VOI, polarity, in this order (PS3.3 C.11)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnsupportedImage
from medmm.core.image import LookupTable, MedicalImage, Window


def apply_lookup(values: NDArray[Any], table: LookupTable) -> NDArray[Any]:
    """Look integers up; below the first and above the last entry the end values hold (PS3.3 C.11.1.1)."""
    index = np.clip(values.astype(np.int64) - table.first, 0, len(table.values) - 1)
    return table.values[index]


def to_modality(image: MedicalImage, slice_index: int) -> NDArray[Any]:
    """Give one slice in modality units (HU for CT): [rows, cols], integers kept where the rescale is integral."""
    stored = image.stored[slice_index]
    if image.is_color:
        raise UnsupportedImage("a colour image has no modality values", "Use its RGB values.")
    if image.modality_lut is not None:
        return apply_lookup(stored, image.modality_lut)
    instance = image.instances[slice_index]
    slope, intercept = instance.rescale_slope, instance.rescale_intercept
    if slope == 1.0 and intercept == 0.0:
        return stored
    return stored.astype(np.float32) * np.float32(slope) + np.float32(intercept)


def padding_mask(image: MedicalImage, slice_index: int) -> NDArray[np.bool_]:
    """Mark the pixels that are padding (PS3.3 C.7.5.1.1.2)."""
    stored = image.stored[slice_index]
    if image.padding_value is None or image.is_color:
        return np.zeros(stored.shape[:2], dtype=bool)
    other = image.padding_limit if image.padding_limit is not None else image.padding_value
    low, high = sorted((image.padding_value, other))
    return (stored >= low) & (stored <= high)


def auto_window(image: MedicalImage, slice_index: int = 0) -> Window:
    """Give the 0.5 to 99.5 percentile of the values that are no padding."""
    values = to_modality(image, slice_index)[~padding_mask(image, slice_index)]
    if values.size == 0:
        return Window(0.5, 1.0, "auto")
    low, high = (float(v) for v in np.percentile(values, (0.5, 99.5)))
    return Window((low + high) / 2, max(high - low, 1.0), "auto", "LINEAR_EXACT")


def default_window(image: MedicalImage, slice_index: int = 0) -> Window:
    """Give the first window of the file, else the automatic one."""
    return image.windows[0] if image.windows else auto_window(image, slice_index)


def apply_window(
    pixels: NDArray[Any], window: Window, *, out_range: tuple[float, float] = (0.0, 1.0)
) -> NDArray[np.float32]:
    """Scale modality values to the display range by LINEAR, LINEAR_EXACT or SIGMOID (PS3.3 C.11.2.1)."""
    values = pixels.astype(np.float32)
    low, high = out_range
    scaled = _SHAPES[window.function](values, float(window.center), float(window.width))
    return (low + scaled * (high - low)).astype(np.float32)


def _linear(values: NDArray[np.float32], center: float, width: float) -> NDArray[np.float32]:
    if width < 1:
        raise UnsupportedImage(f"window width {width:g} is below 1", "Choose another window.")
    if width == 1:
        return (values > center - 0.5).astype(np.float32)
    return np.clip((values - (center - 0.5)) / (width - 1) + 0.5, 0, 1)


def _linear_exact(values: NDArray[np.float32], center: float, width: float) -> NDArray[np.float32]:
    if width <= 0:
        raise UnsupportedImage(f"window width {width:g} is not above 0", "Choose another window.")
    return np.clip((values - center) / width + 0.5, 0, 1)


def _sigmoid(values: NDArray[np.float32], center: float, width: float) -> NDArray[np.float32]:
    if width <= 0:
        raise UnsupportedImage(f"window width {width:g} is not above 0", "Choose another window.")
    return 1 / (1 + np.exp(np.clip(-4 * (values - center) / width, -80, 80)))


_SHAPES = {"LINEAR": _linear, "LINEAR_EXACT": _linear_exact, "SIGMOID": _sigmoid}


def to_display(image: MedicalImage, slice_index: int, window: Window | None = None) -> NDArray[np.float32]:
    """Give one slice as float32 in [0, 1], [rows, cols] or [rows, cols, 3], as it is meant to be looked at.

    window None: the file's VOI LUT if it has one, else its first window, else the automatic one.
    """
    if image.is_color:
        return image.stored[slice_index].astype(np.float32) / 255
    values = to_modality(image, slice_index)
    if window is None and image.voi_luts and not image.windows:
        table = image.voi_luts[0]
        shown = apply_lookup(values, table).astype(np.float32) / (2**table.bits - 1)
    else:
        shown = apply_window(values, window or default_window(image, slice_index))
    return 1 - shown if image.is_inverted else shown


def display_lut(image: MedicalImage, window: Window | None = None, slice_index: int = 0) -> NDArray[np.uint8]:
    """Give the 8-bit value for every stored value: index 0 is the dtype's smallest value."""
    limits = np.iinfo(image.stored.dtype)
    stored = np.arange(limits.min, limits.max + 1, dtype=np.int32)
    ramp = _ramp_image(image, stored, slice_index)
    return np.rint(to_display(ramp, 0, window or default_window(image, slice_index))[0] * 255).astype(np.uint8)


def _ramp_image(image: MedicalImage, stored: NDArray[np.int32], slice_index: int) -> MedicalImage:
    from dataclasses import replace

    return replace(image, stored=stored[None, None], instances=(image.instances[slice_index],), padding_value=None)
