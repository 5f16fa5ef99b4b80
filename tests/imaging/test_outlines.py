"""Lines and handles of measurements, and what dragging does to their points."""

from __future__ import annotations

import math

import pytest

from medmm.core.measurement import Measurement, MeasurementKind, Point, SlicePlace
from medmm.imaging.outlines import (
    ellipse_in_box,
    handles_of,
    inside_image,
    is_void,
    shifted,
    strokes_of,
    with_handle,
)

SQUARE, UNEVEN = (1.0, 1.0), (0.5, 1.0)
TURNS = [step / 60 * 2 * math.pi for step in range(60)]
CIRCLE = tuple((20 + 10 * math.sin(turn), 20 + 10 * math.cos(turn)) for turn in TURNS)


def make(kind: str, *points: Point) -> Measurement:
    return Measurement("1", MeasurementKind(kind), SlicePlace("1.0"), points)


def test_every_kind_has_its_lines() -> None:
    assert strokes_of(make("length", (0, 0), (3, 4))) == (((0, 0), (3, 4)),)
    assert strokes_of(make("angle", (0, 0), (3, 4), (5, 5))) == (((0, 0), (3, 4), (5, 5)),)
    assert strokes_of(make("cobb", (0, 0), (3, 4), (5, 5), (6, 6))) == (((0, 0), (3, 4)), ((5, 5), (6, 6)))
    assert strokes_of(make("rectangle", (0, 0), (3, 4))) == (((0, 0), (0, 4), (3, 4), (3, 0), (0, 0)),)
    assert strokes_of(make("freehand", (0, 0), (3, 4), (5, 5))) == (((0, 0), (3, 4), (5, 5), (0, 0)),)
    assert strokes_of(make("point", (0, 0))) == ()


@pytest.mark.parametrize("kind", ["angle", "cobb", "rectangle", "ellipse", "freehand", "length"])
def test_what_is_only_begun_has_the_lines_it_has(kind: str) -> None:
    assert strokes_of(make(kind)) == ()


def test_an_ellipse_goes_through_the_ends_of_its_axes() -> None:
    (outline,) = strokes_of(make("ellipse", (10, 10), (10, 16), (7, 10)))

    for end in ((10, 16), (7, 10), (10, 4), (13, 10)):
        assert min(math.dist(end, point) for point in outline) < 1e-9
    assert all(((col - 10) / 6) ** 2 + ((row - 10) / 3) ** 2 == pytest.approx(1) for row, col in outline)


def test_the_ellipse_of_a_box_touches_its_sides() -> None:
    assert ellipse_in_box((10, 30), (4, 10)) == ((7, 20), (7, 30), (10, 20))


def test_a_corner_is_dragged_and_the_opposite_one_stays() -> None:
    box = make("rectangle", (0, 0), (10, 20))

    for handle, stays in enumerate([(10, 20), (10, 0), (0, 0), (0, 20)]):
        assert with_handle(box, handle, (3, 7), pixel=SQUARE).points == (stays, (3, 7))


def test_an_end_of_the_first_axis_turns_and_stretches_and_the_width_stays_in_millimetres() -> None:
    ellipse = make("ellipse", (50, 50), (50, 70), (40, 50))

    # 40 rows of 0.5 mm straight down: the first axis is 20 mm, the second still 5 mm and now across.
    turned = with_handle(ellipse, 0, (90, 50), pixel=UNEVEN).points

    assert turned[1] == pytest.approx((90, 50))
    assert turned[2] == pytest.approx((50, 55)) or turned[2] == pytest.approx((50, 45))


def test_the_far_end_of_an_axis_is_its_mirror() -> None:
    ellipse = make("ellipse", (50, 50), (50, 70), (40, 50))
    ends = handles_of(ellipse)

    assert ends == ((50, 70), (50, 30), (40, 50), (60, 50))
    assert with_handle(ellipse, 1, (50, 10), pixel=SQUARE).points[1] == pytest.approx((50, 90))
    assert with_handle(ellipse, 3, (75, 66), pixel=SQUARE).points == ((50, 50), (50, 70), (25, 50))


def test_a_nearly_straight_axis_is_straight() -> None:
    ellipse = make("ellipse", (50, 50), (50, 70), (40, 50))

    assert with_handle(ellipse, 0, (50.8, 80), pixel=SQUARE).points[1][0] == pytest.approx(50)
    assert with_handle(ellipse, 0, (53, 80), pixel=SQUARE).points[1][0] == pytest.approx(53)


def test_an_ellipse_never_becomes_a_line() -> None:
    ellipse = make("ellipse", (50, 50), (50, 70), (40, 50))

    for handle in range(4):
        assert not is_void(with_handle(ellipse, handle, (50, 50), pixel=SQUARE))


def test_a_grip_of_an_outline_pulls_its_neighbourhood_only() -> None:
    outline = make("freehand", *CIRCLE)
    grips = handles_of(outline)
    row, col = grips[3]

    pulled = with_handle(outline, 3, (row + 6, col), pixel=SQUARE).points

    assert len(grips) == 12
    assert pulled[15] == pytest.approx((row + 6, col))
    assert pulled[14][0] - CIRCLE[14][0] == pytest.approx(6 * (1 + math.cos(math.pi / 5)) / 2)
    assert [index for index in range(60) if pulled[index] != CIRCLE[index]] == list(range(11, 20))


def test_a_measurement_stops_at_the_edge_of_the_image() -> None:
    length = make("length", (10, 10), (20, 30))

    assert shifted(length, (-50, 5), (100, 100)).points == ((0, 15), (10, 35))
    assert shifted(length, (200, 200), (100, 100)).points == ((90, 80), (100, 100))
    assert shifted(make("point", (10, 10)), (1, -20), (100, 100)).points == ((11, 0),)


def test_what_lies_outside_already_does_not_jump() -> None:
    wide = make("ellipse", (10, 10), (10, 30), (15, 10))

    # Its left end is at column -10: it may go right, not further left.
    assert shifted(wide, (0, -5), (100, 100)).points[0] == (10, 10)
    assert shifted(wide, (0, 5), (100, 100)).points[0] == (10, 15)


def test_points_are_kept_within_the_pixels_of_the_image() -> None:
    row, col = inside_image((-3, 512), (512, 512))

    assert row == 0
    assert math.floor(col) == 511
    assert col == pytest.approx(512)


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        ("length", ((1, 1), (1, 1))),
        ("angle", ((0, 0), (1, 1), (1, 1))),
        ("cobb", ((0, 0), (1, 1), (2, 2), (2, 2))),
        ("rectangle", ((0, 0), (0, 9))),
        ("ellipse", ((5, 5), (5, 9), (5, 5))),
        ("freehand", ((0, 0), (0, 5), (0, 9))),
    ],
)
def test_what_has_nothing_to_measure_is_void(kind: str, points: tuple[Point, ...]) -> None:
    assert is_void(make(kind, *points))


def test_two_end_plates_may_touch() -> None:
    assert not is_void(make("cobb", (0, 0), (1, 1), (1, 1), (2, 5)))
    assert not is_void(make("point", (0, 0)))
