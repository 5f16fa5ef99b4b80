"""Many points become Qt's shapes in one go, with the same corners as made one by one."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt

from ui.panels.point_shapes import polygon, strokes


def test_a_polygon_holds_the_points_in_their_order() -> None:
    made = polygon(np.array([0.5, 2.0, -3.25]), np.array([1.0, 0.0, 7.5]))

    assert list(made) == [QPointF(0.5, 1.0), QPointF(2.0, 0.0), QPointF(-3.25, 7.5)]


def test_no_points_make_an_empty_shape() -> None:
    assert polygon(np.array([]), np.array([])).isEmpty()
    assert strokes(np.empty((0, 2)), np.empty((0, 2))).isEmpty()


def test_strokes_are_lines_of_their_own() -> None:
    made = strokes(np.array([[0.0, 4.0], [10.0, 14.0]]), np.array([[1.0, 1.0], [2.0, 2.0]]))

    found = [(made.elementAt(at).isMoveTo(), made.elementAt(at).x, made.elementAt(at).y) for at in range(4)]
    assert made.elementCount() == 4
    assert found == [(True, 0.0, 1.0), (False, 4.0, 1.0), (True, 10.0, 2.0), (False, 14.0, 2.0)]
    assert made.fillRule() is Qt.FillRule.WindingFill
