"""Overlays and shutters on the screen: where they belong under every turn, and gone when switched off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from medmm.core.image import MedicalImage
from medmm.core.planes import Planes, Shutter, make_overlay
from tests.ui.viewer.builders import SITUATION, make_image, make_view, paint
from ui.state.view_state import ViewState
from ui.viewer.corner_text import write_corners
from ui.viewer.slice_pixels import SlicePixels

GREY = np.full((1, 40, 60), 128, np.uint8)
MARK = np.zeros((8, 6), bool)
MARK[:, 0] = MARK[0] = True


def image_with(planes: Planes) -> MedicalImage:
    image = make_image(GREY)
    return replace(image, instances=(replace(image.instances[0], planes=planes),))


def with_overlay() -> ViewState:
    return make_view(image_with(Planes((make_overlay(MARK, origin=(10, 20), label="MARKS"),))))


def words_of(view: ViewState) -> list[str]:
    assert view.image is not None
    corners = write_corners(view, SlicePixels(view.image, 0), SITUATION)
    return [line.text for line in corners.bottom_left]


def is_white(shown: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return shown.min(axis=2) > 225


@pytest.mark.parametrize("turn", ["rotate", "flip_horizontal", "flip_vertical"])
def test_an_overlay_turns_with_the_image(application: object, turn: str) -> None:
    view = with_overlay()
    getattr(view, turn)()
    sideways = view.orientation.is_sideways

    shown = is_white(paint(view, *((400, 600) if sideways else (600, 400))))

    placed = np.zeros((40, 60), bool)
    placed[10:18, 20:26] = MARK
    expected = {"rotate": np.rot90(placed, -1), "flip_horizontal": placed[:, ::-1], "flip_vertical": placed[::-1]}[turn]
    # Ten screen pixels a stored one: look at the middle of each, away from the letters at the edges.
    inner = (slice(5, -5), slice(5, -5))
    assert np.array_equal(shown[5::10, 5::10][inner], expected[inner])


def test_a_thin_line_stays_seen_when_the_image_is_small(application: object) -> None:
    bits = np.zeros((400, 400), bool)
    bits[:, 201] = True
    image = make_image(np.zeros((1, 400, 400), np.uint8))
    image = replace(image, instances=(replace(image.instances[0], planes=Planes((make_overlay(bits),))),))

    shown = is_white(paint(make_view(image), 100, 100))

    assert shown[30:55, 50].all()


def test_overlays_can_be_hidden_and_the_corner_says_so(application: object) -> None:
    view = with_overlay()
    assert "overlay 6000 MARKS" in words_of(view)

    view.toggle_graphics()

    assert not is_white(paint(view, 600, 400))[60:300, 60:500].any()
    assert "graphics hidden" in words_of(view)


def test_the_shutter_hides_the_outside_in_its_own_grey(application: object) -> None:
    view = make_view(image_with(Planes(shutter=Shutter(rectangle=(11, 50, 11, 30), p_value=65535))))

    shown = paint(view, 600, 400)

    assert (shown[:, 60:95][20:380] == 255).all()
    assert (shown[150:250, 105:495] < 200).all()


def test_the_shutter_is_not_inverted_with_the_image(application: object) -> None:
    view = make_view(image_with(Planes(shutter=Shutter(rectangle=(11, 50, 11, 30)))))

    view.invert()

    assert (paint(view, 600, 400)[60:80, 100:500] == 0).all()


def test_the_shutter_can_be_taken_away(application: object) -> None:
    view = make_view(image_with(Planes(shutter=Shutter(rectangle=(11, 50, 11, 30)))))

    view.toggle_shutter()

    assert (paint(view, 600, 400)[60:80, 100:500] > 0).all()
    assert "shutter off" in words_of(view)
