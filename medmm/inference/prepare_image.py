"""From a medical image to the network's pixels, and the way back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from medmm.core.errors import UnsupportedImage
from medmm.core.image import MedicalImage
from medmm.core.words import Words
from medmm.imaging.windowing import to_display
from medmm.inference.model_input import PreparedImage
from medmm.models.spec import ImageSpec

# Borders whose display values vary less than this are no exposed field (collimator blades, letterbox).
FLAT_RANGE = 0.04
MAX_TRIM = 0.3
MIN_CONTRAST = 0.01


def prepare_image(image: MedicalImage, spec: ImageSpec, *, image_index: int = 0, slice_index: int = 0) -> PreparedImage:
    """Window, crop, resize and standardise one slice.

    Raises UnsupportedImage when the slice is so uniform that there is nothing to read.
    """
    fitted = fit_image(image, spec, image_index=image_index, slice_index=slice_index)
    pixels = standardise(fitted.pixels, seen_mask(fitted), limit=spec.limit)
    check_range(pixels, limit=spec.limit)
    return replace(fitted, pixels=pixels)


def fit_image(image: MedicalImage, spec: ImageSpec, *, image_index: int = 0, slice_index: int = 0) -> PreparedImage:
    """Window, crop and resize, without standardising: pixels in [0, 1], padding 0."""
    display = to_gray(to_display(image, slice_index, None))
    row0, col0, row1, col1 = _exposed_field(display) if spec.crop == "exposed_field" else (0, 0, *display.shape)
    field = display[row0:row1, col0:col1]
    scale = min(spec.rows / field.shape[0], spec.cols / field.shape[1])
    rows = max(1, round(field.shape[0] * scale))
    cols = max(1, round(field.shape[1] * scale))
    top, left = (spec.rows - rows) // 2, (spec.cols - cols) // 2
    pixels = np.zeros((spec.rows, spec.cols), dtype=np.float32)
    pixels[top : top + rows, left : left + cols] = _resize(field, rows, cols)
    # Rows and columns are rounded separately, so each axis has its own exact factor.
    down, across = field.shape[0] / rows, field.shape[1] / cols
    to_stored = np.array([[down, 0.0, row0 - top * down], [0.0, across, col0 - left * across], [0.0, 0.0, 1.0]])
    box = (float(row0), float(col0), float(row1), float(col1))
    return PreparedImage(pixels, to_stored, box, image_index, slice_index)


def to_gray(display: NDArray[np.floating]) -> NDArray[np.float32]:
    """Average colour away: [rows, cols, 3] or [rows, cols] to [rows, cols]."""
    gray = display if display.ndim == 2 else display.mean(axis=-1)
    return np.ascontiguousarray(gray, dtype=np.float32)


def seen_mask(image: PreparedImage) -> NDArray[np.bool_]:
    """Mark the model pixels that lie inside the seen box (the rest is padding)."""
    inverse = np.linalg.inv(image.to_stored)
    row0, col0, row1, col1 = image.seen_box
    top, left = np.rint(inverse @ (row0, col0, 1.0))[:2].astype(int)
    bottom, right = np.rint(inverse @ (row1, col1, 1.0))[:2].astype(int)
    mask = np.zeros(image.pixels.shape, dtype=bool)
    mask[top:bottom, left:right] = True
    return mask


def standardise(pixels: NDArray[np.float32], seen: NDArray[np.bool_], *, limit: float) -> NDArray[np.float32]:
    """Scale to mean 0 and deviation 1 over the seen pixels, clip, put 0 into the padding."""
    values = pixels[seen]
    contrast = float(values.std())
    if contrast < MIN_CONTRAST:
        raise UnsupportedImage(
            Words("the image is uniform: its display values vary by {contrast:.4f} only", contrast=contrast),
            Words("Check that the right image was chosen and that its window fits."),
        )
    scaled = np.clip((pixels - float(values.mean())) / contrast, -limit, limit)
    return np.where(seen, scaled, 0.0).astype(np.float32)


def check_range(pixels: NDArray[np.float32], *, limit: float) -> None:
    """Prove that what reaches the net is in its range (a wrong range gives every image the same answer).

    Raises ValueError: this is a defect of ours, not of the data.
    """
    if not np.isfinite(pixels).all():
        raise ValueError("image tensor holds NaN or infinity")
    low, high, spread = float(pixels.min()), float(pixels.max()), float(pixels.std())
    if low < -limit or high > limit or not 0.05 <= spread <= 2.0:
        raise ValueError(f"image tensor out of range: {low:.2f} to {high:.2f}, deviation {spread:.3f}, limit {limit}")


def _resize(field: NDArray[np.float32], rows: int, cols: int) -> NDArray[np.float32]:
    tensor = torch.from_numpy(np.ascontiguousarray(field))[None, None]
    # Antialiased: plain bilinear would skip most pixels of a 3000-pixel film and alias the ribs.
    resized = functional.interpolate(tensor, size=(rows, cols), mode="bilinear", antialias=True, align_corners=False)
    values: NDArray[np.float32] = resized[0, 0].numpy()
    return np.clip(values, 0.0, 1.0)


def _exposed_field(display: NDArray[np.float32]) -> tuple[int, int, int, int]:
    row0, row1 = _varied_stretch(display)
    col0, col1 = _varied_stretch(display.T)
    return row0, col0, row1, col1


def _varied_stretch(lines: NDArray[np.float32]) -> tuple[int, int]:
    # 2nd to 98th percentile: a burnt-in marker on a collimated border does not make it part of the field.
    low, high = np.percentile(lines, (2, 98), axis=1)
    varied = np.flatnonzero(high - low > FLAT_RANGE)
    n_lines = lines.shape[0]
    if varied.size == 0:
        return 0, n_lines
    most = int(n_lines * MAX_TRIM)
    return min(int(varied[0]), most), max(int(varied[-1]) + 1, n_lines - most)
