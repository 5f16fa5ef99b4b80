"""How a plane was computed from a volume: enough to compute the same plane again."""

from __future__ import annotations

from dataclasses import dataclass

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class PlaneCut:
    """One plane of a stack of parallel ones, in patient LPS.

    plane: axial, coronal or sagittal, whichever it was turned from; down, right: unit vectors on the screen;
    through_mm: a point that one plane of the stack goes through; index: the plane's number in the stack;
    thickness_mm and projection: of a slab, 0 for a single plane; degrees: by how much it was turned.
    """

    plane: str
    down: Vector
    right: Vector
    through_mm: Vector
    thickness_mm: float = 0.0
    projection: str = "maximum"
    degrees: float = 0.0
    index: int = 0
