"""Which images are volumes that planes can be cut from; the others are refused by name, with the numbers."""

from __future__ import annotations

import math

import numpy as np

from medmm.core.errors import UnsupportedImage
from medmm.core.image import ImageGeometry, MedicalImage

LEAST_SLICES = 3
SHEAR_DEGREES = 0.5
# The remarks of the reader that say why a stack is no volume; each names its numbers.
REASONS = (
    "slices_missing", "spacing_uneven", "positions_missing", "frames_repeat_places", "frames_not_one_volume",
    "spacing_missing",
)  # fmt: skip
STILL_READING = "still_reading"
HINT = "Read the series slice by slice."


def require_volume(image: MedicalImage) -> None:
    """Refuse what is no stack of evenly spaced grey slices at known places.

    Raises UnsupportedImage with one sentence that says why not.
    """
    if any(note.code == STILL_READING for note in image.notes):
        raise UnsupportedImage("Planes need the whole series, and it is still being read", "Ask again in a moment.")
    if image.is_color:
        raise UnsupportedImage("Planes are cut from grey values; this series is in colour", HINT)
    if image.n_slices < LEAST_SLICES:
        found = "1 slice" if image.n_slices == 1 else f"{image.n_slices} slices"
        raise UnsupportedImage(f"This series has {found}; planes need at least {LEAST_SLICES}", HINT)
    affine = image.geometry.affine
    if affine is None or abs(np.linalg.det(affine[:3, :3])) < np.finfo(float).tiny:
        raise UnsupportedImage(f"This series is no volume. {_reason(image)}", HINT)


def shear_degrees(geometry: ImageGeometry) -> float:
    """Give the angle between the way from slice to slice and the slices' normal (gantry tilt), 0 where unknown."""
    if geometry.affine is None:
        return 0.0
    step, down, right = (geometry.affine[:3, axis] for axis in range(3))
    normal = np.cross(right, down)
    cosine = abs(float(step @ normal)) / (float(np.linalg.norm(step)) * float(np.linalg.norm(normal)))
    return math.degrees(math.acos(min(1.0, cosine)))


def _reason(image: MedicalImage) -> str:
    found = next((note.message for note in image.notes if note.code in REASONS), "")
    return found or f"The places of its {image.n_slices} slices are not stated."
