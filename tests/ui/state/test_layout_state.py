"""The layout: what is seen, what is acted on, and what all viewports agree on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.builders import make_image
from ui.state.layout_state import PER_PANE, LayoutState, Pane
from ui.state.view_state import CornerText, Tool

pytestmark = pytest.mark.gui


@pytest.fixture
def layout(application: QApplication) -> LayoutState:
    return LayoutState()


def test_two_rows_and_three_columns_show_six_viewports(layout: LayoutState) -> None:
    layout.set_shape((2, 3))

    assert layout.shown() == (0, 1, 2, 3, 4, 5)
    assert layout.shown(Pane.SECOND) == (PER_PANE,)


def test_a_shape_is_kept_within_three_by_three(layout: LayoutState) -> None:
    layout.set_shape((9, 0))

    assert layout.shape == (3, 1)


def test_one_up_shows_the_active_viewport_and_back_again(layout: LayoutState) -> None:
    layout.set_shape((2, 2))
    layout.activate(3)

    layout.toggle_one_up()
    shown_alone = layout.shown()
    layout.toggle_one_up()

    assert shown_alone == (3,)
    assert layout.shown() == (0, 1, 2, 3)


def test_going_on_to_another_viewport_ends_one_up(layout: LayoutState) -> None:
    layout.set_shape((1, 2))
    layout.toggle_one_up()

    layout.activate_next(1)

    assert layout.active_index == 1
    assert layout.shown() == (0, 1)


def test_a_viewport_that_goes_out_of_sight_is_no_longer_active_and_keeps_its_image(layout: LayoutState) -> None:
    image = make_image()
    layout.set_shape((2, 2))
    layout.activate(3)
    layout.active.show_image(image)

    layout.set_shape((1, 1))

    assert layout.active_index == 0
    assert layout.views[3].image is image


def test_all_viewports_agree_on_tool_corner_text_and_overlay(layout: LayoutState) -> None:
    layout.views[1].set_tool(Tool.PAN)
    layout.views[2].set_corner_text(CornerText.NONE)
    layout.views[PER_PANE].set_overlay_opacity(0.3)

    assert {view.tool for view in layout.views} == {Tool.PAN}
    assert {view.corner_text for view in layout.views} == {CornerText.NONE}
    assert {view.overlay_opacity for view in layout.views} == {0.3}
