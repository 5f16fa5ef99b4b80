"""A measurement as a value: which points of which slice, of what kind, under which name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from medmm.core.plane_cut import PlaneCut

Point = tuple[float, float]


class MeasurementKind(StrEnum):
    """What is measured."""

    LENGTH = "length"
    ANGLE = "angle"
    COBB = "cobb"
    ELLIPSE = "ellipse"
    RECTANGLE = "rectangle"
    FREEHAND = "freehand"
    POINT = "point"


AREA_KINDS = frozenset({MeasurementKind.ELLIPSE, MeasurementKind.RECTANGLE, MeasurementKind.FREEHAND})
# How many points each kind has; a freehand outline has at least three.
N_POINTS = {
    MeasurementKind.LENGTH: 2,
    MeasurementKind.ANGLE: 3,
    MeasurementKind.COBB: 4,
    MeasurementKind.ELLIPSE: 3,
    MeasurementKind.RECTANGLE: 2,
    MeasurementKind.POINT: 1,
}
LEAST_FREEHAND = 3


@dataclass(frozen=True)
class SlicePlace:
    """The slice or frame that a measurement lies on.

    sop_instance_uid: for a picture without one, a digest of its pixels; frame: from 0, of a multi-frame object;
    cut: how the plane was computed, None for what an object stores.
    """

    sop_instance_uid: str
    frame: int = 0
    study_uid: str = ""
    series_uid: str = ""
    cut: PlaneCut | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What tells this slice from every other one."""
        return self.sop_instance_uid, self.frame

    @property
    def document(self) -> str:
        """The study that the measurement is kept with; a picture outside any study stands for itself."""
        return self.study_uid or self.sop_instance_uid


@dataclass(frozen=True)
class Measurement:
    """Points of one slice with their meaning; frozen, so that undo only has to remember values.

    points: (row, col) in pixels of the stored image, the outer corner of the first pixel being (0, 0) and its centre
    (0.5, 0.5), as in a spatial coordinates item (PS3.3 C.18.6.1.2, whose order is column \\ row).
    length: both ends; angle: end, vertex, end; cobb: both ends of one line, then of the other; ellipse: the centre and
    one end each of two conjugate half axes; rectangle: two opposite corners; freehand: the outline; point: itself.
    """

    id: str
    kind: MeasurementKind
    place: SlicePlace
    points: tuple[Point, ...]
    name: str = ""
    color_index: int = 0


def is_complete(kind: MeasurementKind, points: tuple[Point, ...]) -> bool:
    """Tell whether there are as many points as the kind has."""
    if kind is MeasurementKind.FREEHAND:
        return len(points) >= LEAST_FREEHAND
    return len(points) == N_POINTS[kind]
