"""The picture of the network's image: every value in its place."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from medmm.report.seen_picture import side_by_side, tensor_png


def test_a_film_is_one_pixel_a_value_from_black_to_white() -> None:
    pixels = np.array([[-2.0, 0.0, 2.0], [2.0, -2.0, 0.0]], dtype=np.float32)

    picture = np.asarray(Image.open(io.BytesIO(tensor_png(pixels))))

    assert picture.tolist() == [[0, 128, 255], [255, 0, 128]]


def test_slices_stand_in_reading_order() -> None:
    slices = np.stack([np.full((2, 2), number, dtype=np.float32) for number in range(3)])

    grid = side_by_side(slices)

    assert grid.shape == (4, 4)
    assert [float(grid[0, 0]), float(grid[0, 2]), float(grid[2, 0])] == [0.0, 1.0, 2.0]
