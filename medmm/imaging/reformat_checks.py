"""Which images are volumes that planes can be cut from; the others are refused by name, with the numbers."""

from __future__ import annotations

import math

import numpy as np

from medmm.core.errors import UnsupportedImage
from medmm.core.image import ImageGeometry, MedicalImage
from medmm.core.words import NOTHING, Words

LEAST_SLICES = 3
SHEAR_DEGREES = 0.5
# The remarks of the reader that say why a stack is no volume; each names its numbers.
REASONS = (
    "slices_missing", "spacing_uneven", "positions_missing", "frames_repeat_places", "frames_not_one_volume",
    "spacing_missing",
)  # fmt: skip
STILL_READING = "still_reading"
HINT = Words("Read the series slice by slice.")


def require_volume(image: MedicalImage) -> None:
    """Refuse what is no stack of evenly spaced grey slices at known places.

    Raises UnsupportedImage with one sentence that says why not.
    """
    if any(note.code == STILL_READING for note in image.notes):
        raise UnsupportedImage(
            Words("Planes need the whole series, and it is still being read"), Words("Ask again in a moment.")
        )
    if image.is_color:
        raise UnsupportedImage(Words("Planes are cut from grey values; this series is in colour"), HINT)
    if image.n_slices < LEAST_SLICES:
        found = Words("1 slice") if image.n_slices == 1 else Words("{n} slices", n=image.n_slices)
        raise UnsupportedImage(
            Words(
                "This series has {found}; planes need at least {least_slices}", found=found, least_slices=LEAST_SLICES
            ),
            HINT,
        )
    affine = image.geometry.affine
    if affine is None or abs(np.linalg.det(affine[:3, :3])) < np.finfo(float).tiny:
        raise UnsupportedImage(Words("This series is no volume. {reason}", reason=_reason(image)), HINT)


def shear_degrees(geometry: ImageGeometry) -> float:
    """Give the angle between the way from slice to slice and the slices' normal (gantry tilt), 0 where unknown."""
    if geometry.affine is None:
        return 0.0
    step, down, right = (geometry.affine[:3, axis] for axis in range(3))
    normal = np.cross(right, down)
    cosine = abs(float(step @ normal)) / (float(np.linalg.norm(step)) * float(np.linalg.norm(normal)))
    return math.degrees(math.acos(min(1.0, cosine)))


def _reason(image: MedicalImage) -> Words:
    found = next((note.message for note in image.notes if note.code in REASONS), NOTHING)
    return found or Words("The places of its {n_slices} slices are not stated.", n_slices=image.n_slices)
