"""Make a small picture of an image; runs in a worker."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QImage

from medmm.core.image import MedicalImage

THUMBNAIL = 64


def no_thumbnail() -> QImage:
    """Give what stands for a picture that cannot be had."""
    return QImage()


def draw_thumbnail(image: MedicalImage) -> QImage:
    """Draw the middle slice through its own window."""
    return draw_slice(image, image.n_slices // 2, longest=2 * THUMBNAIL)


def draw_slice(image: MedicalImage, slice_index: int, *, longest: int) -> QImage:
    """Draw a slice through its own window, sampled before any conversion: a film has ten million values.

    longest: the longer side is less than twice as many pixels.
    """
    from medmm.imaging.windowing import to_display

    rows, cols = image.size
    step = max(1, max(rows, cols) // longest)
    sampled = np.ascontiguousarray(image.stored[slice_index : slice_index + 1, ::step, ::step])
    small = replace(image, stored=sampled, instances=image.instances[slice_index : slice_index + 1])
    grey = np.asarray(to_display(small, 0, None))
    values = np.ascontiguousarray(np.clip(grey * 255, 0, 255).astype(np.uint8))
    height, width = values.shape[:2]
    form = QImage.Format.Format_RGB888 if values.ndim == 3 else QImage.Format.Format_Grayscale8
    # copy(): QImage only borrows the bytes.
    return QImage(values.tobytes(), width, height, values.strides[0], form).copy()
