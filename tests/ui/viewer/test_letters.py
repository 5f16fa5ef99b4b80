"""Orientation letters and the amber warning when the side is not stated."""

from __future__ import annotations

import numpy as np

from medmm.core.image import ImageGeometry
from tests.ui.viewer.builders import CHEST, make_image, make_view, paint
from ui import theme

BLANK = np.zeros((1, 300, 300), np.uint8)


def has_amber(geometry: ImageGeometry) -> bool:
    shown = paint(make_view(make_image(BLANK, geometry=geometry)), 300, 300)
    amber = theme.color(theme.WARNING)
    near = np.abs(shown[:40].astype(int) - (amber.red(), amber.green(), amber.blue())).max(axis=2)
    return bool((near < 12).any())


def test_an_unknown_side_is_said_in_amber(application: object) -> None:
    assert has_amber(ImageGeometry())


def test_a_stated_side_is_a_letter_at_the_left_edge(application: object) -> None:
    shown = paint(make_view(make_image(BLANK, geometry=CHEST)), 300, 300)

    assert not has_amber(CHEST)
    assert shown[130:155, 8:30].max() > 200
