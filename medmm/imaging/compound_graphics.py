"""Compound graphics of a presentation state (PS3.3 C.10.5.1.3): simple ones stand for most of them."""

from __future__ import annotations

import math
from collections.abc import Callable

from medmm.core.planes import Graphic, GraphicKind, Point
from medmm.imaging.tags import Tags

Box = tuple[Point, Point]


def compound_id(item: Tags) -> int | None:
    """Give the number of the compound graphic that an item is, or that a simple one stands for."""
    return item.integer("CompoundGraphicInstanceID")


def read_compound(item: Tags, color: str) -> Graphic | None:
    """Make a simple graphic of a compound one that nothing else stands for; None where that takes more than lines.

    A file that keeps the standard has such a stand-in for each (C.10.5.1.3.1), so this is for those that do not.
    """
    shape = _SHAPES.get(item.text("CompoundGraphicType").upper())
    numbers = item.numbers("GraphicData")
    is_relative = item.text("CompoundGraphicUnits").upper() == "DISPLAY"
    angle = item.number("RotationAngle") or 0.0
    # Parts of the area displayed are not equally long in both directions: there is no turn by an angle.
    if shape is None or len(numbers) != 4 or (is_relative and angle):
        return None
    kind, points = shape(((numbers[0], numbers[1]), (numbers[2], numbers[3])))
    pivot = item.numbers("RotationPoint")
    center = (pivot[0], pivot[1]) if len(pivot) == 2 else _middle(points)
    turned = tuple(_turned(point, center, angle) for point in points)
    is_filled = item.text("GraphicFilled").upper() == "Y"
    return Graphic(kind, turned, is_relative=is_relative, is_filled=is_filled, color=color)


def _rectangle(box: Box) -> tuple[GraphicKind, tuple[Point, ...]]:
    (left, top), (right, bottom) = box
    return GraphicKind.POLYLINE, ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))


def _ellipse(box: Box) -> tuple[GraphicKind, tuple[Point, ...]]:
    (left, top), (right, bottom) = box
    across, down = (left + right) / 2, (top + bottom) / 2
    level, upright = ((left, down), (right, down)), ((across, top), (across, bottom))
    long, short = (level, upright) if abs(right - left) >= abs(bottom - top) else (upright, level)
    return GraphicKind.ELLIPSE, (*long, *short)


_SHAPES: dict[str, Callable[[Box], tuple[GraphicKind, tuple[Point, ...]]]] = {
    "RECTANGLE": _rectangle,
    "ELLIPSE": _ellipse,
}


def _middle(points: tuple[Point, ...]) -> Point:
    columns, rows = [point[0] for point in points], [point[1] for point in points]
    return (min(columns) + max(columns)) / 2, (min(rows) + max(rows)) / 2


def _turned(point: Point, center: Point, degrees: float) -> Point:
    # Counterclockwise as seen, with rows counted downwards (C.10.5.1.3.2).
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    right, down = point[0] - center[0], point[1] - center[1]
    return center[0] + right * cosine + down * sine, center[1] - right * sine + down * cosine
