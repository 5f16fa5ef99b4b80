"""Display shutters: what they say (PS3.3 C.7.6.11, C.7.6.15) and which pixels they hide."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from medmm.core.measurement import Measurement, MeasurementKind, SlicePlace
from medmm.core.planes import Circle, Shutter
from medmm.imaging.roi_mask import roi_mask
from medmm.imaging.tags import Tags

EDGES = (
    "ShutterLeftVerticalEdge", "ShutterRightVerticalEdge", "ShutterUpperHorizontalEdge", "ShutterLowerHorizontalEdge",
)  # fmt: skip


def read_shutter(tags: Tags) -> Shutter | None:
    """Read the shutter of a data set, None where it states none; shapes with missing numbers are left out."""
    shapes = tags.text("ShutterShape").upper().split("\\")
    rectangle = tuple(tags.integer(keyword) for keyword in EDGES) if "RECTANGULAR" in shapes else ()
    center, radius = tags.numbers("CenterOfCircularShutter"), tags.number("RadiusOfCircularShutter")
    is_round = "CIRCULAR" in shapes and len(center) == 2 and radius is not None
    corners = tags.numbers("VerticesOfThePolygonalShutter") if "POLYGONAL" in shapes else ()
    shutter = Shutter(
        rectangle=(rectangle[0], rectangle[1], rectangle[2], rectangle[3]) if _are_known(rectangle) else None,  # type: ignore[arg-type]
        circle=Circle(center[0], center[1], radius or 0.0) if is_round else None,
        polygon=tuple(zip(corners[::2], corners[1::2], strict=False)) if len(corners) >= 6 else (),
        p_value=tags.integer("ShutterPresentationValue") or 0,
    )
    return shutter if shutter.rectangle or shutter.circle or shutter.polygon else None


def _are_known(edges: tuple[int | None, ...]) -> bool:
    return len(edges) == len(EDGES) and None not in edges


def hidden_pixels(shutter: Shutter, size: tuple[int, int], *, aspect: float = 1.0) -> NDArray[np.bool_]:
    """Mark the pixels that a shutter hides, [rows, cols]; aspect: height of a pixel over its width."""
    hidden = np.zeros(size, dtype=bool)
    # Rows and columns are counted from 1.
    row, col = np.arange(1, size[0] + 1)[:, None], np.arange(1, size[1] + 1)[None, :]
    if shutter.rectangle is not None:
        left, right, upper, lower = shutter.rectangle
        hidden |= (col < left) | (col > right) | (row < upper) | (row > lower)
    if shutter.circle is not None:
        center = shutter.circle
        # The radius is counted along a row (C.7.6.11.1.3): a circle for the eye whatever the pixel's shape.
        hidden |= ((row - center.row) * aspect) ** 2 + (col - center.col) ** 2 > center.radius**2
    if shutter.polygon:
        hidden |= ~_inside(shutter, size)
    if shutter.bitmap is not None:
        hidden |= place_bits(shutter.bitmap.bits, shutter.bitmap.origin, size)
    return hidden


def _inside(shutter: Shutter, size: tuple[int, int]) -> NDArray[np.bool_]:
    corners = tuple((row - 0.5, col - 0.5) for row, col in shutter.polygon)
    region = roi_mask(Measurement("", MeasurementKind.FREEHAND, SlicePlace(""), corners), size)
    inside = np.zeros(size, dtype=bool)
    inside[region.rows, region.cols] = region.inside
    return inside


def place_bits(bits: NDArray[np.bool_], origin: tuple[int, int], size: tuple[int, int]) -> NDArray[np.bool_]:
    """Lay a bitmap into an image of this size at its origin (row, column); what lies outside is cut off."""
    placed = np.zeros(size, dtype=bool)
    top, left = max(origin[0], 0), max(origin[1], 0)
    bottom, right = (min(origin[axis] + bits.shape[axis], size[axis]) for axis in (0, 1))
    if bottom > top and right > left:
        placed[top:bottom, left:right] = bits[
            top - origin[0] : bottom - origin[0], left - origin[1] : right - origin[1]
        ]
    return placed
