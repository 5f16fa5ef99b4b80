"""The view state keeps its values within bounds and tells what changed."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.core.image import Window
from tests.ui.viewer.builders import make_image, make_view
from ui.state.orientation import Orientation
from ui.state.view_state import MAX_ZOOM, MIN_ZOOM, ViewState

STACK = make_image(np.zeros((9, 4, 6), np.int16))


def test_a_stack_opens_at_its_middle_slice_and_a_film_at_its_only_one() -> None:
    assert make_view(STACK).slice_index == 4
    assert make_view(make_image(np.zeros((1, 4, 6), np.int16))).slice_index == 0


def test_slices_stop_at_the_ends_without_a_signal() -> None:
    view = make_view(STACK)
    view.set_slice(99)
    told: list[int] = []
    view.slice_changed.connect(told.append)

    view.set_slice(100)

    assert view.slice_index == 8
    assert told == []


def test_zoom_keeps_within_its_bounds() -> None:
    view = make_view(STACK)

    view.set_zoom(1e9)
    highest = view.zoom
    view.set_zoom(0)

    assert (highest, view.zoom) == (MAX_ZOOM, MIN_ZOOM)


def test_the_next_image_begins_with_the_overlay_off_and_everything_at_its_start() -> None:
    view = make_view(STACK)
    view.toggle_overlay()
    view.set_voi(Window(1, 2))
    view.rotate()
    view.set_zoom(3)
    view.invert()

    view.show_image(STACK)

    assert not view.is_overlay_shown
    assert (view.voi, view.orientation, view.zoom, view.is_inverted) == (None, Orientation(), 1.0, False)


def test_reset_keeps_the_slice() -> None:
    view = make_view(STACK)
    view.set_slice(7)
    view.flip_vertical()
    view.set_pan(5, 5)

    view.reset()

    assert (view.slice_index, view.orientation, view.pan) == (7, Orientation(), (0.0, 0.0))


def test_letting_go_of_the_key_leaves_an_overlay_that_was_switched_on() -> None:
    view = make_view(STACK)
    view.toggle_overlay()

    view.hold_overlay(True)
    view.hold_overlay(False)

    assert view.is_overlay_shown


@pytest.mark.parametrize("turn", [ViewState.flip_horizontal, ViewState.flip_vertical])
def test_flipping_twice_is_no_flip(turn: object) -> None:
    view = make_view(STACK)
    view.rotate()
    before = (view.orientation, view.pan)

    turn(view)  # type: ignore[operator]
    turn(view)  # type: ignore[operator]

    assert (view.orientation, view.pan) == before


def test_both_flips_are_half_a_turn() -> None:
    assert Orientation().flipped_horizontally().flipped_vertically() == Orientation(2, False)
