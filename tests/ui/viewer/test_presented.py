"""An image seen as a presentation state says: turn, greys, area, drawings, and the way back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from medmm.core.document import ObjectReference
from medmm.core.image import Window
from medmm.core.planes import Graphic, GraphicKind
from medmm.core.presentation import Annotation, DisplayedArea, PresentationState, PresentedVoi
from tests.ui.viewer.builders import SITUATION, make_image, make_view, paint
from ui import theme
from ui.state.orientation import Orientation
from ui.state.presented import with_presentation
from ui.state.view_state import ViewState
from ui.viewer.corner_text import write_corners
from ui.viewer.placement import place
from ui.viewer.render import current_voi
from ui.viewer.slice_pixels import SlicePixels

STACK = np.full((3, 40, 60), 100, np.uint16)
# Names the slices that the builder calls 1.2.0 and 1.2.1, not the third one.
STATE = PresentationState(
    Path("state"),
    uid="1.9",
    label="READ",
    description="First reading",
    creator="READER^ONE",
    created="20260103",
    references=(ObjectReference("", "1.2.0"), ObjectReference("", "1.2.1")),
    vois=(PresentedVoi(Window(100, 50)),),
)


def seen_with(state: PresentationState, *, slice_index: int = 1) -> ViewState:
    view = make_view(make_image(STACK, photometric_interpretation="MONOCHROME1"))
    view.set_slice(slice_index)
    view.show(with_presentation(view.shown, state))
    return view


def words_of(view: ViewState) -> list[tuple[str, str]]:
    assert view.shown.seen is not None
    corners = write_corners(view, SlicePixels(view.shown.seen, view.slice_index), SITUATION)
    return [(line.text, line.color) for line in corners.bottom_left]


@pytest.mark.parametrize(
    ("turns", "is_mirrored", "expected"),
    [
        (1, False, Orientation(1, False)),
        # Turned clockwise and then mirrored is mirrored and then turned the other way.
        (1, True, Orientation(3, True)),
        (0, True, Orientation(0, True)),
    ],
)
def test_the_state_turns_the_view_and_a_reset_comes_back_to_it(
    turns: int, is_mirrored: bool, expected: Orientation
) -> None:
    view = seen_with(replace(STATE, quarter_turns=turns, is_mirrored=is_mirrored))
    assert view.orientation == expected

    view.rotate()
    view.reset()

    assert view.orientation == expected


def test_the_window_is_the_states_until_the_user_chooses_another() -> None:
    view = seen_with(STATE)
    assert view.shown.seen is not None
    pixels = SlicePixels(view.shown.seen, 1)
    assert current_voi(view, pixels) == Window(100, 50)

    view.set_voi(Window(7, 9))

    assert current_voi(view, pixels) == Window(7, 9)


def test_the_polarity_is_stated_once(application: object) -> None:
    dark = seen_with(replace(STATE, vois=(PresentedVoi(Window(150, 60)),)))
    light = seen_with(replace(STATE, vois=(PresentedVoi(Window(150, 60)),), is_inverse=True))

    assert paint(dark, 600, 400)[200, 300].max() == 0
    assert paint(light, 600, 400)[200, 300].min() == 255


def test_a_slice_that_the_state_does_not_name_is_seen_as_the_file_says() -> None:
    view = seen_with(STATE)

    view.set_slice(2)

    assert view.shown.seen is view.image
    assert ("not for this slice", theme.WARNING) in words_of(view)


def test_the_corner_names_the_source_and_what_is_missing() -> None:
    words = words_of(seen_with(replace(STATE, lost=("1 graphics of a kind that is not drawn",))))

    assert ("presentation: First reading (READER ONE 3 Jan 2026)", theme.WARNING) in words
    assert ("1 graphics of a kind that is not drawn", theme.WARNING) in words


def test_the_displayed_area_fills_the_view() -> None:
    view = seen_with(replace(STATE, areas=(DisplayedArea((31, 11), (60, 30)),)))

    placement = place(view, 600, 400)

    assert placement.scale == pytest.approx(20)
    assert placement.to_screen.map(30.0, 10.0) == pytest.approx((0, 0))


def test_magnify_means_pixels_of_the_screen_for_each_of_the_image() -> None:
    view = seen_with(replace(STATE, areas=(DisplayedArea((1, 1), (60, 40), "MAGNIFY", 3.0),)))

    assert place(view, 600, 400).scale == pytest.approx(3)


DRAWINGS = {
    # kind: (points in pixels of the image, a place of the screen on the line, one off it); ten screen pixels a column
    GraphicKind.POLYLINE: (((10, 10), (30, 10), (30, 30)), (200, 100), (200, 200)),
    GraphicKind.CIRCLE: (((30, 20), (40, 20)), (300, 100), (300, 200)),
    GraphicKind.ELLIPSE: (((10, 20), (50, 20), (30, 15), (30, 25)), (300, 150), (300, 200)),
    GraphicKind.POINT: (((30, 20),), (300, 200), (300, 250)),
    GraphicKind.INTERPOLATED: (((10, 20), (30, 20), (50, 20)), (300, 200), (300, 250)),
}


@pytest.mark.parametrize("kind", DRAWINGS)
def test_a_graphic_is_drawn_at_its_pixels_and_can_be_hidden(application: object, kind: GraphicKind) -> None:
    points, on_line, off_line = DRAWINGS[kind]
    view = seen_with(
        replace(STATE, vois=(PresentedVoi(Window(300, 50)),), annotations=(Annotation((Graphic(kind, points),)),))
    )

    shown = paint(view, 600, 400)
    assert shown[on_line[1] - 1 : on_line[1] + 2, on_line[0] - 1 : on_line[0] + 2].max() > 150
    assert shown[off_line[1], off_line[0]].max() == 0

    view.toggle_graphics()
    assert paint(view, 600, 400)[on_line[1], on_line[0]].max() == 0


def test_a_text_stands_upright_in_its_box_whatever_the_turn(application: object) -> None:
    text = Graphic(GraphicKind.TEXT, ((20, 10), (50, 20)), text="IIIIIIII")
    view = seen_with(replace(STATE, vois=(PresentedVoi(Window(300, 50)),), annotations=(Annotation((text,)),)))
    view.rotate()

    lit = paint(view, 400, 600).max(axis=2) > 150

    # Turned clockwise the box lies from row 200 to 500 and column 200 to 300; the line of text is wider than high.
    rows, cols = np.nonzero(lit[195:400, 195:330])
    assert 0 < rows.max() - rows.min() < 20 < cols.max() - cols.min()


def test_none_goes_back_to_the_file() -> None:
    view = seen_with(replace(STATE, quarter_turns=1))

    view.show(with_presentation(view.shown, None))

    assert view.shown.seen is view.image
    assert view.orientation == Orientation()
    assert view.slice_index == 1
