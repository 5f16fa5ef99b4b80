"""Linked scrolling and cine on real states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from medmm.core.image import ImageGeometry, MedicalImage
from medmm.imaging.geometry import make_affine
from tests.ui.builders import make_image
from ui.state.cine import Cine
from ui.state.layout_state import LayoutState
from ui.state.linking import Linking

pytestmark = pytest.mark.gui
AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def make_axial(n_slices: int, step_mm: float, *, frame: str = "1.2") -> MedicalImage:
    affine = make_affine(AXIAL, (0, 0, 0), np.array([0, 0, step_mm]), (1, 1))
    return replace(make_image(n_slices=n_slices), geometry=ImageGeometry(affine=affine, frame_of_reference_uid=frame))


@pytest.fixture
def layout(application: QApplication) -> LayoutState:
    made = LayoutState()
    made.set_shape((1, 3))
    made.views[0].show_image(make_axial(20, 1.0))
    made.views[1].show_image(make_axial(5, 4.0))
    made.views[2].show_image(make_axial(20, 1.0, frame="9.9"))
    return made


def test_scrolling_takes_a_parallel_series_along_by_millimetres(layout: LayoutState) -> None:
    Linking(layout)

    layout.views[0].set_slice(8)

    assert [view.slice_index for view in layout.views[:3]] == [8, 2, 10]


def test_unlinked_series_stay_where_they_are(layout: LayoutState) -> None:
    linking = Linking(layout)
    linking.toggle()

    layout.views[0].set_slice(16)

    assert layout.views[1].slice_index == 2


def test_a_series_that_is_opened_moves_no_other(layout: LayoutState) -> None:
    Linking(layout)
    layout.views[0].set_slice(0)

    layout.views[1].show_image(make_axial(5, 4.0))

    assert layout.views[0].slice_index == 0


def test_a_viewport_out_of_sight_is_not_scrolled(layout: LayoutState) -> None:
    Linking(layout)
    layout.set_shape((1, 1))

    layout.views[0].set_slice(0)

    assert layout.views[1].slice_index == 2


def test_cine_goes_round_at_the_rate_that_the_file_recommends(
    layout: LayoutState, spin: Callable[[Callable[[], bool]], bool]
) -> None:
    image = make_axial(3, 1.0)
    layout.active.show_image(replace(image, header=replace(image.header, frame_rate="50")))
    cine, seen = Cine(layout), list[int]()
    layout.active.slice_changed.connect(seen.append)

    cine.toggle()

    assert cine.rate == 50
    assert spin(lambda: len(seen) >= 4)
    assert seen[:4] == [2, 0, 1, 2]
    cine.toggle()
    assert not cine.is_playing


def test_cine_stops_when_another_image_comes(layout: LayoutState) -> None:
    cine = Cine(layout)
    cine.toggle()

    layout.active.show_image(make_axial(4, 1.0))

    assert not cine.is_playing


def test_the_rate_goes_in_steps_and_stops_at_the_last(layout: LayoutState) -> None:
    cine = Cine(layout)

    cine.change_rate(1)
    faster = cine.rate
    for _ in range(20):
        cine.change_rate(-1)

    assert (faster, cine.rate) == (15.0, 1.0)


def test_a_single_film_cannot_be_played(layout: LayoutState) -> None:
    layout.active.show_image(make_image())
    cine = Cine(layout)

    cine.toggle()

    assert not cine.is_playing
