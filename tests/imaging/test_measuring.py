"""Lengths, angles and areas in millimetres, by hand; values of single pixels."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from medmm.core.image import ImageGeometry, MedicalImage, StudyHeader
from medmm.core.measurement import Measurement, MeasurementKind, Point, SlicePlace, is_complete
from medmm.core.words import Words
from medmm.imaging.measuring import Quantity, Readout, read_out
from medmm.imaging.pixel_sample import sample_pixel
from medmm.imaging.spacing import MILLIMETRES, with_provenance
from medmm.imaging.value_unit import is_in_hu, value_decimals
from tests.imaging.builders import make_image

UNEVEN = ImageGeometry((math.nan, 0.5954, 0.5454), MILLIMETRES)
DETECTOR = ImageGeometry((math.nan, 0.1, 0.1), with_provenance(Words("at detector")))
UNKNOWN = ImageGeometry()


def measure(kind: str, *points: Point, geometry: ImageGeometry = UNEVEN) -> Readout:
    image = replace(make_image(np.zeros((512, 512), np.int16)), geometry=geometry)
    return read_out(Measurement("1", MeasurementKind(kind), SlicePlace("1.0"), points), image, 0)


def value_of(quantity: Quantity | None) -> float:
    assert quantity is not None
    return quantity.value


def test_a_length_takes_row_spacing_down_and_column_spacing_across() -> None:
    assert value_of(measure("length", (0, 0), (100, 0)).length) == pytest.approx(59.54)
    assert value_of(measure("length", (0, 0), (0, 100)).length) == pytest.approx(54.54)
    assert value_of(measure("length", (10, 10), (110, 110)).length) == pytest.approx(math.hypot(59.54, 54.54))


def test_the_unit_says_how_the_spacing_is_known() -> None:
    found = measure("length", (0, 0), (0, 100), geometry=DETECTOR).length

    assert found == Quantity(pytest.approx(10.0), "mm (at detector)", 1)  # type: ignore[arg-type]


def test_without_a_spacing_everything_is_in_pixels() -> None:
    assert measure("length", (0, 0), (3, 4), geometry=UNKNOWN).length == Quantity(5.0, "px", 0)
    area = measure("rectangle", (0, 0), (3, 4), geometry=UNKNOWN).area
    assert area == Quantity(12.0, "px²", 0)


@pytest.mark.parametrize(
    ("spacing", "length_decimals", "area_decimals"),
    [(0.9, 0, 0), (0.5954, 0, 0), (0.2, 0, 1), (0.143, 0, 1), (0.1, 1, 2), (0.05, 1, 2), (4.0, 0, 0)],
)
def test_no_digit_is_below_one_pixel(spacing: float, length_decimals: int, area_decimals: int) -> None:
    found = measure("rectangle", (0, 0), (9, 9), geometry=ImageGeometry((math.nan, spacing, spacing), MILLIMETRES))

    assert found.length is not None
    assert found.area is not None
    assert (found.length.decimals, found.area.decimals) == (length_decimals, area_decimals)


def test_the_larger_side_of_a_pixel_decides_the_digits() -> None:
    found = measure("length", (0, 0), (9, 9), geometry=ImageGeometry((math.nan, 0.3, 0.1), MILLIMETRES)).length

    assert found is not None
    assert found.decimals == 0


def test_an_angle_is_measured_in_millimetres_not_in_pixels() -> None:
    # Arms of (-100, 0) and (-100, 100) pixels are 59.54 up, and 59.54 up with 54.54 across.
    found = measure("angle", (100, 100), (200, 100), (100, 200))

    assert value_of(found.angle) == pytest.approx(math.degrees(math.atan2(54.54, 59.54)))
    assert found.angle is not None
    assert (found.angle.unit, found.angle.decimals) == ("°", 1)


@pytest.mark.parametrize(("end", "degrees"), [((0, 10), 90), ((-10, 0), 180), ((10, 0), 0), ((-10, 10), 135)])
def test_angles_by_hand(end: Point, degrees: float) -> None:
    found = measure("angle", (60, 50), (50, 50), (50 + end[0], 50 + end[1]), geometry=UNKNOWN)

    assert value_of(found.angle) == pytest.approx(degrees)


def test_an_arm_without_length_has_no_angle() -> None:
    assert math.isnan(value_of(measure("angle", (5, 5), (5, 5), (9, 9)).angle))


def plate(row: float, degrees: float, *, is_backwards: bool = False) -> tuple[Point, Point]:
    """Give an end plate of 40 pixels about column 100, rising to the right by some degrees."""
    up, right = 20 * math.sin(math.radians(degrees)), 20 * math.cos(math.radians(degrees))
    ends = (row + up, 100 - right), (row - up, 100 + right)
    return (ends[1], ends[0]) if is_backwards else ends


@pytest.mark.parametrize("tilt", [(20, -25, 45), (52, -50, 102), (10, 30, 20), (0, 0, 0)])
@pytest.mark.parametrize("backwards", [(False, False), (True, False), (False, True), (True, True)])
def test_a_cobb_angle_does_not_depend_on_how_the_lines_are_drawn(
    tilt: tuple[float, float, float], backwards: tuple[bool, bool]
) -> None:
    upper, lower = plate(100, tilt[0], is_backwards=backwards[0]), plate(300, tilt[1], is_backwards=backwards[1])

    assert value_of(measure("cobb", *upper, *lower, geometry=UNKNOWN).angle) == pytest.approx(tilt[2], abs=1e-9)
    assert value_of(measure("cobb", *lower, *upper, geometry=UNKNOWN).angle) == pytest.approx(tilt[2], abs=1e-9)


def test_a_cobb_angle_is_the_same_on_an_image_stored_sideways() -> None:
    lines = (*plate(100, 52), *plate(300, -50))
    sideways = tuple((col, 512 - row) for row, col in lines)

    assert value_of(measure("cobb", *sideways, geometry=UNKNOWN).angle) == pytest.approx(102)


def test_lines_that_cross_in_the_middle_give_the_smaller_angle() -> None:
    found = measure("cobb", (0, 0), (0, 10), (5, 10), (-5, 0), geometry=UNKNOWN)

    assert value_of(found.angle) == pytest.approx(45)


def test_an_ellipse_gives_both_axes_and_its_area() -> None:
    found = measure("ellipse", (50, 50), (50, 70), (40, 50))

    assert value_of(found.length) == pytest.approx(40 * 0.5454)
    assert value_of(found.second) == pytest.approx(20 * 0.5954)
    assert value_of(found.area) == pytest.approx(math.pi * 20 * 0.5454 * 10 * 0.5954)
    assert found.area is not None
    assert found.area.unit == "mm²"


def test_an_area_keeps_the_label_of_its_unit() -> None:
    found = measure("rectangle", (0, 0), (10, 20), geometry=DETECTOR)

    assert found.area == Quantity(pytest.approx(2.0), "mm² (at detector)", 2)  # type: ignore[arg-type]


def test_a_point_gives_the_pixel_that_it_lies_in() -> None:
    values = np.arange(12, dtype=np.int16).reshape(3, 4)
    image = make_image(values, slope=2.0, intercept=-1000.0)
    image = replace(image, instances=(replace(image.instances[0], suv_factor=0.5),))

    found = read_out(Measurement("1", MeasurementKind.POINT, SlicePlace("1.0"), ((2.99, 1.0),)), image, 0).sample

    assert found is not None
    assert (found.row, found.col, found.stored, found.modality, found.suv) == (2, 1, (9,), -982.0, -491.0)


def test_padding_has_a_stored_value_only_and_colour_three() -> None:
    grey = make_image(np.full((2, 2), -2000, np.int16), padding_value=-2000)
    color = MedicalImage(**{**grey.__dict__, "stored": np.full((1, 2, 2, 3), (1, 2, 3), np.uint8)})

    padding, red = sample_pixel(grey, 0, 1, 1), sample_pixel(color, 0, 0, 0)

    assert padding is not None
    assert (padding.stored, padding.modality, padding.is_padding) == ((-2000,), None, True)
    assert red is not None
    assert (red.stored, red.modality) == ((1, 2, 3), None)
    assert sample_pixel(grey, 0, 2, 0) is None


def test_hounsfield_units_only_when_the_header_says_so() -> None:
    image = make_image(np.zeros((2, 2), np.int16))

    assert is_in_hu(replace(image, header=StudyHeader(modality="CT", units="HU")))
    assert not is_in_hu(replace(image, header=StudyHeader(modality="CT")))


@pytest.mark.parametrize(("slope", "decimals"), [(1.0, 0), (2.0, 0), (0.5, 1), (0.37, 1), (0.01, 2), (1e-9, 4)])
def test_values_have_the_decimals_that_tell_two_stored_ones_apart(slope: float, decimals: int) -> None:
    assert value_decimals(make_image(np.zeros((2, 2), np.int16), slope=slope), 0) == decimals


def test_a_measurement_is_complete_with_all_its_points() -> None:
    assert not is_complete(MeasurementKind.COBB, ((0, 0), (1, 1), (2, 2)))
    assert is_complete(MeasurementKind.ANGLE, ((0, 0), (1, 1), (2, 2)))
    assert not is_complete(MeasurementKind.FREEHAND, ((0, 0), (1, 1)))
    assert is_complete(MeasurementKind.FREEHAND, ((0, 0), (1, 1), (2, 2), (3, 3)))
