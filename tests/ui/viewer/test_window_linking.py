"""Windows of linked viewports: what goes over, by value, by name or by share, and what never does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPointF, Qt

from medmm.core.image import MedicalImage, StudyHeader, Window
from medmm.core.window_preset import WindowPreset
from tests.ui.viewer.builders import make_image
from ui.state.layout_state import LayoutState
from ui.state.linking import Linking
from ui.state.view_habits import ViewHabits
from ui.state.view_state import ViewState
from ui.state.window_choice import WindowChoice
from ui.viewer.presets import automatic_preset
from ui.viewer.slice_pixels import SlicePixels
from ui.viewer.tools import DragStart, WindowDrag
from ui.viewer.window_linking import WindowLinking
from ui.viewer.window_menu import choose, choose_by_digit

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("application")]
PRESETS = {
    "CT": (WindowPreset("Soft tissue", 400, 40), WindowPreset("Lung", 1500, -600)),
    "PT": (WindowPreset("SUV 0 to 6", 6, 3),),
}
RAMP = np.arange(1001, dtype=np.int16).reshape(1, 7, 143)


class Desk:
    """Two viewports side by side and what links them."""

    def __init__(self, first: MedicalImage, second: MedicalImage) -> None:
        self.owner = QObject()
        self.layout = LayoutState(self.owner)
        self.layout.set_habits(ViewHabits(presets=PRESETS))
        self.layout.set_shape((1, 2))
        self.linking = Linking(self.layout)
        self.following = WindowLinking(self.layout, self.linking, self.owner)
        self.first, self.second = self.layout.views[:2]
        self.first.show_image(first)
        self.second.show_image(second)


def make_series(modality: str, uid: str, *, units: str = "", step: int = 1) -> MedicalImage:
    header = StudyHeader(modality=modality, units=units, series_uid=uid)
    return make_image((RAMP * step).astype(np.int16), header=header)


def pixels_of(view: ViewState) -> SlicePixels:
    assert view.image is not None
    return SlicePixels(view.image, view.slice_index)


def drag(view: ViewState, window: Window, right: float, down: float) -> None:
    WindowDrag(view, DragStart(QPointF(0, 0), (300, 300), window)).to(
        QPointF(right, down), Qt.KeyboardModifier.NoModifier
    )


def test_a_digit_shows_every_ct_through_the_preset() -> None:
    desk = Desk(make_series("CT", "1", units="HU"), make_series("CT", "2", units="HU"))

    choose_by_digit(2, desk.first, pixels_of(desk.first))

    assert desk.second.voi == desk.first.voi == Window(-600, 1500, "Lung")


@pytest.mark.parametrize("modality", ["CR", "DX", "MR", "PT"])
def test_a_ct_preset_reaches_no_other_modality(modality: str) -> None:
    desk = Desk(make_series("CT", "1", units="HU"), make_series(modality, "2"))

    choose_by_digit(2, desk.first, pixels_of(desk.first))
    drag(desk.first, Window(40, 400), 30, 10)

    assert desk.second.voi is None


def test_a_ct_that_is_not_in_hu_gets_no_hu_window() -> None:
    desk = Desk(make_series("CT", "1", units="HU"), make_series("CT", "2", units="US"))

    choose_by_digit(1, desk.first, pixels_of(desk.first))

    assert desk.second.voi is None


def test_suv_windows_follow_by_each_images_own_factor() -> None:
    first, second = make_series("PT", "1", units="BQML"), make_series("PT", "2", units="BQML")
    first = replace(first, instances=(replace(first.instances[0], suv_factor=0.001),))
    second = replace(second, instances=(replace(second.instances[0], suv_factor=0.002),))
    desk = Desk(first, second)

    choose_by_digit(1, desk.first, pixels_of(desk.first))

    assert desk.first.voi == Window(3000, 6000, "SUV 0 to 6", "LINEAR_EXACT")
    assert desk.second.voi == Window(1500, 3000, "SUV 0 to 6", "LINEAR_EXACT")

    drag(desk.first, Window(2000, 4000, function="LINEAR_EXACT"), 0, 0)

    assert desk.second.voi == Window(1000, 2000, function="LINEAR_EXACT")


def test_the_automatic_window_is_that_of_each_image() -> None:
    desk = Desk(make_series("DX", "1"), make_series("DX", "2", step=4))

    choose(automatic_preset(), desk.first, pixels_of(desk.first))

    assert isinstance(desk.first.voi, Window)
    assert isinstance(desk.second.voi, Window)
    assert (desk.first.voi.center, desk.first.voi.width) == pytest.approx((500, 990))
    assert (desk.second.voi.center, desk.second.voi.width) == pytest.approx((2000, 3960))


def test_a_drag_gives_every_ct_the_same_window() -> None:
    desk = Desk(make_series("CT", "1", units="HU"), make_series("CT", "2", units="HU"))

    drag(desk.first, Window(40, 300), 30, 10)

    assert desk.second.voi == Window(50, 330)


def test_a_drag_changes_two_films_by_the_same_share_of_their_widths() -> None:
    desk = Desk(make_series("DX", "1"), make_series("DX", "2"))
    desk.second.set_voi(Window(2000, 600))

    drag(desk.first, Window(40, 300), 30, 10)

    # Width 300 to 330 is a tenth more; the level by 10 of 300 is 20 of 600.
    assert desk.second.voi == Window(2020, 660)


def test_back_to_the_own_window_goes_for_all_of_the_modality() -> None:
    desk = Desk(make_series("DX", "1"), make_series("DX", "2"))
    desk.second.set_voi(Window(2000, 600))

    desk.first.choose_window(WindowChoice(None))

    assert desk.second.voi is None


def test_unlinked_windows_stay_and_scrolling_stays_linked() -> None:
    desk = Desk(make_series("CT", "1", units="HU"), make_series("CT", "2", units="HU"))
    desk.linking.toggle_windows()

    choose_by_digit(2, desk.first, pixels_of(desk.first))

    assert desk.second.voi is None
    assert desk.linking.is_on


def test_windows_are_not_linked_while_nothing_is_and_linking_them_links_scrolling() -> None:
    desk = Desk(make_series("CT", "1", units="HU"), make_series("CT", "2", units="HU"))
    desk.linking.toggle()
    choose_by_digit(2, desk.first, pixels_of(desk.first))
    assert desk.second.voi is None

    desk.linking.toggle_windows()

    assert desk.linking.is_on
    assert desk.linking.has_windows


def test_a_viewport_out_of_sight_keeps_its_window() -> None:
    desk = Desk(make_series("CT", "1", units="HU"), make_series("CT", "2", units="HU"))
    desk.layout.set_shape((1, 1))

    choose_by_digit(2, desk.first, pixels_of(desk.first))

    assert desk.second.voi is None
