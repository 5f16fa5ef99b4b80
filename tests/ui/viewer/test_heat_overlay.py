"""The heat map lies where its cells lie in the stored image, however the view is turned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from medmm.core.heat_map import HeatMap
from tests.ui.viewer.builders import make_image, make_view, paint
from tests.ui.viewer.test_placement import EIGHT, turned
from ui import theme
from ui.state.orientation import Orientation
from ui.viewer.heat_colors import heat_colors
from ui.viewer.heat_overlay import HeatLook, caption, to_rgba
from ui.viewer.painting import Overlay

ROWS, COLS = 48, 64
# Columns of the grid run along the rows of the image, backwards; a cell is 4 rows by 3 columns; cropped at (40, 10).
TRANSPOSED = np.array([[0.0, -4.0, 40.0], [3.0, 0.0, 10.0], [0.0, 0.0, 1.0]])


def make_map() -> HeatMap:
    values = np.zeros((16, 9), np.float32)
    values[5, 2] = 0.9  # rows 40 - 3 * 4 .. 40 - 2 * 4 = 28..32, columns 10 + 5 * 3 .. 10 + 6 * 3 = 25..28
    return HeatMap(values, TRANSPOSED, (4, 10, 40, 58), scale_logits=0.5)


def box(is_there: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    rows, cols = np.flatnonzero(is_there.any(axis=1)), np.flatnonzero(is_there.any(axis=0))
    return int(rows[0]), int(rows[-1]), int(cols[0]), int(cols[-1])


@pytest.mark.parametrize("orientation", EIGHT)
def test_a_marked_cell_covers_its_pixels_under_zoom_pan_flip_and_turn(
    application: object, orientation: Orientation
) -> None:
    stored = np.zeros((1, ROWS, COLS), np.uint8)
    stored[0, 28:32, 25:28] = 255
    marked = turned(make_view(make_image(stored)), orientation)
    plain = turned(make_view(make_image(np.zeros_like(stored) + np.arange(COLS, dtype=np.uint8))), orientation)
    for view in (marked, plain):
        view.set_zoom(2.0)
        view.set_pan(4, 3)
    plain.set_overlay_opacity(1.0)
    plain.toggle_overlay()

    marker = box((paint(marked, 640, 760) == 255).all(axis=2))
    heat = box((paint(plain, 640, 760, overlay=Overlay(make_map(), "Nodule")) == heat_colors()[255]).all(axis=2))

    # The outlines of the cells take up to two pixels of each side.
    assert heat == pytest.approx(marker, abs=2)
    assert marker[1] - marker[0] > 40


def test_the_overlay_is_off_at_first(application: object) -> None:
    view = make_view(make_image(np.zeros((1, ROWS, COLS), np.uint8)))

    shown = paint(view, 320, 260, overlay=Overlay(make_map(), "Nodule"))

    assert not (shown == heat_colors()[255]).all(axis=2).any()


def test_evidence_beyond_the_body_is_told_in_amber_over_the_image(application: object) -> None:
    view = make_view(make_image(np.zeros((1, ROWS, COLS), np.uint8)))
    view.toggle_overlay()
    color = theme.color(theme.WARNING)

    def amber(outside: float | None) -> int:
        heatmap = replace(make_map(), values=np.zeros((16, 9), np.float32), outside=outside)
        shown = paint(view, 640, 520, overlay=Overlay(heatmap, "Nodule")).astype(int)
        return int((np.abs(shown - (color.red(), color.green(), color.blue())).max(axis=2) < 12).sum())

    # "Research use only" stands there in amber, too.
    assert amber(0.3) == amber(None)
    assert amber(0.8) > amber(None) + 50


def test_another_slice_carries_no_map(application: object) -> None:
    view = make_view(make_image(np.zeros((3, ROWS, COLS), np.uint8)))
    view.set_slice(2)
    view.toggle_overlay()

    shown = paint(view, 320, 260, overlay=Overlay(make_map(), "Nodule"))

    assert not (shown == heat_colors()[255]).all(axis=2).any()


def test_cells_are_coloured_on_the_models_scale_not_on_their_own_maximum() -> None:
    weak = HeatMap(np.array([[0.0, 0.1, 0.25]], np.float32), np.eye(3), (0, 0, 1, 1), scale_logits=0.5)

    colored = to_rgba(weak, HeatLook(1.0, 0.0))

    assert colored[0, 0, 3] == 0
    assert tuple(colored[0, 2, :3]) == tuple(heat_colors()[128])
    # 0.4 + 0.6 * 0.5 of the opacity at half the scale.
    assert int(colored[0, 2, 3]) == pytest.approx(0.7 * 255, abs=1)


def test_the_threshold_clears_weaker_cells() -> None:
    weak = HeatMap(np.array([[0.1, 0.25]], np.float32), np.eye(3), (0, 0, 1, 1), scale_logits=0.5)

    alpha = to_rgba(weak, HeatLook(1.0, 0.2))[0, :, 3]

    assert alpha[0] == 0
    assert alpha[1] > 0


def test_the_caption_names_finding_method_and_resolution() -> None:
    assert caption(make_map(), "Nodule") == "Nodule · Grad-CAM (fusion head) · map resolution 16×9"
    assert caption(make_map(), "Nodule · Grad-CAM (fusion head)").count("Grad-CAM") == 1


@pytest.mark.parametrize("name", ["inferno", "cividis"])
def test_lightness_of_the_scales_rises_without_a_step_back(name: str) -> None:
    luminance = heat_colors(name).astype(float) @ (0.2126, 0.7152, 0.0722)

    assert (np.diff(luminance) >= -0.5).all()
    assert luminance[-1] > 200
    assert luminance[0] < 35


def test_an_overlay_takes_the_colours_of_the_settings() -> None:
    whole = HeatMap(np.array([[0.5]], np.float32), np.eye(3), (0, 0, 1, 1), scale_logits=0.5)

    # The upper end of cividis as published.
    assert tuple(to_rgba(whole, HeatLook(1.0, 0.0, "cividis"))[0, 0, :3]) == (254, 232, 56)
