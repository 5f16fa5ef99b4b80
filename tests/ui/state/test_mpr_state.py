"""Three linked planes: the crosshair moves them, they move the crosshair, and everything before comes back."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.core.image import Window
from medmm.imaging.crosshair import index_at, place_at
from medmm.imaging.prepared import prepare_volume
from medmm.imaging.reformat import Plane, orthogonal
from medmm.imaging.slabs import Projection, Slab
from tests.imaging.phantoms import make_phantom, make_volume
from tests.ui.viewer.builders import make_image
from ui.state.layout_state import LayoutState, Pane
from ui.state.linking import Linking
from ui.state.mpr_cuts import compute_all, reform
from ui.state.mpr_state import MprState
from ui.state.view_state import ViewState

VOLUME = make_volume(make_phantom())
WINDOW = Window(40, 400)
FILM = make_image(np.zeros((1, 4, 6), np.int16))


class Desk:
    """A layout that showed the volume, a film beside it, and now the planes."""

    def __init__(self) -> None:
        self.layout = LayoutState()
        self.layout.set_shape((1, 2))
        self.layout.views[0].show_image(VOLUME)
        self.layout.views[0].set_slice(6)
        self.layout.views[1].show_image(FILM)
        self.mpr = MprState(self.layout)
        self.start()

    def start(self) -> None:
        source = self.layout.views[0].shown
        self.mpr.start(reform(VOLUME), source, WINDOW, place_at(VOLUME, (source.slice_index, 5, 8)))

    def view(self, plane: Plane) -> ViewState:
        return self.mpr.views[plane]

    @property
    def point(self) -> list[float]:
        assert self.mpr.cuts is not None
        return list(index_at(VOLUME, self.mpr.cuts.crosshair.point_mm))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_three_planes_and_an_overview_open_at_the_point(desk: Desk) -> None:
    assert desk.layout.shape == (2, 2)
    for place, plane in enumerate((Plane.AXIAL, Plane.CORONAL, Plane.SAGITTAL)):
        view = desk.layout.views[place]
        stack = orthogonal(prepare_volume(VOLUME).image, plane)
        assert view is desk.view(plane)
        assert view.image is not None
        assert np.shares_memory(view.image.stored, VOLUME.stored)
        assert np.array_equal(view.image.stored, stack.stored)
        assert view.voi == WINDOW
        assert view.image.plane_words == plane.value
    # Sagittal planes run from the patient's left: column 8 of 14 is the sixth from there.
    assert [desk.view(plane).slice_index for plane in Plane] == [6, 5, 5]
    overview = desk.layout.views[3].image
    assert overview is not None
    assert overview.n_slices == 1


def test_moving_the_point_moves_the_planes(desk: Desk) -> None:
    desk.mpr.move_to(place_at(VOLUME, (2, 9, 3)))

    assert [desk.view(plane).slice_index for plane in Plane] == [2, 9, 10]


def test_scrolling_a_plane_moves_the_point_along_its_normal(desk: Desk) -> None:
    desk.view(Plane.SAGITTAL).set_slice(7)

    assert desk.point == pytest.approx([6, 5, 6])
    assert [desk.view(plane).slice_index for plane in Plane] == [6, 5, 7]


def test_planes_scroll_with_linked_series_elsewhere_and_not_with_each_other(desk: Desk) -> None:
    Linking(desk.layout)

    desk.view(Plane.AXIAL).set_slice(1)

    assert [desk.view(plane).slice_index for plane in Plane] == [1, 5, 5]


def test_turning_cuts_the_two_other_planes_anew(desk: Desk) -> None:
    axial = desk.view(Plane.AXIAL).image

    desk.mpr.turn(Plane.AXIAL, 30)

    assert desk.view(Plane.AXIAL).image is not None
    assert axial is not None
    assert np.array_equal(desk.view(Plane.AXIAL).image.stored, axial.stored)
    coronal = desk.view(Plane.CORONAL).image
    assert coronal is not None
    assert coronal.plane_words == "coronal, oblique 30°"
    assert coronal.geometry.affine[:3, 2] / coronal.geometry.spacing_mm[2] == pytest.approx(
        [np.cos(np.pi / 6), 0.5, 0], abs=1e-9
    )
    assert desk.point == pytest.approx([6, 5, 8])


def test_straightening_brings_the_stored_planes_back_and_keeps_the_point(desk: Desk) -> None:
    desk.mpr.turn(Plane.AXIAL, 30)
    desk.mpr.move_to(place_at(VOLUME, (2, 9, 3)))

    desk.mpr.straighten()

    image = desk.view(Plane.CORONAL).image
    assert image is not None
    assert np.shares_memory(image.stored, VOLUME.stored)
    assert [desk.view(plane).slice_index for plane in Plane] == [2, 9, 10]


def test_the_magnification_stays_while_planes_turn(desk: Desk) -> None:
    view = desk.view(Plane.CORONAL)
    view.set_zoom(2.0)
    view.set_pan(6.0, -3.0)
    extent, before = view.shown.extent_mm, view.image

    desk.mpr.turn(Plane.AXIAL, 30)

    assert view.shown.extent_mm == extent
    assert view.zoom == 2.0
    assert before is not None
    assert view.image is not None
    in_mm = [part * view.image.geometry.spacing_mm[2] for part in view.pan]
    assert in_mm == pytest.approx([part * before.geometry.spacing_mm[2] for part in (6.0, -3.0)])


def test_a_slab_is_shown_in_all_planes_and_named(desk: Desk) -> None:
    desk.mpr.set_slab(Slab(5.0, Projection.MINIMUM))

    image = desk.view(Plane.AXIAL).image
    assert image is not None
    assert np.array_equal(image.stored[4], make_phantom()[3:6].min(axis=0))
    assert image.plane_words == "axial, MinIP 5 mm"
    assert desk.view(Plane.SAGITTAL).slice_index == 5


def test_turned_slabs_are_coarse_until_the_fine_ones_are_computed(desk: Desk) -> None:
    told: list[bool] = []
    desk.mpr.fine_wanted.connect(lambda: told.append(True))
    desk.mpr.turn(Plane.AXIAL, 30)
    fine = desk.view(Plane.CORONAL).image
    desk.mpr.set_slab(Slab(3.0))

    coarse = desk.view(Plane.CORONAL).image
    cuts = desk.mpr.cuts
    assert told == [True]
    assert cuts is not None
    assert fine is not None
    assert coarse is not None
    assert coarse.geometry.spacing_mm[1] == pytest.approx(3 * fine.geometry.spacing_mm[1])
    desk.mpr.take_fine(cuts, compute_all(cuts))
    image = desk.view(Plane.CORONAL).image
    assert image is not None
    assert image.geometry.spacing_mm == pytest.approx(fine.geometry.spacing_mm)


def test_fine_planes_that_come_too_late_are_dropped(desk: Desk) -> None:
    desk.mpr.turn(Plane.AXIAL, 30)
    desk.mpr.set_slab(Slab(3.0))
    cuts = desk.mpr.cuts
    assert cuts is not None
    late = compute_all(cuts)
    desk.mpr.turn(Plane.AXIAL, 5)

    desk.mpr.take_fine(cuts, late)

    assert desk.view(Plane.CORONAL).image is not late[Plane.CORONAL]


def test_the_window_is_one_for_all_three(desk: Desk) -> None:
    desk.view(Plane.SAGITTAL).set_voi(Window(1, 2))
    desk.view(Plane.AXIAL).invert()

    for plane in Plane:
        assert desk.view(plane).voi == Window(1, 2)
        assert desk.view(plane).is_inverted


def test_leaving_brings_back_what_was_shown_before(desk: Desk) -> None:
    desk.mpr.stop()

    assert desk.layout.shape == (1, 2)
    assert (desk.layout.views[0].image, desk.layout.views[0].slice_index) == (VOLUME, 6)
    assert desk.layout.views[1].image is FILM
    assert desk.layout.views[2].image is None
    assert not desk.mpr.is_on


def test_another_image_in_one_of_the_viewports_ends_the_planes(desk: Desk) -> None:
    desk.view(Plane.CORONAL).show_image(VOLUME)

    assert not desk.mpr.is_on
    assert desk.layout.views[0].slice_index == 6
    assert desk.layout.views[1].image is VOLUME


def test_closing_the_patient_ends_the_planes(desk: Desk) -> None:
    desk.layout.clear()

    assert not desk.mpr.is_on
    assert all(view.image is None for view in desk.layout.views)


def test_planes_open_in_the_pane_that_is_acted_on() -> None:
    desk = Desk()
    desk.mpr.stop()
    desk.layout.views[9].show_image(VOLUME)
    desk.layout.activate(9)

    desk.start()

    assert desk.mpr.pane is Pane.SECOND
    assert desk.layout.shape_of(Pane.SECOND) == (2, 2)
    assert desk.view(Plane.CORONAL) is desk.layout.views[10]
