"""Directions and distances: letters at the four edges, affines, lengths with the label of their unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import UnsupportedImage
from medmm.core.image import ImageGeometry, MedicalImage
from medmm.core.words import Words
from medmm.imaging.sides import opposite

LEAST_COMPONENT = 1e-4
# By the axis of patient LPS that the normal is nearest to.
PLANES = ("sagittal", "coronal", "axial")
LPS_TO_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])


@dataclass(frozen=True)
class EdgeLetters:
    """What the patient's side is called at each edge of the image as shown; empty where it is not stated."""

    left: str = ""
    top: str = ""
    right: str = ""
    bottom: str = ""


@dataclass(frozen=True)
class Length:
    """A distance and its unit with provenance, e.g. 12.5 "mm (at detector)" or 80 "px"."""

    value: float
    unit: Words


def direction_letters(vector: NDArray[np.float64] | tuple[float, ...]) -> str:
    """Name a direction in patient LPS: the largest component first, then the others above 0.0001."""
    named = [(abs(vector[0]), "L" if vector[0] > 0 else "R")]
    named += [(abs(vector[1]), "P" if vector[1] > 0 else "A"), (abs(vector[2]), "H" if vector[2] > 0 else "F")]
    named.sort(key=lambda entry: -entry[0])
    return "".join(letter for size, letter in named if size > LEAST_COMPONENT)


def orientation_letters(geometry: ImageGeometry, *, quarter_turns: int = 0, is_mirrored: bool = False) -> EdgeLetters:
    """Give the letters for an image first mirrored left to right, then turned clockwise by quarter turns."""
    row, column = geometry.row_direction, geometry.column_direction
    left, top, right, bottom = opposite(row), opposite(column), row, column
    if is_mirrored:
        left, right = right, left
    for _ in range(quarter_turns % 4):
        left, top, right, bottom = bottom, left, top, right
    return EdgeLetters(left, top, right, bottom)


def ras_affine(image: MedicalImage) -> NDArray[np.float64]:
    """Give [4, 4] from (slice, row, column) to patient RAS millimetres: hand it to MONAI with the array.

    Raises UnsupportedImage when the image is not placed in space.
    """
    affine = image.geometry.affine
    if affine is None:
        raise UnsupportedImage(
            Words(
                "The {modality} series has no complete geometry: its affine is unknown",
                modality=image.header.modality or Words("image"),
            ),
            Words("Choose a series with even slice positions for work in three dimensions."),
        )
    return np.asarray(LPS_TO_RAS @ affine, dtype=np.float64)


def length_between(geometry: ImageGeometry, start: tuple[float, float], end: tuple[float, float]) -> Length:
    """Measure between two points (row, column) of one slice, in mm where the spacing is known, else in px."""
    rows, cols = end[0] - start[0], end[1] - start[1]
    _, rows_mm, cols_mm = geometry.spacing_mm
    if math.isnan(rows_mm) or math.isnan(cols_mm):
        return Length(math.hypot(rows, cols), Words("px"))
    return Length(math.hypot(rows * rows_mm, cols * cols_mm), geometry.spacing_label)


def make_affine(
    orientation: tuple[float, ...], position: tuple[float, ...], step: NDArray[np.float64], spacing: tuple[float, float]
) -> NDArray[np.float64]:
    """Build (slice, row, column) -> LPS mm; step = way from one slice to the next, spacing = (rows, cols) in mm.

    The row direction is that of increasing column index (PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1).
    """
    affine = np.eye(4)
    affine[:3, 0] = step
    affine[:3, 1] = np.asarray(orientation[3:]) * spacing[0]
    affine[:3, 2] = np.asarray(orientation[:3]) * spacing[1]
    affine[:3, 3] = position
    return affine


def slice_normal(orientation: tuple[float, ...]) -> NDArray[np.float64]:
    """Give the unit vector at right angles to a slice: row direction x column direction."""
    normal = np.cross(orientation[:3], orientation[3:])
    return np.asarray(normal / np.linalg.norm(normal), dtype=np.float64)


def plane_of(orientation: tuple[float, ...]) -> str:
    """Name the plane of the body nearest to a slice with these direction cosines (ImageOrientationPatient)."""
    if not orientation:
        return ""
    normal = [abs(float(part)) for part in slice_normal(orientation)]
    return PLANES[normal.index(max(normal))]
