"""From stored values to what is shown: modality LUT, VOI, polarity, in this order (PS3.3 C.11)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnsupportedImage
from medmm.core.image import LookupTable, MedicalImage, Window
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words

Voi = Window | LookupTable
# A VOI that makes this share of the pixels all black or all white shows nothing (wrong window, corrupt LUT).
USELESS_SHARE = 0.995
# Percentiles of a film of 9 million pixels need no more of them than this.
MAX_SAMPLED = 1_000_000


def apply_lookup(values: NDArray[Any], table: LookupTable) -> NDArray[np.uint16]:
    """Look integers up; below the first and above the last entry the end values hold (PS3.3 C.11.1.1)."""
    index = np.clip(values.astype(np.int64) - table.first, 0, len(table.values) - 1)
    looked_up: NDArray[np.uint16] = table.values[index]
    return looked_up


def to_modality(image: MedicalImage, slice_index: int) -> NDArray[Any]:
    """Give one slice in modality units (HU for CT): [rows, cols], integers kept where the rescale is integral."""
    stored: NDArray[Any] = image.stored[slice_index]
    if image.is_color:
        raise UnsupportedImage(Words("a colour image has no modality values"), Words("Use its RGB values."))
    if image.modality_lut is not None:
        return apply_lookup(stored, image.modality_lut)
    instance = image.instances[slice_index]
    slope, intercept = instance.rescale_slope, instance.rescale_intercept
    if slope == 1.0 and intercept == 0.0:
        return stored
    if slope == 1.0 and intercept == int(intercept) and _fits_int16(stored, int(intercept)):
        # int16 keeps a CT at half the memory of float (FIELD.md, lesson 2).
        shifted: NDArray[np.int16] = (stored.astype(np.int32) + int(intercept)).astype(np.int16)
        return shifted
    rescaled: NDArray[np.float32] = stored.astype(np.float32) * np.float32(slope) + np.float32(intercept)
    return rescaled


def _fits_int16(stored: NDArray[Any], intercept: int) -> bool:
    limits = np.iinfo(np.int16)
    return int(stored.min()) + intercept >= limits.min and int(stored.max()) + intercept <= limits.max


def padding_mask(image: MedicalImage, slice_index: int) -> NDArray[np.bool_]:
    """Mark the pixels that are padding (PS3.3 C.7.5.1.1.2)."""
    stored = image.stored[slice_index]
    if image.padding_value is None or image.is_color:
        return np.zeros(stored.shape[:2], dtype=bool)
    other = image.padding_limit if image.padding_limit is not None else image.padding_value
    low, high = sorted((image.padding_value, other))
    mask: NDArray[np.bool_] = (stored >= low) & (stored <= high)
    return mask


def _shown_values(image: MedicalImage, slice_index: int) -> NDArray[Any]:
    # Modality values of one slice without padding; a regular grid of it when it is large.
    rows, cols = image.size
    step = max(1, math.ceil(math.sqrt(rows * cols / MAX_SAMPLED)))
    grid = image.stored[slice_index : slice_index + 1, ::step, ::step]
    thin = replace(image, stored=grid, instances=(image.instances[slice_index],))
    values = to_modality(thin, 0)
    seen: NDArray[Any] = values[~padding_mask(thin, 0)]
    return seen


def auto_window(image: MedicalImage, slice_index: int = 0) -> Window:
    """Give the 0.5 to 99.5 percentile of the values that are no padding."""
    values = _shown_values(image, slice_index)
    if values.size == 0:
        return Window(0.5, 1.0, "auto")
    low, high = (float(v) for v in np.percentile(values, (0.5, 99.5)))
    return Window((low + high) / 2, (high - low) or 1.0, "auto", "LINEAR_EXACT")


def full_range(image: MedicalImage, slice_index: int = 0) -> Window:
    """Give the window from the smallest to the largest value that is no padding."""
    values = to_modality(image, slice_index)[~padding_mask(image, slice_index)]
    if values.size == 0:
        return Window(0.5, 1.0, Words("full range"))
    low, high = float(values.min()), float(values.max())
    return Window((low + high) / 2, (high - low) or 1.0, Words("full range"), "LINEAR_EXACT")


def default_window(image: MedicalImage, slice_index: int = 0) -> Window:
    """Give the first window of the file, else the automatic one."""
    return image.windows[0] if image.windows else auto_window(image, slice_index)


def default_voi(image: MedicalImage, slice_index: int = 0) -> Voi:
    """Give what the image is shown with when nobody chose.

    A presentation state's VOI, else the image's first window, else its first VOI LUT, else the automatic window.
    """
    presented = image.instances[slice_index].voi
    if presented is not None:
        return presented
    if image.windows or not image.voi_luts:
        return default_window(image, slice_index)
    return image.voi_luts[0]


def apply_voi(values: NDArray[Any], voi: Voi) -> NDArray[np.float32]:
    """Scale modality values to [0, 1] by a window or a VOI LUT (PS3.3 C.11.2.1)."""
    if isinstance(voi, Window):
        return apply_window(values, voi)
    shown: NDArray[np.float32] = apply_lookup(values, voi).astype(np.float32) / np.float32(2**voi.bits - 1)
    return np.minimum(shown, np.float32(1))


def without_useless_voi(image: MedicalImage) -> MedicalImage:
    """Drop stated windows and VOI LUTs that would show the middle slice all black or all white, and say so."""
    if image.is_color or not (image.windows or image.voi_luts):
        return image
    values = _shown_values(image, image.n_slices // 2)
    if values.size == 0 or np.ptp(np.percentile(values, (0.5, 99.5))) == 0:
        return image
    windows = tuple(window for window in image.windows if not _is_useless(values, window))
    tables = tuple(table for table in image.voi_luts if not _is_useless(values, table))
    n_dropped = len(image.windows) + len(image.voi_luts) - len(windows) - len(tables)
    if not n_dropped:
        return image
    message = Words(
        "{n_dropped} of the stated windows would show the image all black or all white and are left out.",
        n_dropped=n_dropped,
    )
    note = QualityNote("window_useless", message, Severity.WARNING, InputKind.IMAGE)
    return replace(image, windows=windows, voi_luts=tables).with_notes(note)


def _is_useless(values: NDArray[Any], voi: Voi) -> bool:
    shown = apply_voi(values, voi)
    return max(float(np.mean(shown <= 0)), float(np.mean(shown >= 1))) >= USELESS_SHARE


def apply_window(
    pixels: NDArray[Any], window: Window, *, out_range: tuple[float, float] = (0.0, 1.0)
) -> NDArray[np.float32]:
    """Scale modality values to the display range by LINEAR, LINEAR_EXACT or SIGMOID (PS3.3 C.11.2.1)."""
    values = pixels.astype(np.float32)
    low, high = out_range
    scaled = _SHAPES[window.function](values, float(window.center), float(window.width))
    if out_range == (0.0, 1.0):  # three passes over a film less
        return scaled
    return (low + scaled * (high - low)).astype(np.float32)


def _linear(values: NDArray[np.float32], center: float, width: float) -> NDArray[np.float32]:
    if width < 1:
        raise UnsupportedImage(Words("window width {width:g} is below 1", width=width), Words("Choose another window."))
    if width == 1:
        step: NDArray[np.float32] = (values > center - 0.5).astype(np.float32)
        return step
    line: NDArray[np.float32] = (values - np.float32(center - 0.5)) / np.float32(width - 1) + np.float32(0.5)
    return np.clip(line, 0, 1, out=line)


def _linear_exact(values: NDArray[np.float32], center: float, width: float) -> NDArray[np.float32]:
    if width <= 0:
        raise UnsupportedImage(
            Words("window width {width:g} is not above 0", width=width), Words("Choose another window.")
        )
    line: NDArray[np.float32] = (values - np.float32(center)) / np.float32(width) + np.float32(0.5)
    return np.clip(line, 0, 1, out=line)


def _sigmoid(values: NDArray[np.float32], center: float, width: float) -> NDArray[np.float32]:
    if width <= 0:
        raise UnsupportedImage(
            Words("window width {width:g} is not above 0", width=width), Words("Choose another window.")
        )
    power: NDArray[np.float32] = (values - np.float32(center)) * np.float32(-4 / width)
    return np.float32(1) / (np.float32(1) + np.exp(np.clip(power, -80, 80)))


_SHAPES = {"LINEAR": _linear, "LINEAR_EXACT": _linear_exact, "SIGMOID": _sigmoid}


def to_display(image: MedicalImage, slice_index: int, window: Voi | None = None) -> NDArray[np.float32]:
    """Give one slice as float32 in [0, 1], [rows, cols] or [rows, cols, 3], as it is meant to be looked at.

    Stored values, modality LUT, VOI, polarity: always in this order (PS3.3 C.11; MONOCHROME1 inverts last).
    window None: the file's first window, else its VOI LUT, else the automatic window of this slice.
    """
    if image.is_color:
        rgb: NDArray[np.float32] = image.stored[slice_index].astype(np.float32) / np.float32(255)
        return rgb
    voi = window if window is not None else default_voi(image, slice_index)
    shown = apply_voi(to_modality(image, slice_index), voi)
    return 1 - shown if image.is_inverted else shown


def display_lut(image: MedicalImage, window: Voi | None = None, slice_index: int = 0) -> NDArray[np.uint8]:
    """Give the 8-bit value for every stored value of this slice; index 0 is the dtype's smallest value.

    Painting is then `lut[stored - smallest]`: the LUT is scaled, not the image.
    """
    limits = np.iinfo(image.stored.dtype.name)
    ramp = np.arange(limits.min, limits.max + 1, dtype=np.int32)
    voi = window if window is not None else default_voi(image, slice_index)
    instance = image.instances[slice_index]
    line = replace(image, stored=ramp[None, None], instances=(instance,), padding_value=None)
    table: NDArray[np.uint8] = np.rint(to_display(line, 0, voi)[0] * 255).astype(np.uint8)
    return table
