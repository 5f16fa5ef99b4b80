"""Where on a film no body is: padding, and what is black from the edge of the field inwards.

A shortcut such as a side marker beyond the shoulder speaks through cells out there (Zech et al. 2018).
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import adaptive_avg_pool2d

from medmm.inference.model_input import PreparedImage

# Of the span between nearly the darkest and nearly the brightest pixel of the field: air outside is below, lungs are
# above or, where they are not, do not reach the edge.
AIR = 0.12
SPAN = (0.5, 99.5)


def beyond_body(image: PreparedImage) -> NDArray[np.bool_]:
    """Mark the pixels [rows, cols] of a prepared film that show no body; small bright things in the air are beyond it
    as well.

    The body is the largest connected part of what is not air.
    """
    from scipy import ndimage

    seen = image.seen_mask()
    low, high = np.percentile(image.pixels[seen], SPAN)
    is_dark = (image.pixels < low + AIR * (high - low)) | ~seen
    parts, _ = ndimage.label(np.pad(is_dark, 1, constant_values=True))
    outer = (parts == parts[0, 0])[1:-1, 1:-1]
    labels, n_parts = ndimage.label(~outer)
    if n_parts == 0:
        return np.ones_like(seen)
    largest = 1 + int(np.argmax(np.bincount(labels.ravel())[1:]))
    return np.asarray(labels != largest)


def share_beyond(values: NDArray[np.float32], beyond: NDArray[np.bool_]) -> float:
    """Give the part of a map's weight [h, w] that lies beyond the body, [rows, cols]; 0 for an empty map."""
    total = float(values.sum())
    if total <= 0:
        return 0.0
    cells = adaptive_avg_pool2d(torch.from_numpy(beyond.astype(np.float32))[None], values.shape)[0].numpy()
    return float((values * cells).sum()) / total
