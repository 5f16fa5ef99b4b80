"""Small volumes at known places for tests of planes, slabs and projections."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import ImageGeometry, MedicalImage
from medmm.imaging.reformat import place_stack
from medmm.imaging.spacing import MILLIMETRES
from tests.imaging.builders import make_image

# Spacing of the phantom along z, y, x: no two are equal.
SPACING = (2.5, 0.8, 0.6)
ORIGIN = (-30.0, 12.0, -7.5)


def make_volume(stored: NDArray[Any], affine: NDArray[np.float64] | None = None, **values: Any) -> MedicalImage:
    """Make a volume of [slices, rows, cols]; by default axial slices, feet first, at SPACING and ORIGIN."""
    image = make_image(stored, **values)
    geometry = ImageGeometry(spacing_label=MILLIMETRES, frame_of_reference_uid="1.2.3")
    return replace(image, geometry=place_stack(geometry, make_axial_affine() if affine is None else affine))


def make_axial_affine(spacing: tuple[float, float, float] = SPACING) -> NDArray[np.float64]:
    """Give (slice, row, column) -> LPS mm of axial slices, feet first."""
    affine = np.zeros((4, 4))
    affine[2, 0], affine[1, 1], affine[0, 2] = spacing
    affine[:, 3] = (*ORIGIN, 1)
    return affine


def make_phantom() -> NDArray[np.int16]:
    """Give axial slices [9, 12, 14] without any symmetry."""
    rng = np.random.default_rng(5)
    return rng.integers(-1000, 2000, (9, 12, 14)).astype(np.int16)


def all_orientations(volume: MedicalImage) -> list[MedicalImage]:
    """Store one volume in each of the 48 ways that keep to its axes; the places in the patient stay."""
    found = []
    for order, flips in product(permutations(range(3)), product((False, True), repeat=3)):
        affine = volume.geometry.affine[:, [*order, 3]].copy()
        stored = volume.stored.transpose(order)
        for axis, is_flipped in enumerate(flips):
            if is_flipped:
                stored = np.flip(stored, axis)
                affine[:3, 3] += affine[:3, axis] * (stored.shape[axis] - 1)
                affine[:3, axis] *= -1
        found.append(make_volume(np.ascontiguousarray(stored), affine))
    return found
