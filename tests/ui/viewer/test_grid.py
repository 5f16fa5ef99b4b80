"""The grid of viewports with real events: a click chooses, a double click fills the pane, keys act on the chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.builders import make_image
from ui.state.layout_state import LayoutState
from ui.viewer.grid import ViewportGrid

pytestmark = pytest.mark.gui


@pytest.fixture
def grid(application: QApplication) -> Iterator[ViewportGrid]:
    layout = LayoutState()
    made = ViewportGrid(layout)
    layout.setParent(made)
    made.resize(800, 600)
    made.show()
    layout.set_shape((2, 2))
    for index in layout.shown():
        layout.views[index].show_image(make_image(n_slices=5))
    application.processEvents()
    yield made
    made.close()
    made.deleteLater()
    application.processEvents()


def state_of(grid: ViewportGrid) -> LayoutState:
    found = grid.findChild(LayoutState)
    assert found is not None
    return found


def test_a_canvas_of_a_viewport_out_of_sight_does_not_come_up_with_the_window(application: QApplication) -> None:
    layout = LayoutState()
    grid = ViewportGrid(layout)

    # An image comes for a viewport that the layout does not show at present.
    canvas = grid.canvas(3)
    grid.show()
    application.processEvents()

    assert not canvas.isVisible()
    assert grid.canvas(0).isVisible()
    grid.close()
    grid.deleteLater()
    layout.deleteLater()


def test_four_canvases_share_the_room_equally(grid: ViewportGrid) -> None:
    sizes = {(canvas.width(), canvas.height()) for canvas in grid.canvases}

    assert len(grid.canvases) == 4
    assert sizes == {(399, 299)}


def test_a_click_makes_a_viewport_the_active_one_and_keys_act_on_it_alone(grid: ViewportGrid) -> None:
    layout, canvas = state_of(grid), grid.canvas(2)

    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton)
    QTest.keyClick(canvas, Qt.Key.Key_I)

    assert layout.active_index == 2
    assert [view.is_inverted for view in layout.views[:4]] == [False, False, True, False]


def test_a_double_click_fills_the_pane_and_another_brings_the_neighbours_back(
    application: QApplication, grid: ViewportGrid
) -> None:
    canvas = grid.canvas(1)

    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    alone = [c.isVisible() for c in grid.canvases]
    application.processEvents()
    width_alone = canvas.width()
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    application.processEvents()

    assert alone == [False, True, False, False]
    assert (width_alone, canvas.width()) == (800, 399)
    assert all(c.isVisible() for c in grid.canvases)
