"""Axial, coronal and sagittal stacks of a volume: views of the same stored values, never copies."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnsupportedImage
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.core.words import Words
from medmm.imaging.geometry import direction_letters
from medmm.imaging.reformat_checks import HINT, SHEAR_DEGREES, require_volume, shear_degrees

Vectors = NDArray[np.float64]


class Plane(StrEnum):
    """The three planes of the body."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"


# (from slice to slice, down the screen, right on the screen) in patient LPS. The patient's right is at the viewer's
# left, anterior at the left of a sagittal, the head up; slices run along right x down, as `slices` sorts them, so that
# an axial series seen as axial planes is what was stored.
FRAMES: dict[Plane, Vectors] = {
    Plane.AXIAL: np.array([[0.0, 0, 1], [0, 1, 0], [1, 0, 0]]),
    Plane.CORONAL: np.array([[0.0, 1, 0], [0, 0, -1], [1, 0, 0]]),
    Plane.SAGITTAL: np.array([[-1.0, 0, 0], [0, 0, -1], [0, 1, 0]]),
}


def acquired_plane(image: MedicalImage) -> Plane:
    """Name the plane of the body that the stored slices lie nearest to.

    Raises UnsupportedImage for what is no volume.
    """
    axes = _stored_axes(image)
    return next(plane for plane, frame in FRAMES.items() if axes[int(np.argmax(np.abs(frame[0])))] == 0)


def orthogonal(image: MedicalImage, plane: Plane) -> MedicalImage:
    """Give the volume as a stack of one of the three planes nearest to the body's own, ordered and turned as usual.

    `stored` is a view with permuted and flipped axes; identity, header, windows, rescale, padding and notes are kept.
    Raises UnsupportedImage for what is no volume, for slices of different rescale in a plane across them, and for a
    tilted gantry, where planes across the slices must be sampled.
    """
    axes = _stored_axes(image)
    if axes[int(np.argmax(np.abs(FRAMES[plane][0])))] != 0:
        _require_straight(image, plane)
    order = [axes[int(np.argmax(np.abs(direction)))] for direction in FRAMES[plane]]
    stored, affine = _turned(image, order, FRAMES[plane])
    return replace(
        image,
        stored=stored,
        header=image.header if order[0] == 0 else without_thickness(image.header),
        geometry=place_stack(image.geometry, affine),
        instances=_instances(image, order, affine),
    )


def without_thickness(header: StudyHeader) -> StudyHeader:
    """Give the header for planes that are no slices of the object: those were so thick, not these."""
    return replace(header, slice_thickness="")


def place_stack(geometry: ImageGeometry, affine: Vectors) -> ImageGeometry:
    """Give the geometry of a stack of planes of the same volume whose affine is known."""
    step, down, right = (affine[:3, axis] for axis in range(3))
    normal = np.cross(right, down)
    between = abs(float(step @ normal)) / float(np.linalg.norm(normal))
    return replace(
        geometry,
        spacing_mm=(between, float(np.linalg.norm(down)), float(np.linalg.norm(right))),
        affine=affine,
        row_direction=direction_letters(right),
        column_direction=direction_letters(down),
    )


def plane_instances(image: MedicalImage, affine: Vectors, n_planes: int) -> tuple[ImageInstance, ...]:
    """Give the instances of planes that no object stores: their places, the volume's rescale, no UID."""
    first = image.instances[0]
    normal = np.cross(affine[:3, 2], affine[:3, 1])
    normal /= np.linalg.norm(normal)
    start, step = float(affine[:3, 3] @ normal), float(affine[:3, 0] @ normal)
    factors = {found.suv_factor for found in image.instances}
    return tuple(
        ImageInstance(
            "",
            first.path,
            position_mm=start + index * step,
            rescale_slope=first.rescale_slope,
            rescale_intercept=first.rescale_intercept,
            suv_factor=first.suv_factor if len(factors) == 1 else None,
        )
        for index in range(n_planes)
    )


def _stored_axes(image: MedicalImage) -> tuple[int, ...]:
    # The stored axis (0 slice, 1 row, 2 column) that runs nearest along x, y and z of the patient.
    require_volume(image)
    assert image.geometry.affine is not None, "a volume has an affine"
    steps = image.geometry.affine[:3, :3]
    along = np.abs(steps / np.linalg.norm(steps, axis=0))
    return max(permutations(range(3)), key=lambda axes: sum(along[axis, axes[axis]] for axis in range(3)))


def _turned(image: MedicalImage, order: list[int], frame: Vectors) -> tuple[NDArray[np.generic], Vectors]:
    assert image.geometry.affine is not None, "a volume has an affine"
    affine = image.geometry.affine[:, [*order, 3]].copy()
    stored = image.stored.transpose(order)
    for axis, direction in enumerate(frame):
        if affine[:3, axis] @ direction < 0:
            stored = np.flip(stored, axis)
            affine[:3, 3] += affine[:3, axis] * (stored.shape[axis] - 1)
            affine[:3, axis] *= -1
    return stored, affine


def _instances(image: MedicalImage, order: list[int], affine: Vectors) -> tuple[ImageInstance, ...]:
    placed = plane_instances(image, affine, image.stored.shape[order[0]])
    if order[0] != 0:
        return placed
    stored = image.geometry.affine
    assert stored is not None, "a volume has an affine"
    own = image.instances[::-1] if stored[:3, 0] @ affine[:3, 0] < 0 else image.instances
    if np.array_equal(stored[:3, 1:3], affine[:3, 1:3]):
        return tuple(replace(found, position_mm=at.position_mm) for found, at in zip(own, placed, strict=True))
    # Rows and columns are no longer those of the object: what is kept by its UID would lie in another place.
    scales = ((found.rescale_slope, found.rescale_intercept) for found in own)
    return tuple(
        replace(at, rescale_slope=slope, rescale_intercept=intercept)
        for at, (slope, intercept) in zip(placed, scales, strict=True)
    )


def _require_straight(image: MedicalImage, plane: Plane) -> None:
    require_one_rescale(image)
    tilt = shear_degrees(image.geometry)
    if tilt > SHEAR_DEGREES:
        raise UnsupportedImage(
            Words(
                "The slices are sheared by {tilt:.1f} degrees (gantry tilt); {plane} planes are no rows of them",
                tilt=tilt,
                plane=plane,
            ),
            HINT,
        )


def require_one_rescale(image: MedicalImage) -> None:
    """Refuse slices that are scaled differently: one plane across them would mix units.

    Raises UnsupportedImage with both scales.
    """
    scales = list(dict.fromkeys((found.rescale_slope, found.rescale_intercept) for found in image.instances))
    if len(scales) > 1:
        first, other = (
            Words("slope {slope:g}, intercept {intercept:g}", slope=slope, intercept=intercept)
            for slope, intercept in scales[:2]
        )
        raise UnsupportedImage(
            Words("The slices are scaled differently ({first}; {other})", first=first, other=other), HINT
        )
