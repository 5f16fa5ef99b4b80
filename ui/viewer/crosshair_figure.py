"""Where the crosshair of the linked planes lies on the screen, and what of it is under the pointer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from medmm.core.image import MedicalImage
from medmm.imaging.crosshair import index_at, place_at
from medmm.imaging.reformat import Plane
from ui.state.mpr_cuts import Cuts
from ui.viewer.placement import Placement

# Screen pixels around the centre, a handle and a line that take hold of them.
CENTRE_REACH, HANDLE_REACH, LINE_REACH = 14.0, 10.0, 5.0
# Where the handles sit, as a share of the shorter side of the view.
HANDLE_SHARE = 0.34
Vector = NDArray[np.float64]


class Grip(StrEnum):
    """What a press of the mouse takes hold of."""

    CENTRE = "centre"
    LINE = "line"
    HANDLE = "handle"


@dataclass(frozen=True)
class PlaneLine:
    """Another plane as it is seen in this one: direction and half thickness on the screen, in pixels."""

    plane: Plane
    direction: QPointF
    half_thickness: QPointF


@dataclass(frozen=True)
class Figure:
    """The whole crosshair in one view."""

    centre: QPointF
    lines: tuple[PlaneLine, ...]
    handle_radius: float

    def handles(self, line: PlaneLine) -> tuple[QPointF, QPointF]:
        """Give the two places by which a line is turned."""
        way = line.direction * self.handle_radius
        return self.centre + way, self.centre - way


@dataclass(frozen=True)
class Held:
    """What the pointer is on."""

    grip: Grip
    plane: Plane | None = None


def make_figure(cuts: Cuts, plane: Plane, image: MedicalImage, placement: Placement, *, side: float) -> Figure:
    """Lay the crosshair out in the view of a plane; side: its shorter side in pixels."""
    point, planes = cuts.crosshair.point_mm, cuts.crosshair.planes
    centre = to_screen(image, placement, point)
    lines = []
    for other in Plane:
        if other is plane:
            continue
        along = np.cross(planes[plane].normal, planes[other].normal)
        tip = to_screen(image, placement, point + along * 100.0) - centre
        thick = to_screen(image, placement, point + planes[other].normal * (cuts.slab.thickness_mm / 2)) - centre
        lines.append(PlaneLine(other, tip / max(math.hypot(tip.x(), tip.y()), 1e-9), thick))
    return Figure(centre, tuple(lines), side * HANDLE_SHARE)


def held_at(figure: Figure, point: QPointF) -> Held | None:
    """Tell what of the crosshair is under the pointer."""
    for line in figure.lines:
        if min(_length(point - handle) for handle in figure.handles(line)) <= HANDLE_REACH:
            return Held(Grip.HANDLE, line.plane)
    away = point - figure.centre
    if _length(away) <= CENTRE_REACH:
        return Held(Grip.CENTRE)
    near = min(figure.lines, key=lambda line: abs(_across(line.direction, away)))
    return Held(Grip.LINE, near.plane) if abs(_across(near.direction, away)) <= LINE_REACH else None


def to_screen(image: MedicalImage, placement: Placement, point_mm: Vector) -> QPointF:
    """Give the place of a point in the widget."""
    _, row, column = index_at(image, point_mm)
    # Pixel centres at whole numbers there, pixel edges here.
    return placement.to_screen.map(QPointF(column + 0.5, row + 0.5))


def to_place(image: MedicalImage, placement: Placement, screen: QPointF, *, depth: float) -> Vector:
    """Give the point in LPS mm under a place of the widget, at a depth in planes of the stack."""
    found = placement.to_image(screen)
    return place_at(image, (depth, found.y() - 0.5, found.x() - 0.5))


def _length(way: QPointF) -> float:
    return math.hypot(way.x(), way.y())


def _across(direction: QPointF, way: QPointF) -> float:
    return direction.x() * way.y() - direction.y() * way.x()
