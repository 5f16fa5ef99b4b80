"""What stands beside a measurement: units with their label, SUV where the file allows it, no digit too many."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from medmm.core.image import ImageGeometry, MedicalImage, StudyHeader
from medmm.core.measurement import Measurement, MeasurementKind, Point, SlicePlace
from medmm.core.words import Words
from medmm.imaging.measuring import read_out
from medmm.imaging.pixel_sample import sample_pixel
from medmm.imaging.spacing import MILLIMETRES, with_provenance
from tests.ui.viewer.builders import make_image
from ui.state.measurement_words import detail_lines, label_lines, main_text, sample_text, shown_numbers

VALUES = np.array([[[100, 102], [104, 106]]], np.int16)
DETECTOR = ImageGeometry((math.nan, 0.1, 0.1), with_provenance(Words("at detector")))
CORNERS = ((0.0, 0.0), (2.0, 2.0))


def lines(image: MedicalImage, kind: str, *points: Point) -> tuple[str, ...]:
    made = Measurement("1", MeasurementKind(kind), SlicePlace("1"), points)
    return label_lines(made.kind, read_out(made, image, 0), image, 0)


def test_a_length_names_how_its_unit_is_known() -> None:
    image = replace(make_image(VALUES), geometry=DETECTOR)

    assert lines(image, "length", (0, 0), (0, 123)) == ("12.3 mm (at detector)",)
    assert lines(replace(image, geometry=ImageGeometry()), "length", (0, 0), (0, 123)) == ("123 px",)


def test_an_angle_has_one_decimal_and_none_where_there_is_no_direction() -> None:
    image = make_image(VALUES)

    assert lines(image, "angle", (0, 10), (0, 0), (10, 0)) == ("90.0°",)
    assert lines(image, "angle", (0, 0), (0, 0), (10, 0)) == ("–",)


def test_a_region_of_ct_is_in_hounsfield_units() -> None:
    image = replace(make_image(VALUES, modality="CT"), geometry=ImageGeometry((math.nan, 0.7, 0.7), MILLIMETRES))

    # Mean 103, deviations -3 -1 1 3: variance 20 / 3.
    assert lines(image, "rectangle", *CORNERS) == ("mean 103.0 HU · SD 2.6", "min 100 · max 106", "2 mm² · n = 4")


def test_a_region_of_a_radiograph_has_no_unit_of_values() -> None:
    assert lines(make_image(VALUES), "rectangle", *CORNERS)[0] == "mean 103.0 · SD 2.6"


def test_padding_is_said_to_be_left_out() -> None:
    image = make_image(VALUES, padding_value=106)

    assert lines(image, "rectangle", *CORNERS)[2].endswith("n = 3 · 1 of padding left out")


def test_pet_speaks_in_suv_where_it_can_and_in_its_units_tag_where_not() -> None:
    header = StudyHeader(modality="PT", units="BQML")
    image = make_image(VALUES, slope=0.5, header=header)
    with_suv = replace(image, instances=(replace(image.instances[0], suv_factor=0.01),))
    made = Measurement("1", MeasurementKind.RECTANGLE, SlicePlace("1"), CORNERS)

    assert lines(image, "rectangle", *CORNERS)[:2] == ("mean 51.50 BQML · SD 1.29", "min 50.0 · max 53.0")
    assert lines(with_suv, "rectangle", *CORNERS)[:2] == ("mean 0.52 SUVbw · SD 0.01", "min 0.50 · max 0.53")
    detail = detail_lines(made.kind, read_out(made, with_suv, 0), with_suv, 0)
    assert detail[1] == "mean 51.50 BQML · SD 1.29"
    statistics = read_out(made, with_suv, 0).statistics
    assert statistics is not None
    assert shown_numbers(statistics, with_suv, 0) == ("0.50", "mean 0.52", "0.53")


def test_one_pixel_is_written_at_every_stage() -> None:
    header = StudyHeader(modality="PT", units="BQML")
    image = make_image(VALUES, slope=0.5, header=header)
    with_suv = replace(image, instances=(replace(image.instances[0], suv_factor=0.01),))
    color = make_image(np.full((1, 2, 2, 3), (1, 2, 3), np.uint8))
    padded = make_image(VALUES, padding_value=100)

    assert sample_text(sample_pixel(with_suv, 0, 0, 0), with_suv, 0) == "0.50 SUVbw · 50.0 BQML · stored 100"
    assert sample_text(sample_pixel(image, 0, 0, 0), image, 0) == "50.0 BQML · stored 100"
    assert sample_text(sample_pixel(color, 0, 0, 0), color, 0) == "RGB 1 2 3"
    assert sample_text(sample_pixel(padded, 0, 0, 0), padded, 0) == "padding · stored 100"
    assert lines(make_image(VALUES, modality="CT"), "point", (1.5, 1.5)) == ("106 HU",)


def test_the_list_gives_the_one_number_that_counts() -> None:
    image = make_image(VALUES, modality="CT")
    region = Measurement("1", MeasurementKind.RECTANGLE, SlicePlace("1"), CORNERS)
    color = make_image(np.zeros((1, 2, 2, 3), np.uint8))

    assert main_text(region.kind, read_out(region, image, 0), image, 0) == "mean 103.0 HU"
    # Colours have no mean: the area is left.
    assert main_text(region.kind, read_out(region, color, 0), color, 0) == "0.2 mm² (at detector)"
