"""Three planes at right angles through one point of a volume: move the point, turn two of them about the third."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage
from medmm.imaging.cutting import Cut, body_planes, cut_planes, plane_directions
from medmm.imaging.geometry import direction_letters
from medmm.imaging.prepared import Volume
from medmm.imaging.reformat import Plane
from medmm.imaging.slabs import SINGLE_PLANE, Slab

Vector = NDArray[np.float64]
# Below this a plane counts as not turned: its pixels are the stored ones again.
STRAIGHT_DEGREES = 1e-3


@dataclass(frozen=True)
class Directions:
    """How a plane lies on the screen: unit vectors down and right in LPS, at right angles."""

    down: Vector
    right: Vector

    @property
    def normal(self) -> Vector:
        """The unit vector from plane to plane."""
        return np.asarray(np.cross(self.right, self.down), np.float64)


@dataclass(frozen=True)
class Crosshair:
    """The point, in LPS mm, and the three planes through it."""

    point_mm: Vector
    planes: Mapping[Plane, Directions]


def make_crosshair(volume: Volume, point_mm: Vector | None = None) -> Crosshair:
    """Give the planes nearest to the body's own, through a point or the middle of the volume."""
    planes = {plane: Directions(*plane_directions(volume.image, plane)) for plane in Plane}
    middle = volume.corners_mm.mean(axis=0)
    return move(Crosshair(middle, planes), volume, middle if point_mm is None else point_mm)


def move(crosshair: Crosshair, volume: Volume, point_mm: Vector) -> Crosshair:
    """Go to another point; one outside goes to the nearest voxel along the volume's axes."""
    affine = volume.image.geometry.affine
    assert affine is not None, "a volume has an affine"
    index = volume.to_index @ (*point_mm, 1.0)
    kept = np.clip(index, 0, np.array(volume.image.stored.shape) - 1)
    return replace(crosshair, point_mm=np.asarray((affine @ (*kept, 1.0))[:3], np.float64))


def turn(crosshair: Crosshair, plane: Plane, degrees: float) -> Crosshair:
    """Turn the two other planes about the normal of this one: clockwise as it is seen."""
    rotation = _rotation(crosshair.planes[plane].normal, math.radians(degrees))
    turned = {
        other: way if other is plane else Directions(rotation @ way.down, rotation @ way.right)
        for other, way in crosshair.planes.items()
    }
    return replace(crosshair, planes=turned)


def turned_degrees(crosshair: Crosshair, volume: Volume, plane: Plane) -> float:
    """Tell by how much a plane has left the one nearest to the body's own."""
    down, right = plane_directions(volume.image, plane)
    way = crosshair.planes[plane]
    # The sine stays exact for the small angles that rounding leaves; the cosine does not.
    sines = (float(np.linalg.norm(np.cross(*pair))) for pair in ((down, way.down), (right, way.right)))
    cosine = min(float(down @ way.down), float(right @ way.right))
    return math.degrees(math.atan2(max(sines), cosine))


def cut_at(
    volume: Volume, crosshair: Crosshair, plane: Plane, slab: Slab = SINGLE_PLANE, *, coarseness: float = 1.0
) -> MedicalImage:
    """Give the stack of planes of which one goes through the point; coarseness above 1 enlarges pixels and steps.

    Planes that were not turned, and are no coarse ones, are views of the stored values.
    """
    if turned_degrees(crosshair, volume, plane) < STRAIGHT_DEGREES:
        return body_planes(volume, plane, slab)
    way = crosshair.planes[plane]
    pixel_mm = volume.voxel_mm * coarseness if coarseness > 1 else None
    return cut_planes(volume, Cut(way.down, way.right, crosshair.point_mm, slab, pixel_mm))


def index_at(image: MedicalImage, point_mm: Vector) -> tuple[float, float, float]:
    """Give the place of a point in a stack: (plane, row, column), pixel centres at whole numbers."""
    affine = image.geometry.affine
    assert affine is not None, "planes have an affine"
    plane, row, column = np.linalg.solve(affine[:3, :3], np.asarray(point_mm) - affine[:3, 3])
    return float(plane), float(row), float(column)


def place_at(image: MedicalImage, index: tuple[float, float, float]) -> Vector:
    """Give the point in LPS mm at (plane, row, column) of a stack."""
    affine = image.geometry.affine
    assert affine is not None, "planes have an affine"
    return np.asarray((affine @ (*index, 1.0))[:3], np.float64)


def place_words(image: MedicalImage, plane_index: int) -> str:
    """Write where a slice lies along its normal: "H 34.5 mm" is 34.5 mm towards the head from the origin."""
    affine = image.geometry.affine
    if affine is None:
        return ""
    normal = np.cross(affine[:3, 2], affine[:3, 1])
    normal /= np.linalg.norm(normal)
    distance = float(place_at(image, (plane_index, 0, 0)) @ normal)
    return f"{direction_letters(normal if distance >= 0 else -normal)} {abs(distance):.1f} mm"


def _rotation(axis: Vector, angle: float) -> NDArray[np.float64]:
    # Rodrigues' formula.
    x, y, z = axis
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turned = np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    return np.asarray(turned, np.float64)
