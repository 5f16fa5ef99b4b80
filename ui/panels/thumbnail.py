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
    """Draw the middle slice through its own window, sampled before any conversion: a film has ten million values."""
    from medmm.imaging.windowing import to_display

    rows, cols = image.size
    step = max(1, max(rows, cols) // (2 * THUMBNAIL))
    middle = image.n_slices // 2
    sampled = np.ascontiguousarray(image.stored[middle : middle + 1, ::step, ::step])
    small = replace(image, stored=sampled, instances=image.instances[middle : middle + 1])
    grey = np.asarray(to_display(small, 0, None))
    values = np.ascontiguousarray(np.clip(grey * 255, 0, 255).astype(np.uint8))
    height, width = values.shape[:2]
    form = QImage.Format.Format_RGB888 if values.ndim == 3 else QImage.Format.Format_Grayscale8
    # copy(): QImage only borrows the bytes.
    return QImage(values.tobytes(), width, height, values.strides[0], form).copy()
