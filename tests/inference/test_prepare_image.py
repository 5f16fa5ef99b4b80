"""Images on their way into the network, and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medmm.core.errors import UnsupportedImage
from medmm.core.image import Window
from tests.inference.builders import chest_pixels, make_image

pytest.importorskip("torch")
pytestmark = pytest.mark.slow

# Rows and columns that no scale factor divides, a collimated border of 10 to 40 pixels.
BORDERS = (17, 10, 40, 23)


def collimated(rows: int = 331, cols: int = 287) -> np.ndarray:
    pixels = chest_pixels(rows, cols)
    top, bottom, left, right = BORDERS
    pixels[:top] = pixels[rows - bottom :] = 0
    pixels[:, :left] = pixels[:, cols - right :] = 0
    return pixels


@pytest.mark.parametrize("size", [64, 96, 160])
@pytest.mark.parametrize(("row", "col"), [(40, 60), (200, 150), (300, 255)])
def test_marker_comes_back_where_it_was(size: int, row: int, col: int) -> None:
    from medmm.inference.prepare_image import fit_image
    from medmm.models.spec import ImageSpec

    plain, marked = collimated(), collimated()
    # 3 x 3, so that it survives a fivefold reduction above the rounding of the window.
    marked[row - 1 : row + 2, col - 1 : col + 2] = 4095
    window = (Window(2048, 4096),)
    fitted = [
        fit_image(replace(make_image(pixels), windows=window), ImageSpec(size, size)) for pixels in (plain, marked)
    ]

    hot = np.abs(fitted[1].pixels - fitted[0].pixels)
    model_row, model_col = np.unravel_index(int(hot.argmax()), hot.shape)
    back = fitted[1].to_stored @ (model_row + 0.5, model_col + 0.5, 1.0)
    factor = fitted[1].to_stored[0, 0]

    assert abs(back[0] - (row + 0.5)) <= 0.75 * factor
    assert abs(back[1] - (col + 0.5)) <= 0.75 * factor


def test_seen_box_is_the_exposed_field() -> None:
    from medmm.inference.prepare_image import fit_image
    from medmm.models.spec import ImageSpec

    image = fit_image(make_image(collimated()), ImageSpec(96, 96))

    top, bottom, left, right = BORDERS
    assert image.seen_box == (top, left, 331 - bottom, 287 - right)


def test_corners_of_the_seen_box_map_to_corners_of_the_content() -> None:
    from medmm.inference.prepare_image import fit_image
    from medmm.models.spec import ImageSpec

    image = fit_image(make_image(chest_pixels(300, 200)), ImageSpec(96, 96, crop="none"))

    # 300 x 200 at 96 x 64, centred: 16 columns of padding on either side.
    assert image.to_stored @ (0, 16, 1) == pytest.approx((0, 0, 1))
    assert image.to_stored @ (96, 80, 1) == pytest.approx((300, 200, 1))
    columns = np.flatnonzero(image.seen_mask().any(axis=0))
    assert (columns[0], columns[-1]) == (16, 79)


def test_grid_cells_cover_the_whole_input() -> None:
    from medmm.inference.prepare_image import fit_image
    from medmm.models.spec import ImageSpec

    image = fit_image(make_image(chest_pixels(300, 200)), ImageSpec(96, 96, crop="none"))

    assert image.grid_to_stored((3, 3)) @ (3, 0.5, 1) == pytest.approx((300, 0, 1))


def test_inverted_film_gives_the_same_tensor() -> None:
    from medmm.inference.prepare_image import prepare_image
    from medmm.models.spec import ImageSpec

    pixels = chest_pixels()
    window = (Window(2048, 4096),)
    straight = replace(make_image(pixels), windows=window)
    inverted = replace(make_image(4095 - pixels), windows=window, photometric_interpretation="MONOCHROME1")

    difference = prepare_image(straight, ImageSpec(96, 96)).pixels - prepare_image(inverted, ImageSpec(96, 96)).pixels

    assert np.abs(difference).max() < 5e-3


def test_seen_pixels_have_mean_0_and_deviation_1() -> None:
    from medmm.inference.prepare_image import prepare_image
    from medmm.models.spec import ImageSpec

    image = prepare_image(make_image(chest_pixels(300, 200)), ImageSpec(96, 96))
    seen = image.seen_mask()

    assert image.pixels[seen].mean() == pytest.approx(0, abs=1e-2)
    assert image.pixels[seen].std() == pytest.approx(1, abs=1e-2)
    assert np.all(image.pixels[~seen] == 0)


def test_uniform_image_is_refused() -> None:
    from medmm.inference.prepare_image import prepare_image
    from medmm.models.spec import ImageSpec

    flat = replace(make_image(np.full((100, 100), 700, dtype=np.uint16)), windows=(Window(700, 400),))

    with pytest.raises(UnsupportedImage, match="uniform"):
        prepare_image(flat, ImageSpec(96, 96))


@pytest.mark.parametrize("wrong", [np.full((8, 8), 0.5), np.random.default_rng(0).normal(0, 300, (8, 8))])
def test_tensor_out_of_range_is_a_defect(wrong: np.ndarray) -> None:
    from medmm.inference.image_steps import check_range

    with pytest.raises(ValueError, match="out of range"):
        check_range(wrong.astype(np.float32), limit=5.0)


def test_nan_never_reaches_the_net() -> None:
    from medmm.inference.image_steps import check_range

    with pytest.raises(ValueError, match="NaN"):
        check_range(np.full((8, 8), np.nan, dtype=np.float32), limit=5.0)


def test_film_is_resampled_to_the_spacing_of_the_model() -> None:
    from medmm.core.image import ImageGeometry
    from medmm.inference.prepare_image import fit_image
    from medmm.models.spec import ImageSpec

    film = replace(make_image(chest_pixels(300, 200)), geometry=ImageGeometry(spacing_mm=(float("nan"), 0.5, 0.5)))

    image = fit_image(film, ImageSpec(96, 96, crop="none", spacing_mm=(2.0, 2.0)))

    # 150 mm x 100 mm are 75 x 50 pixels of 2 mm, in the middle of 96 x 96.
    assert image.seen_stretches() == ((10, 85), (23, 73))
    assert image.to_stored @ (10, 23, 1) == pytest.approx((0, 0, 1))
    assert image.to_stored[0, 0] == pytest.approx(4.0)


def test_film_without_spacing_is_refused_where_the_model_needs_it() -> None:
    from medmm.inference.prepare_image import fit_image
    from medmm.models.spec import ImageSpec

    with pytest.raises(UnsupportedImage, match="pixel spacing"):
        fit_image(make_image(chest_pixels(300, 200)), ImageSpec(96, 96, spacing_mm=(2.0, 2.0)))


@pytest.mark.parametrize("seed", range(40))
def test_field_found_from_its_edges_is_that_of_all_lines(seed: int) -> None:
    from medmm.inference.image_steps import FLAT_RANGE, MAX_TRIM, exposed_field

    rng = np.random.default_rng(seed)
    film = (rng.random(rng.integers(1, 120, 2)) * rng.choice([0.02, 1.0])).astype(np.float32)
    n_rows, n_cols = film.shape
    film[: rng.integers(0, n_rows + 1)] *= rng.choice([0.0, 1.0])
    film[:, n_cols - rng.integers(0, n_cols + 1) :] *= rng.choice([0.0, 1.0])
    expected = []
    for lines in (film, film.T):
        low, high = np.percentile(lines, (2, 98), axis=1)
        varied, n_lines = np.flatnonzero(high - low > FLAT_RANGE), len(lines)
        most = int(n_lines * MAX_TRIM)
        whole = (min(varied[0], most), max(varied[-1] + 1, n_lines - most)) if varied.size else (0, n_lines)
        expected.append(whole)
    (row0, row1), (col0, col1) = expected
    assert exposed_field(film) == (row0, col0, row1, col1)
