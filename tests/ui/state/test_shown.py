"""What a viewport shows can be kept and brought back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from medmm.core.image import Window
from tests.ui.viewer.builders import CHEST, make_image, make_view
from ui.viewer.placement import fit_scale

STACK = make_image(np.zeros((9, 40, 60), np.int16))


def test_what_was_shown_comes_back_as_it_was() -> None:
    view = make_view(STACK)
    view.set_slice(7)
    view.set_voi(Window(1, 2))
    view.rotate()
    view.set_zoom(3)
    view.set_pan(2, 1)
    view.invert()
    kept = view.shown
    told: list[int] = []
    view.show_image(make_image(np.zeros((1, 4, 6), np.int16)))
    view.slice_changed.connect(told.append)

    view.show(kept)

    assert view.shown == kept
    assert (view.image, view.slice_index, view.zoom, view.pan) == (STACK, 7, 3, (2, 1))
    assert told == [7]


def test_an_extent_keeps_the_magnification_whatever_the_size_of_the_image() -> None:
    geometry = replace(CHEST, spacing_mm=(1.0, 2.0, 2.0))
    view = make_view(make_image(np.zeros((1, 40, 60), np.int16), geometry=geometry))
    fitted = fit_scale(view, 300, 300)

    larger = make_image(np.zeros((1, 200, 200), np.int16), geometry=replace(geometry, spacing_mm=(1.0, 1.0, 1.0)))
    view.show(replace(view.shown, image=larger, extent_mm=(80.0, 120.0)))

    # Half the pixel size, the same millimetres on the screen.
    assert fit_scale(view, 300, 300) == fitted / 2
