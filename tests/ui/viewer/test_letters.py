"""Orientation letters and the amber warning when the side is not stated."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from medmm.core.image import ImageGeometry
from medmm.core.quality import QualityNote, Severity
from medmm.imaging.geometry import EdgeLetters, orientation_letters
from tests.ui.viewer.builders import CHEST, make_image, make_view, paint
from ui import theme
from ui.state.view_state import ViewState
from ui.viewer.placement import place

BLANK = np.zeros((1, 300, 300), np.uint8)


def has_amber(geometry: ImageGeometry) -> bool:
    shown = paint(make_view(make_image(BLANK, geometry=geometry)), 300, 300)
    amber = theme.color(theme.WARNING)
    near = np.abs(shown[:40].astype(int) - (amber.red(), amber.green(), amber.blue())).max(axis=2)
    return bool((near < 12).any())


def test_an_unknown_side_is_said_in_amber(application: object) -> None:
    assert has_amber(ImageGeometry())


def test_research_use_and_geometry_trouble_are_painted_even_without_corner_texts(application: object) -> None:
    note = QualityNote("slices_missing", "2 slices are missing", Severity.WARNING)
    plain = paint(make_view(make_image(BLANK, geometry=CHEST)), 600, 300)
    marked = paint(make_view(make_image(BLANK, geometry=CHEST, notes=(note,))), 600, 300)

    # Both are painted with no corner text; the model and the warning of use stand at the lower right.
    assert plain[270:, 450:].max() > 200
    assert plain[270:, :140].max() == 0
    assert marked[270:, :140].max() > 200


def test_a_stated_side_is_a_letter_at_the_left_edge(application: object) -> None:
    shown = paint(make_view(make_image(BLANK, geometry=CHEST)), 300, 300)

    assert not has_amber(CHEST)
    assert shown[130:155, 8:30].max() > 200


OPPOSITE = {"L": "R", "R": "L", "A": "P", "P": "A", "H": "F", "F": "H"}
PAIRS = [(row, column) for row in OPPOSITE for column in OPPOSITE if column not in (row, OPPOSITE[row])]
GESTURES = ["rotate", "flip_horizontal", "flip_vertical"]


def sides_on_screen(view: ViewState) -> EdgeLetters:
    """Find each side of the stored image where the view's own transform puts it."""
    assert view.image is not None
    geometry, to_screen = view.image.geometry, place(view, 300, 300).to_screen
    row, column = geometry.row_direction, geometry.column_direction
    middles = {(300, 150): row, (0, 150): OPPOSITE[row], (150, 300): column, (150, 0): OPPOSITE[column]}
    found = {}
    for middle, letter in middles.items():
        x, y = to_screen.map(float(middle[0]), float(middle[1]))
        found[round(x), round(y)] = letter
    return EdgeLetters(found[0, 150], found[150, 0], found[300, 150], found[150, 300])


def walks() -> list[tuple[str, ...]]:
    """Every walk of up to three gestures: together they reach all eight flips and turns, each in several ways."""
    return [walk for n in range(4) for walk in itertools.product(GESTURES, repeat=n)]


@pytest.mark.parametrize(("row", "column"), PAIRS)
def test_the_letters_are_where_the_gestures_bring_the_sides(row: str, column: str) -> None:
    geometry = ImageGeometry(row_direction=row, column_direction=column)
    reached = set()
    for walk in walks():
        view = make_view(make_image(BLANK, geometry=geometry))
        for gesture in walk:
            getattr(view, gesture)()
        reached.add(view.orientation)
        found = orientation_letters(
            geometry, quarter_turns=view.orientation.turns, is_mirrored=view.orientation.is_mirrored
        )
        assert found == sides_on_screen(view), walk
    # 24 axis-aligned orientations as stored, each in 8 ways: the 48 of a volume, and their mirror images.
    assert len(reached) == 8
