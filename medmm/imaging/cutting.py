"""Cut a volume along any plane, as a stack of parallel planes that are computed when they are looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import MedicalImage
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.plane_stack import PlaneStack
from medmm.imaging.prepared import Volume
from medmm.imaging.reformat import (
    Plane,
    acquired_plane,
    orthogonal,
    place_stack,
    plane_instances,
    without_thickness,
)
from medmm.imaging.reformat_checks import SHEAR_DEGREES, shear_degrees
from medmm.imaging.sampling import sample_plane
from medmm.imaging.slabs import SINGLE_PLANE, Projection, Slab, half_width, of_stored, project_block

# Beyond this many rows or columns a plane shows nothing more and takes longer to compute than to look at.
MAX_SIDE = 1024
# Times the smallest voxel: sampling a whole volume finer takes seconds, and an overview shows no more.
COARSE_OVERVIEW = 4.0
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """Which planes: unit vectors down and right on the screen at right angles, a point that one plane goes through.

    All in patient LPS, the point in mm; pixel_mm: size of a pixel and distance of the planes, None for the smallest
    distance of two voxels.
    """

    down: Vector
    right: Vector
    through_mm: Vector
    slab: Slab = SINGLE_PLANE
    pixel_mm: float | None = None


def body_planes(volume: Volume, plane: Plane, slab: Slab = SINGLE_PLANE) -> MedicalImage:
    """Give the axial, coronal or sagittal planes nearest to the body's own, or slabs of them.

    Thin planes are views of the stored values. Planes across slices that a tilted gantry sheared are sampled at right
    angles, and a note says so.
    """
    image = volume.image
    is_sheared = shear_degrees(image.geometry) > SHEAR_DEGREES
    if is_sheared and (slab.thickness_mm > 0 or plane is not acquired_plane(image)):
        down, right = plane_directions(image, plane)
        return cut_planes(volume, Cut(down, right, volume.corners_mm.mean(axis=0), slab))
    stack = orthogonal(image, plane)
    half = half_width(slab, stack.geometry.spacing_mm[0])
    return _thickened(stack, slab, half, volume.padding) if half else stack


def project_whole(volume: Volume, plane: Plane, projection: Projection) -> MedicalImage:
    """Project the whole thickness of the volume onto one image, as an overview."""
    whole = Slab(float(np.ptp(volume.corners_mm, axis=0).sum()) * 2, projection)
    if shear_degrees(volume.image.geometry) > SHEAR_DEGREES:
        down, right = plane_directions(volume.image, plane)
        cut = Cut(down, right, volume.corners_mm.mean(axis=0), whole, COARSE_OVERVIEW * volume.voxel_mm)
        return single_plane(cut_planes(volume, cut))
    return single_plane(body_planes(volume, plane, whole))


def single_plane(stack: MedicalImage) -> MedicalImage:
    """Give the middle plane of a stack as an image of its own."""
    index, affine = stack.n_slices // 2, stack.geometry.affine
    assert affine is not None, "planes have an affine"
    moved = affine.copy()
    moved[:3, 3] += index * affine[:3, 0]
    geometry = replace(stack.geometry, affine=moved)
    stored = np.asarray(stack.stored[index])[None]
    return replace(stack, stored=stored, geometry=geometry, instances=(stack.instances[index],))


def plane_directions(image: MedicalImage, plane: Plane) -> tuple[Vector, Vector]:
    """Give (down, right) of the planes nearest to one of the body's: unit vectors at right angles in LPS."""
    affine = image.geometry.affine
    assert affine is not None, "a volume has an affine"
    upright = affine.copy()
    normal = np.cross(affine[:3, 2], affine[:3, 1])
    normal /= np.linalg.norm(normal)
    upright[:3, 0] = normal * (affine[:3, 0] @ normal)
    found = orthogonal(replace(image, geometry=replace(image.geometry, affine=upright)), plane).geometry.affine
    assert found is not None, "a volume has an affine"
    return found[:3, 1] / np.linalg.norm(found[:3, 1]), found[:3, 2] / np.linalg.norm(found[:3, 2])


