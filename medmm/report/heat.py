"""Heat maps: native cells in their place, coloured on an absolute scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.core.heat_map import HeatMap
from medmm.report.value import Cell

# Inferno (Smith and van der Walt 2015, CC0) sampled at nine even steps; linear in between.
INFERNO = np.array(
    [
        (0, 0, 4), (31, 12, 72), (85, 15, 109), (136, 34, 106), (186, 54, 85),
        (227, 89, 51), (249, 140, 10), (249, 201, 50), (252, 255, 164),
    ],
    dtype=np.float64,
)  # fmt: skip
# Below a twentieth of the scale a cell is left clear; above it, opacity grows so that the film stays readable.
CLEAR_BELOW = 0.05
ALPHA_LOW, ALPHA_HIGH = 0.20, 0.62


def color_of(fraction: float) -> tuple[int, int, int]:
    """Give the inferno colour of a fraction of the scale; values beyond the ends take the end's colour."""
    place = min(max(fraction, 0.0), 1.0) * (len(INFERNO) - 1)
    red, green, blue = (float(np.interp(place, range(len(INFERNO)), INFERNO[:, c])) for c in range(3))
    return round(red), round(green), round(blue)


def alpha_of(fraction: float) -> float:
    """Give the opacity of a fraction of the scale."""
    if fraction < CLEAR_BELOW:
        return 0.0
    return ALPHA_LOW + (ALPHA_HIGH - ALPHA_LOW) * min(fraction, 1.0)


def heat_cells(heatmap: HeatMap, *, size: tuple[int, int]) -> tuple[Cell, ...]:
    """Place every native cell in the image; size = (rows, cols) of the stored image."""
    rows, cols = heatmap.values.shape
    cells = []
    for row in range(rows):
        for col in range(cols):
            fraction = float(heatmap.values[row, col]) / heatmap.scale_logits
            corners = [(row, col), (row, col + 1), (row + 1, col + 1), (row + 1, col)]
            cells.append(Cell(place(heatmap.to_stored, corners, size), hex_color(fraction), alpha_of(fraction)))
    return tuple(cells)


def seen_outline(heatmap: HeatMap, *, size: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    """Give the corners of what the network saw, as (x, y) in [0, 1] of the image."""
    row0, col0, row1, col1 = heatmap.seen_box
    return place(np.eye(3), [(row0, col0), (row0, col1), (row1, col1), (row1, col0)], size)


def hex_color(fraction: float) -> str:
    """Write the colour of a fraction of the scale as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*color_of(fraction))


def scale_text(heatmap: HeatMap) -> str:
    """Write the top of the colour bar."""
    return f"{heatmap.scale_logits:g}"


def place(
    matrix: NDArray[np.float64], points: Sequence[tuple[float, float]], size: tuple[int, int]
) -> tuple[tuple[float, float], ...]:
    """Carry (row, col) points through a homogeneous [3, 3] matrix to (x, y) in [0, 1] of an image."""
    carried = matrix @ np.array([(row, col, 1.0) for row, col in points], dtype=np.float64).T
    rows, cols = carried[0] / carried[2], carried[1] / carried[2]
    return tuple((round(float(c) / size[1], 5), round(float(r) / size[0], 5)) for r, c in zip(rows, cols, strict=True))
