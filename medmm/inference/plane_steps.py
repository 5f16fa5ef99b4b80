"""What films and the slices of volumes have in common on their way into the network."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from medmm.core.errors import UnsupportedImage
from medmm.core.image import Window
from medmm.core.words import Words
from medmm.inference.placing import AxisPlace
from medmm.models.spec import ImageSpec

Stretch = tuple[int, int]


def window_of(spec: ImageSpec) -> Window | None:
    """Give the spec's window; None: what the image itself states."""
    return None if spec.window is None else Window(*spec.window)


def to_gray(display: NDArray[np.floating]) -> NDArray[np.float32]:
    """Average colour away: [rows, cols, 3] or [rows, cols] to [rows, cols]."""
    gray = display if display.ndim == 2 else display.mean(axis=-1)
    return np.ascontiguousarray(gray, dtype=np.float32)


def place_plane(
    rows: Stretch, cols: Stretch, spacing_mm: Sequence[float], spec: ImageSpec
) -> tuple[AxisPlace, AxisPlace]:
    """Place a field of stored rows and columns: resampled to the spec's spacing, or fitted with its aspect kept.

    spacing_mm: that of the image, between rows and between columns.
    """
    if spec.spacing_mm:
        return (
            place_by_spacing(rows, spacing_mm[0], spec.spacing_mm[-2], size=spec.rows),
            place_by_spacing(cols, spacing_mm[1], spec.spacing_mm[-1], size=spec.cols),
        )
    n_rows, n_cols = rows[1] - rows[0], cols[1] - cols[0]
    scale = min(spec.rows / n_rows, spec.cols / n_cols)
    return (
        AxisPlace(*rows, max(1, round(n_rows * scale)), spec.rows),
        AxisPlace(*cols, max(1, round(n_cols * scale)), spec.cols),
    )


def place_by_spacing(stretch: Stretch, found_mm: float, wanted_mm: float, *, size: int) -> AxisPlace:
    """Place a stretch so that a pixel of the model's input is `wanted_mm` long.

    Raises UnsupportedImage when the image does not state its spacing.
    """
    if not math.isfinite(found_mm) or found_mm <= 0:
        raise UnsupportedImage(
            Words("the image does not state its pixel spacing, and the model needs pixels of a known size"),
            Words("Use the original DICOM object instead of a picture."),
        )
    n = max(1, round((stretch[1] - stretch[0]) * found_mm / wanted_mm))
    return AxisPlace(*stretch, n, size)


def resize(field: NDArray[np.float32], rows: int, cols: int) -> NDArray[np.float32]:
    """Resample display values [rows, cols]."""
    tensor = torch.from_numpy(np.ascontiguousarray(field))[None, None]
    # Antialiased: plain bilinear would skip most pixels of a 3000-pixel film and alias the ribs.
    resized = functional.interpolate(tensor, size=(rows, cols), mode="bilinear", antialias=True, align_corners=False)
    values: NDArray[np.float32] = resized[0, 0].numpy()
    return np.clip(values, 0.0, 1.0)
