"""Where stored pixels come to lie on the screen."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from tests.ui.viewer.builders import CHEST, make_image, make_view
from ui.state.orientation import Orientation
from ui.state.view_state import ViewState
from ui.viewer.placement import place, zoom_about

EIGHT = [Orientation(turns, is_mirrored) for turns, is_mirrored in product(range(4), (False, True))]


def turned(view: ViewState, orientation: Orientation) -> ViewState:
    if orientation.is_mirrored:
        view.flip_horizontal()
    for _ in range(orientation.turns):
        view.rotate()
    return view


def test_a_wide_image_fills_the_width_and_is_centred() -> None:
    view = make_view(make_image(np.zeros((1, 100, 200), np.int16)))

    placement = place(view, 400, 400)

    assert placement.scale == 2.0
    assert placement.to_screen.map(QPointF(0, 0)) == QPointF(0, 100)
    assert placement.to_screen.map(QPointF(200, 100)) == QPointF(400, 300)


def test_tall_pixels_are_shown_tall() -> None:
    tall = replace(CHEST, spacing_mm=(float("nan"), 2.0, 1.0))
    view = make_view(make_image(np.zeros((1, 100, 100), np.int16), geometry=tall))

    placement = place(view, 200, 200)

    assert placement.scale == 1.0
    assert placement.to_screen.map(QPointF(50, 0)) == QPointF(100, 0)
    assert placement.to_screen.map(QPointF(100, 100)) == QPointF(150, 200)


def test_a_quarter_turn_brings_the_left_edge_to_the_top() -> None:
    view = make_view(make_image(np.zeros((1, 100, 200), np.int16)))
    view.rotate()

    placement = place(view, 100, 200)

    # Clockwise: what was left (column 0, middle row) is now in the middle of the top.
    assert placement.to_screen.map(QPointF(0, 50)) == QPointF(50, 0)


@pytest.mark.parametrize("orientation", EIGHT)
def test_the_transform_agrees_with_the_orientation(orientation: Orientation) -> None:
    view = turned(make_view(make_image(np.zeros((1, 100, 200), np.int16))), orientation)
    transform = place(view, 300, 300).to_screen

    way = transform.map(QPointF(101, 50)) - transform.map(QPointF(100, 50))

    assert view.orientation == orientation
    expected = orientation.to_screen(1, 0)
    assert (way.x() / 1.5, way.y() / 1.5) == pytest.approx(expected)


@pytest.mark.parametrize("orientation", EIGHT)
def test_zooming_keeps_the_pixel_under_the_pointer(orientation: Orientation) -> None:
    view = turned(make_view(make_image(np.zeros((1, 100, 200), np.int16))), orientation)
    view.set_pan(3, -7)
    pointer = QPointF(71, 133)
    before = place(view, 300, 200).to_image(pointer)

    zoom_about(view, 2.5, pointer, (300, 200))

    after = place(view, 300, 200).to_image(pointer)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


@pytest.mark.parametrize("turn", [ViewState.rotate, ViewState.flip_horizontal, ViewState.flip_vertical])
def test_turning_keeps_the_middle_of_the_view(turn: object) -> None:
    view = make_view(make_image(np.zeros((1, 100, 200), np.int16)))
    view.set_zoom(3)
    view.set_pan(20, -10)
    before = place(view, 300, 300).to_image(QPointF(150, 150))

    turn(view)  # type: ignore[operator]

    after = place(view, 300, 300).to_image(QPointF(150, 150))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_outside_the_image_there_is_no_pixel() -> None:
    placement = place(make_view(make_image(np.zeros((1, 100, 200), np.int16))), 400, 400)

    assert placement.pixel_at(QPointF(10, 99)) is None
    assert placement.pixel_at(QPointF(399, 101)) == (0, 199)
