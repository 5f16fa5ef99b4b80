"""Nearly the same image in two parts of the split: copies, re-encodings, other exposures of one film."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from medmm.training.leaks.values import Leak, Material, leak, place

SIZE = 32
# Correlation of details after the mean of all images is taken away. Measured on 200 simulated films: copies saved as
# JPEG of quality 30, blurred (1.5 px of 160), noisy (10 of 255) or brightened by 15 % stay above 0.96; 20,000 pairs of
# different patients reach 0.83. A copy that was cut by 2 % (0.76) or bent by a gamma of 0.7 (0.86) is not found.
SAME = 0.95
DETAIL = SIZE / 12
BLOCK = 1024
MIN_IMAGES_FOR_MEAN = 8


def check_images(material: Material) -> Iterator[Leak]:
    """Compare every image with every other one of another part; 10,000 images take seconds."""
    where = [index for index, reading in enumerate(material.readings) if reading.image is not None]
    if len(where) < 2:
        return
    small = np.empty((len(where), SIZE, SIZE), dtype=np.float32)
    for number, index in enumerate(where):
        small[number] = shrink(material.readings[index].image, SIZE)
    parts = material.parts[where]
    found = []
    for first, second, value in near_pairs(residuals(small), parts):
        one, other = material.rows[where[first]], material.rows[where[second]]
        # The same patient in two parts is told once, as such.
        if one.domain != other.domain or one.patient != other.patient:
            found.append((value, f"{place(one)} and {place(other)}: correlation {value:.3f}"))
    if found:
        evidence = [text for _, text in sorted(found, reverse=True)]
        yield leak("image_in_two_splits", f"{len(found)} pairs of images are nearly the same", evidence)


def shrink(image: NDArray[np.uint8] | None, size: int) -> NDArray[np.float32]:
    """Average an image [rows, cols], or the mean slice of a volume, over size x size cells."""
    assert image is not None
    plane = image.astype(np.float32) if image.ndim == 2 else image.mean(axis=0, dtype=np.float32)
    rows, cols = plane.shape
    across = _cells(rows, size) @ plane @ _cells(cols, size).T
    return across.astype(np.float32)


def _cells(n: int, size: int) -> NDArray[np.float32]:
    # Weight of pixel i in cell k: the share of the cell that it covers.
    edges = np.linspace(0, n, size + 1)
    low = np.maximum(edges[:-1, None], np.arange(n)[None])
    high = np.minimum(edges[1:, None], np.arange(1, n + 1)[None])
    cover = np.clip(high - low, 0, None)
    cells: NDArray[np.float32] = (cover / cover.sum(axis=1, keepdims=True)).astype(np.float32)
    return cells


def residuals(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """Make unit vectors [N, size²] of the details that tell an image from the mean image; flat ones become zero.

    small: [N, size, size], overwritten: of many thousand images there is room for one copy.
    """
    from scipy.ndimage import gaussian_filter

    flat = small.reshape(len(small), -1)
    for block in _blocks(len(flat)):
        details = small[block] - gaussian_filter(small[block], (0, DETAIL, DETAIL))
        flat[block] = _unit(details.reshape(len(details), -1))
    if len(flat) < MIN_IMAGES_FOR_MEAN:
        # Of a few images the mean is mostly themselves: then only their own brightness goes.
        return flat
    mean = flat.mean(axis=0)
    for block in _blocks(len(flat)):
        flat[block] = _unit(flat[block] - mean)
    return flat


def _blocks(n: int, first: int = 0) -> Iterator[slice]:
    return (slice(start, min(start + BLOCK, n)) for start in range(first, n, BLOCK))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    centred = vectors - vectors.mean(axis=1, keepdims=True)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.where(length > 1e-4, centred / np.maximum(length, 1e-4), 0).astype(np.float32)


def near_pairs(vectors: NDArray[np.float32], parts: NDArray[np.str_]) -> Iterator[tuple[int, int, float]]:
    """Give (i, j, correlation) of all pairs i < j of different parts above SAME, block by block."""
    n = len(vectors)
    for down in _blocks(n):
        for across in _blocks(n, down.start):
            alike = vectors[down] @ vectors[across].T
            for row, col in np.argwhere(alike > SAME).tolist():
                one, other = down.start + row, across.start + col
                if one < other and parts[one] != parts[other]:
                    yield one, other, float(alike[row, col])
