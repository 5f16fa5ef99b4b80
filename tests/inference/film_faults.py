"""What can be wrong with the pixels of a film: planted by tests and benchmarks."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Pixels = np.ndarray


def written_over(pixels: Pixels) -> Pixels:
    """Write four lines of a legend over a corner."""
    layer = Image.new("L", pixels.shape[::-1])
    size = max(12, min(pixels.shape) // 30)
    font, draw = ImageFont.load_default(size=size), ImageDraw.Draw(layer)
    for line in range(4):
        draw.text((8, 8 + 1.3 * size * line), "ST ELSEWHERE HOSPITAL", fill=255, font=font)
    return np.where(np.array(layer) > 100, pixels.max(), pixels)


def framed(pixels: Pixels) -> Pixels:
    """Set a film into an empty frame of twice its size."""
    rows, cols = pixels.shape
    frame = np.full((rows * 2, cols * 2), pixels.min(), dtype=pixels.dtype)
    frame[rows // 2 : rows // 2 + rows, cols // 2 : cols // 2 + cols] = pixels
    return frame


def washed_out(pixels: Pixels) -> Pixels:
    """Drive all but the middle fifth to black and white."""
    low, high = np.percentile(pixels, (40, 60))
    return np.where(pixels < low, pixels.min(), np.where(pixels > high, pixels.max(), pixels))
