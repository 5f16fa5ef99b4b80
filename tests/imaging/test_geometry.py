"""Letters at the edges for every orientation and turn; affines and lengths with hand-computed numbers."""

import itertools
import math

import numpy as np
import pytest

from medmm.core.errors import UnsupportedImage
from medmm.core.image import ImageGeometry
from medmm.imaging.geometry import (
    EdgeLetters,
    direction_letters,
    length_between,
    make_affine,
    orientation_letters,
    ras_affine,
    slice_normal,
)
from tests.imaging.builders import make_image

LETTERS = {(1, 0, 0): "L", (-1, 0, 0): "R", (0, 1, 0): "P", (0, -1, 0): "A", (0, 0, 1): "H", (0, 0, -1): "F"}


def test_letters_order_by_size_and_drop_rounding():
    assert direction_letters((0.8, -0.6, 0.00005)) == "LA"


def _axis_pairs():
    return [(row, col) for row, col in itertools.product(LETTERS, repeat=2) if np.dot(row, col) == 0]


@pytest.mark.parametrize(("row", "column"), _axis_pairs())
@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_letters_follow_a_marked_image_through_every_turn(row, column, turns, is_mirrored):
    # The image carries its own truth: each edge pixel holds the name of its side; numpy turns it.
    names = np.array([["", "top", ""], ["left", "", "right"], ["", "bottom", ""]])
    side = {"right": LETTERS[row], "bottom": LETTERS[column]}
    side["left"] = LETTERS[tuple(-part for part in row)]
    side["top"] = LETTERS[tuple(-part for part in column)]
    shown = np.rot90(names[:, ::-1] if is_mirrored else names, -turns)
    geometry = ImageGeometry(row_direction=LETTERS[row], column_direction=LETTERS[column])

    found = orientation_letters(geometry, quarter_turns=turns, is_mirrored=is_mirrored)

    expected = EdgeLetters(*(side[shown[place]] for place in ((1, 0), (0, 1), (1, 2), (2, 1))))
    assert found == expected


def test_no_letters_where_the_side_is_not_stated():
    assert orientation_letters(ImageGeometry()) == EdgeLetters("", "", "", "")


def test_affine_places_a_pixel_where_the_standard_says():
    # Equation C.7.6.2.1-1 with spacing 0.5 between rows and 0.25 between columns.
    affine = make_affine((1, 0, 0, 0, 1, 0), (-10.0, 20.0, 5.0), np.array([0.0, 0.0, 2.0]), (0.5, 0.25))

    assert (affine @ (3, 4, 8, 1)).tolist() == [-10 + 8 * 0.25, 20 + 4 * 0.5, 5 + 3 * 2.0, 1]


def test_ras_affine_turns_left_and_posterior_round():
    geometry = ImageGeometry(affine=make_affine((1, 0, 0, 0, 1, 0), (1, 2, 3), np.array([0, 0, 1.0]), (1, 1)))
    image = make_image(np.zeros((2, 2), np.int16))
    object.__setattr__(image, "geometry", geometry)

    assert (ras_affine(image) @ (0, 0, 0, 1)).tolist() == [-1, -2, 3, 1]


def test_an_image_without_place_has_no_affine():
    with pytest.raises(UnsupportedImage, match="affine"):
        ras_affine(make_image(np.zeros((2, 2), np.int16)))


def test_lengths_use_row_and_column_spacing_apart():
    geometry = ImageGeometry(spacing_mm=(math.nan, 0.5, 0.25), spacing_label="mm (at detector)")

    found = length_between(geometry, (0, 0), (6, 16))

    assert found.value == pytest.approx(5.0)
    assert found.unit == "mm (at detector)"


def test_lengths_without_spacing_are_pixels():
    found = length_between(ImageGeometry(), (0, 0), (3, 4))

    assert (found.value, found.unit) == (5.0, "px")


def test_normal_of_an_axial_slice_points_to_the_head():
    assert slice_normal((1, 0, 0, 0, 1, 0)).tolist() == [0, 0, 1]
