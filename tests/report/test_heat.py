"""Heat maps: place, colour, scale."""

from __future__ import annotations

import io

import numpy as np
import pytest
from matplotlib import colormaps
from numpy.typing import NDArray
from PIL import Image

from medmm.core.heat_map import HeatMap
from medmm.report.figures import overlay_png
from medmm.report.heat import alpha_of, color_of, heat_cells, seen_outline
from tests.report.builders import make_heatmap, make_image


def pixels_of(content: bytes) -> NDArray[np.uint8]:
    """Decode a PNG."""
    return np.asarray(Image.open(io.BytesIO(content)))


def one_hot(matrix: list[list[float]], *, at: tuple[int, int]) -> HeatMap:
    """A 2 by 2 map with one cell at the top of the scale."""
    values = np.zeros((2, 2), dtype=np.float32)
    values[at] = 0.5
    return HeatMap(values, np.array(matrix, dtype=np.float64), (0, 0, 80, 40))


@pytest.mark.parametrize("fraction", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_colors_are_those_of_inferno(fraction: float) -> None:
    expected = np.array(colormaps["inferno"](fraction)[:3]) * 255

    assert np.abs(np.array(color_of(fraction)) - expected).max() <= 3


def test_color_is_absolute_and_saturates_at_the_ends() -> None:
    assert color_of(7.0) == color_of(1.0)
    assert color_of(-1.0) == color_of(0.0)


def test_weak_cells_stay_clear() -> None:
    assert alpha_of(0.04) == 0.0
    assert 0.0 < alpha_of(0.06) < alpha_of(0.9) < 1.0


def test_cells_lie_where_the_matrix_puts_them() -> None:
    # A 2x2 grid over the lower half of an 80x40 image: cells 20 rows by 20 columns, from row 40 on.
    cells = heat_cells(one_hot([[20, 0, 40], [0, 20, 0], [0, 0, 1]], at=(1, 0)), size=(80, 40))

    assert cells[2].corners == ((0.0, 0.75), (0.5, 0.75), (0.5, 1.0), (0.0, 1.0))
    assert [cell.alpha > 0 for cell in cells] == [False, False, True, False]


def test_same_value_has_the_same_color_in_a_weak_and_a_strong_map() -> None:
    weak, strong = make_heatmap(), make_heatmap()
    weak.values[:] = 0.0
    weak.values[0, 0] = strong.values[0, 0] = 0.1

    colors = {heat_cells(heatmap, size=(320, 280))[0].color for heatmap in (weak, strong)}

    assert len(colors) == 1


def test_outline_is_what_the_network_saw() -> None:
    heatmap = make_heatmap(size=(320, 280))

    assert seen_outline(heatmap, size=(320, 280))[0] == (0.0, 0.0625)  # row 20 of 320


def test_transposed_grid_is_drawn_transposed() -> None:
    # Rows of the grid run along the columns of the image, as after a transpose: cell (0, 1) lies below cell (0, 0).
    heatmap = one_hot([[0, 40, 0], [20, 0, 0], [0, 0, 1]], at=(0, 1))
    image = make_image(80, 40)

    plain = pixels_of(overlay_png(image, one_hot([[0, 40, 0], [20, 0, 0], [0, 0, 1]], at=(1, 1)))).astype(int)
    drawn = pixels_of(overlay_png(image, heatmap)).astype(int)
    warm = (drawn[..., 0] - drawn[..., 2]) > 40

    assert drawn.shape == (80, 40, 3)
    assert warm[44:78, 3:17].all()
    assert not warm[:38].any()
    assert not warm[44:78, 23:].any()
    assert (plain[44:78, 23:37, 0] - plain[44:78, 23:37, 2] > 40).all()


def test_overlay_reaching_outside_is_cut_at_the_edge() -> None:
    # The grid begins 40 rows above the image, as after padding to a square.
    heatmap = one_hot([[40, 0, -40], [0, 20, 0], [0, 0, 1]], at=(1, 0))

    drawn = pixels_of(overlay_png(make_image(80, 40), heatmap)).astype(int)

    warm = (drawn[..., 0] - drawn[..., 2]) > 40
    assert warm[3:38, 3:17].all()
    assert not warm[44:].any()


def test_overlay_file_has_a_legend_below_the_untouched_picture() -> None:
    image, heatmap = make_image(80, 40), one_hot([[40, 0, 0], [0, 20, 0], [0, 0, 1]], at=(0, 0))

    bare, named = pixels_of(overlay_png(image, heatmap)), pixels_of(overlay_png(image, heatmap, title="Pneumonia"))

    assert named.shape[0] > bare.shape[0]
    assert (named[:80, :40] == bare).all()
