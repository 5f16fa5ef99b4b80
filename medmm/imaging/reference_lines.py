"""Where two images of one frame of reference meet: the line of one slice in another, the slice at a place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage

# Planes closer to parallel than this (cosine of the angle between the normals) have no useful line.
PARALLEL = 0.999
# Corners of a slice in units of half its size about its middle, going round.
CORNERS = ((-1, -1), (-1, 1), (1, 1), (1, -1))
Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A line over an image; start and end are (row, column), pixel centres at whole numbers."""

    start: Point
    end: Point


def share_space(first: MedicalImage, second: MedicalImage) -> bool:
    """Tell whether both are placed in one frame of reference (PS3.3 C.7.4.1.1.1)."""
    uid = first.geometry.frame_of_reference_uid
    is_placed = first.geometry.affine is not None and second.geometry.affine is not None
    return is_placed and bool(uid) and uid == second.geometry.frame_of_reference_uid


def reference_line(source: MedicalImage, source_slice: int, target: MedicalImage, target_slice: int) -> Line | None:
    """Give the line in which a slice of one image crosses a slice of another; None where they do not meet."""
    if not share_space(source, target) or abs(float(_normal(source) @ _normal(target))) > PARALLEL:
        return None
    # In the target's own indices its plane is where the first of them equals the slice.
    corners = _to_indices(target, _corners(source, source_slice))
    heights = corners[:, 0] - target_slice
    crossings = [
        _crossing(corners[this], corners[after], heights[this], heights[after])
        for this, after in ((0, 1), (1, 2), (2, 3), (3, 0))
        if (heights[this] < 0) != (heights[after] < 0)
    ]
    return Line(*crossings) if len(crossings) == 2 and _reaches(crossings, target.size) else None


def matching_slice(source: MedicalImage, source_slice: int, target: MedicalImage) -> int | None:
    """Give the slice of a parallel image nearest to one of ours; None where the planes differ or nothing is there."""
    if not share_space(source, target) or abs(float(_normal(source) @ _normal(target))) <= PARALLEL:
        return None
    rows, cols = source.size
    middle = _place(source, np.array([[source_slice, (rows - 1) / 2, (cols - 1) / 2]]))
    index = float(_to_indices(target, middle)[0, 0])
    # Half a slice beyond the ends still belongs to the last slice; farther away the stacks do not overlap.
    return round(min(max(index, 0), target.n_slices - 1)) if -0.5 <= index <= target.n_slices - 0.5 else None


def _corners(image: MedicalImage, slice_index: int) -> NDArray[np.float64]:
    rows, cols = image.size
    middle, half = np.array([(rows - 1) / 2, (cols - 1) / 2]), np.array([rows / 2, cols / 2])
    return _place(image, np.array([[slice_index, *(middle + half * corner)] for corner in np.array(CORNERS)]))


def _place(image: MedicalImage, indices: NDArray[np.float64]) -> NDArray[np.float64]:
    affine = image.geometry.affine
    assert affine is not None, "share_space asked for it"
    return np.asarray(indices @ affine[:3, :3].T + affine[:3, 3], dtype=np.float64)


def _to_indices(image: MedicalImage, places: NDArray[np.float64]) -> NDArray[np.float64]:
    affine = image.geometry.affine
    assert affine is not None, "share_space asked for it"
    return np.asarray(np.linalg.solve(affine[:3, :3], (places - affine[:3, 3]).T).T, dtype=np.float64)


def _normal(image: MedicalImage) -> NDArray[np.float64]:
    affine = image.geometry.affine
    assert affine is not None, "share_space asked for it"
    normal = np.cross(affine[:3, 2], affine[:3, 1])
    return np.asarray(normal / np.linalg.norm(normal), dtype=np.float64)


def _reaches(ends: list[Point], size: tuple[int, int]) -> bool:
    # The box around the line touches the image's: a line that runs past it is not this slice's business.
    return all(
        max(end[axis] for end in ends) >= -0.5 and min(end[axis] for end in ends) <= size[axis] - 0.5 for axis in (0, 1)
    )


def _crossing(first: NDArray[np.float64], second: NDArray[np.float64], height: float, after: float) -> Point:
    place = first + (second - first) * (height / (height - after))
    return float(place[1]), float(place[2])