def cut_planes(volume: Volume, cut: Cut) -> MedicalImage:
    """Give all parallel planes through the volume, linearly interpolated, each just large enough for all of it."""
    through = np.cross(cut.right, cut.down)
    axes = np.stack([through, cut.down, cut.right])
    places = (volume.corners_mm - cut.through_mm) @ axes.T
    low, high = places.min(axis=0), places.max(axis=0)
    pixel = cut.pixel_mm or max(volume.voxel_mm, float((high - low)[1:].max()) / MAX_SIDE)
    # One plane runs exactly through the point; rows and columns are centred on the volume.
    before, after = math.floor(-low[0] / pixel + 1e-6), math.floor(high[0] / pixel + 1e-6)
    n_planes = max(before + after + 1, 1)
    rows, cols = (max(math.ceil((high[axis] - low[axis]) / pixel), 1) for axis in (1, 2))
    middle = (low + high) / 2
    corner = np.array([-before * pixel, middle[1] - (rows - 1) / 2 * pixel, middle[2] - (cols - 1) / 2 * pixel])
    affine = np.eye(4)
    affine[:3, :3] = axes.T * pixel
    affine[:3, 3] = cut.through_mm + corner @ axes
    return _compose(volume, cut.slab, affine, (n_planes, rows, cols))


def _compose(volume: Volume, slab: Slab, affine: Vector, shape: tuple[int, int, int]) -> MedicalImage:
    image, step_mm = volume.image, float(np.linalg.norm(affine[:3, 0]))
    half = half_width(slab, step_mm)
    projection = of_stored(slab.projection, is_falling=image.instances[0].rescale_slope < 0)

    def make(index: int) -> NDArray[np.generic]:
        planes = range(index - half, index + half + 1)
        return sample_plane(volume, affine, shape[1:], planes=planes, projection=projection)

    padding = volume.fill if volume.is_fill_padding else None
    return replace(
        image,
        stored=_as_stored(PlaneStack(shape, volume.dtype, make)),
        header=without_thickness(image.header),
        geometry=place_stack(image.geometry, affine),
        instances=plane_instances(image, affine, shape[0]),
        padding_value=padding,
        padding_limit=image.padding_limit if image.padding_value is not None else None,
        notes=_notes_of_sampled(image),
    )


def _thickened(stack: MedicalImage, slab: Slab, half: int, padding: tuple[int, int] | None) -> MedicalImage:
    projection = of_stored(slab.projection, is_falling=stack.instances[0].rescale_slope < 0)
    stored = stack.stored

    def make(index: int) -> NDArray[np.generic]:
        return project_block(stored[max(index - half, 0) : index + half + 1], projection, padding)

    shape = (stored.shape[0], stored.shape[1], stored.shape[2])
    thick = PlaneStack(shape, stored.dtype, make)
    affine = stack.geometry.affine
    assert affine is not None, "a volume has an affine"
    return replace(
        stack,
        stored=_as_stored(thick),
        header=without_thickness(stack.header),
        instances=plane_instances(stack, affine, shape[0]),
    )


def _as_stored(stack: PlaneStack) -> NDArray[np.generic]:
    # It is asked for slices only, as everybody asks an image's stored values.
    return cast("NDArray[np.generic]", stack)


def _notes_of_sampled(image: MedicalImage) -> tuple[QualityNote, ...]:
    tilt = shear_degrees(image.geometry)
    if tilt <= SHEAR_DEGREES:
        return image.notes
    message = Words(
        "Resampled: these planes stand at right angles to slices that were sheared by {tilt:.1f} degrees.", tilt=tilt
    )
    others = (note for note in image.notes if note.code != "gantry_tilt")
    return (*others, QualityNote("tilt_resampled", message, Severity.WARNING, InputKind.IMAGE))
