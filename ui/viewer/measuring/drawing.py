"""How each tool is drawn: one small class a tool, from presses and moves to points of the image.

Two ways lead to the same points, as users of other viewers expect: press, drag and release, or click, move and click.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from medmm.core.measurement import MeasurementKind, Point
from medmm.imaging.outlines import ellipse_in_box
from ui.state.view_state import Tool


class Drawing(Protocol):
    """A measurement being drawn, in points (row, col) of the image."""

    kind: ClassVar[MeasurementKind]

    @property
    def points(self) -> tuple[Point, ...]:
        """The points as they would be if the drawing ended here."""
        ...

    @property
    def is_done(self) -> bool:
        """Tell whether all points are fixed."""
        ...

    def press(self, point: Point) -> None:
        """The button went down."""
        ...

    def move(self, point: Point) -> None:
        """The pointer moved, with the button down or up."""
        ...

    def release(self, point: Point, *, was_dragged: bool) -> None:
        """The button came up; was_dragged: it moved while it was down."""
        ...


class ClickedPoints:
    """Points fixed one after the other; the next one hangs on the pointer."""

    kind: ClassVar[MeasurementKind]
    n_points: ClassVar[int] = 2
    # With so many points fixed the next press begins a new line of its own.
    new_lines: ClassVar[frozenset[int]] = frozenset({0})

    def __init__(self) -> None:
        self._fixed: list[Point] = []
        self._hanging: Point | None = None
        self._has_begun_line = False

    @property
    def points(self) -> tuple[Point, ...]:
        """The points fixed, and the one that hangs on the pointer."""
        return (*self._fixed, *([self._hanging] if self._hanging is not None else []))

    @property
    def is_done(self) -> bool:
        """Tell whether all points are fixed."""
        return len(self._fixed) == self.n_points

    def press(self, point: Point) -> None:
        """Begin a line, or take the hanging point along."""
        self._has_begun_line = len(self._fixed) in self.new_lines
        if self._has_begun_line:
            self._fixed.append(point)
        self._hanging = point

    def move(self, point: Point) -> None:
        """Take the hanging point along."""
        if self._hanging is not None:
            self._hanging = point

    def release(self, point: Point, *, was_dragged: bool) -> None:
        """Fix the hanging point, unless this was the first click of click, move and click."""
        if self._hanging is None or (self._has_begun_line and not was_dragged):
            return
        self._fixed.append(point)
        waits_for_press = self.is_done or len(self._fixed) in self.new_lines
        self._hanging = None if waits_for_press else point


class LengthDrawing(ClickedPoints):
    """Both ends."""

    kind = MeasurementKind.LENGTH


class AngleDrawing(ClickedPoints):
    """An end, the vertex, the other end."""

    kind = MeasurementKind.ANGLE
    n_points = 3


class CobbDrawing(ClickedPoints):
    """One line, then the other."""

    kind = MeasurementKind.COBB
    n_points = 4
    new_lines = frozenset({0, 2})


class RectangleDrawing(ClickedPoints):
    """A corner and the opposite one."""

    kind = MeasurementKind.RECTANGLE


class EllipseDrawing(RectangleDrawing):
    """A corner of the box around it and the opposite one."""

    kind = MeasurementKind.ELLIPSE

    @property
    def points(self) -> tuple[Point, ...]:
        """The ellipse's centre and the ends of its half axes."""
        corners = super().points
        return ellipse_in_box(*corners) if len(corners) == 2 else ()


class FreehandDrawing:
    """Every place that the pointer passes while the button is down; the outline closes itself."""

    kind = MeasurementKind.FREEHAND

    def __init__(self) -> None:
        self._passed: list[Point] = []
        self._is_closed = False

    @property
    def points(self) -> tuple[Point, ...]:
        """The places passed so far."""
        return tuple(self._passed)

    @property
    def is_done(self) -> bool:
        """Tell whether the button came up."""
        return self._is_closed

    def press(self, point: Point) -> None:
        """Begin the outline."""
        self._passed = [point]

    def move(self, point: Point) -> None:
        """Go on with the outline."""
        if self._passed and point != self._passed[-1]:
            self._passed.append(point)

    def release(self, point: Point, *, was_dragged: bool) -> None:
        """Close the outline."""
        self.move(point)
        self._is_closed = True


class PointDrawing:
    """One pixel, where the button comes up."""

    kind = MeasurementKind.POINT

    def __init__(self) -> None:
        self._point: Point | None = None
        self._is_placed = False

    @property
    def points(self) -> tuple[Point, ...]:
        """The place under the pointer."""
        return (self._point,) if self._point is not None else ()

    @property
    def is_done(self) -> bool:
        """Tell whether the button came up."""
        return self._is_placed

    def press(self, point: Point) -> None:
        """Take a pixel."""
        self._point = point

    def move(self, point: Point) -> None:
        """Take another pixel."""
        self._point = point

    def release(self, point: Point, *, was_dragged: bool) -> None:
        """Keep the pixel."""
        self._point, self._is_placed = point, True


DRAWINGS: dict[Tool, type[ClickedPoints] | type[FreehandDrawing] | type[PointDrawing]] = {
    Tool.LENGTH: LengthDrawing,
    Tool.ANGLE: AngleDrawing,
    Tool.COBB: CobbDrawing,
    Tool.ELLIPSE: EllipseDrawing,
    Tool.RECTANGLE: RectangleDrawing,
    Tool.FREEHAND: FreehandDrawing,
    Tool.POINT: PointDrawing,
}
