"""The named steps that an ImageSpec is made of: crops and intensity scalings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnsupportedImage
from medmm.core.lookup import find_entry
from medmm.core.words import Words
from medmm.models.spec import ImageSpec

# Borders whose display values vary less than this are no exposed field (collimator blades, letterbox).
FLAT_RANGE = 0.04
MAX_TRIM = 0.3
LINES_AT_ONCE = 16
MIN_CONTRAST = 0.01

Box = tuple[int, int, int, int]
Pixels = NDArray[np.float32]
Seen = NDArray[np.bool_]


def find_field(display: Pixels, spec: ImageSpec) -> Box:
    """Give (row0, col0, row1, col1) of what the spec's crop leaves of display values [rows, cols]."""
    return find_entry(CROPS, spec.crop, what="crop")(display)


def scale_intensity(pixels: Pixels, seen: Seen, spec: ImageSpec) -> Pixels:
    """Scale display values in [0, 1] as the spec says and prove their range.

    Raises UnsupportedImage when the image is so uniform that there is nothing to read.
    """
    contrast = float(pixels[seen].std())
    if contrast < MIN_CONTRAST:
        raise UnsupportedImage(
            Words("the image is uniform: its display values vary by {contrast:.4f} only", contrast=contrast),
            Words("Check that the right image was chosen and that its window fits."),
        )
    scaled = find_entry(INTENSITIES, spec.intensity, what="intensity scaling")(pixels, seen, spec.limit)
    check_range(scaled, limit=spec.limit)
    return scaled


def standardise(pixels: Pixels, seen: Seen, limit: float) -> Pixels:
    """Scale to mean 0 and deviation 1 over the seen pixels, clip, put 0 into the padding."""
    values = pixels[seen]
    scaled = np.clip((pixels - float(values.mean())) / float(values.std()), -limit, limit)
    return np.where(seen, scaled, 0.0).astype(np.float32)


def by_window(pixels: Pixels, seen: Seen, limit: float) -> Pixels:
    """Scale black to -1 and white to 1; padding is black."""
    return np.clip(np.where(seen, 2 * pixels - 1, -1), -limit, limit).astype(np.float32)


def check_range(pixels: Pixels, *, limit: float) -> None:
    """Prove that what reaches the net is in its range (a wrong range gives every image the same answer).

    Raises ValueError: this is a defect of ours, not of the data.
    """
    if not np.isfinite(pixels).all():
        raise ValueError("image tensor holds NaN or infinity")
    low, high, spread = float(pixels.min()), float(pixels.max()), float(pixels.std())
    if low < -limit or high > limit or not 0.01 <= spread <= 2.0:
        raise ValueError(f"image tensor out of range: {low:.2f} to {high:.2f}, deviation {spread:.3f}, limit {limit}")


def exposed_field(display: Pixels) -> Box:
    """Leave out the borders where nothing varies."""
    row0, row1 = _varied_stretch(display)
    col0, col1 = _varied_stretch(display.T)
    return row0, col0, row1, col1


def _all(display: Pixels) -> Box:
    return 0, 0, *display.shape


def _varied_stretch(lines: Pixels) -> tuple[int, int]:
    n_lines = lines.shape[0]
    most = int(n_lines * MAX_TRIM)
    before, after = _first_varied(lines, most), _first_varied(lines[::-1], most)
    if before == after == most and not _varied(lines).any():
        return 0, n_lines
    return before, n_lines - after


def _first_varied(lines: Pixels, most: int) -> int:
    # Few films have wide borders: most are done after the first lines, and percentiles of all of them cost a tenth of
    # what the network costs.
    for start in range(0, most, LINES_AT_ONCE):
        found = np.flatnonzero(_varied(lines[start : start + LINES_AT_ONCE]))
        if found.size:
            return min(start + int(found[0]), most)
    return most


def _varied(lines: Pixels) -> Seen:
    # 2nd to 98th percentile: a burnt-in marker on a collimated border does not make it part of the field.
    low, high = np.percentile(lines, (2, 98), axis=1)
    varied: Seen = high - low > FLAT_RANGE
    return varied


CROPS: dict[str, Callable[[Pixels], Box]] = {"exposed_field": exposed_field, "none": _all}
INTENSITIES: dict[str, Callable[[Pixels, Seen, float], Pixels]] = {"standardise": standardise, "window": by_window}
