"""From a series of slices to the network's volume, and the way back to slice and pixel."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from medmm.core.image import MedicalImage
from medmm.imaging.reformat import Plane, acquired_plane, orthogonal
from medmm.imaging.rescaling import with_one_rescale
from medmm.imaging.windowing import default_voi, padding_mask, to_display
from medmm.inference.image_steps import find_field
from medmm.inference.model_input import PreparedImage
from medmm.inference.placing import AxisPlace, to_stored_matrix
from medmm.inference.plane_steps import place_by_spacing, place_plane, resize, window_of
from medmm.models.spec import ImageSpec

# Slices looked at to find the field that a crop leaves.
N_SURVEYED = 16


def fit_volume(image: MedicalImage, spec: ImageSpec) -> PreparedImage:
    """Turn to axial, window, crop and resample: pixels [slices, rows, cols] in [0, 1], padding 0.

    The stored integers are turned as a view; one slice at a time becomes float and leaves already resampled.
    Raises UnsupportedImage for what is no volume (uneven or unknown places, colour).
    """
    if acquired_plane(image) is not Plane.AXIAL:
        image = with_one_rescale(image)
    axial = orthogonal(image, Plane.AXIAL)
    if spec.window is None:
        # One window for the whole volume: an automatic one for each slice would make air as bright as bone.
        voi = default_voi(axial, axial.n_slices // 2)
        axial = replace(axial, instances=tuple(replace(found, voi=voi) for found in axial.instances))
    planes, slices, rows, cols = _resample_planes(axial, spec)
    pixels = np.zeros(spec.size, dtype=np.float32)
    pixels[slices.filled] = _resample_slices(planes, slices.n)[slices.taken]
    to_stored = _to_stored(image, axial) @ to_stored_matrix((slices, rows, cols))
    edges = _sorted_edges(_to_stored(image, axial), slices, rows, cols)
    box = (edges[1][0], edges[2][0], edges[1][1], edges[2][1])
    return PreparedImage(pixels, to_stored, box, seen_slices=edges[0])


def _resample_planes(
    axial: MedicalImage, spec: ImageSpec
) -> tuple[NDArray[np.float32], AxisPlace, AxisPlace, AxisPlace]:
    step = max(1, axial.n_slices // N_SURVEYED)
    surveyed = (_display(axial, index, spec) for index in range(0, axial.n_slices, step))
    row0, col0, row1, col1 = find_field(reduce(np.maximum, surveyed), spec)
    between, *in_plane = axial.geometry.spacing_mm
    rows, cols = place_plane((row0, row1), (col0, col1), in_plane, spec)
    every = (0, axial.n_slices)
    slices = (
        place_by_spacing(every, between, spec.spacing_mm[0], size=spec.slices)
        if spec.spacing_mm
        else AxisPlace(*every, spec.slices, spec.slices)
    )
    planes = np.zeros((axial.n_slices, spec.rows, spec.cols), dtype=np.float32)
    for index, plane in enumerate(planes):
        field = resize(_display(axial, index, spec)[row0:row1, col0:col1], rows.n, cols.n)
        plane[rows.filled, cols.filled] = field[rows.taken, cols.taken]
    return planes, slices, rows, cols


def _display(axial: MedicalImage, index: int, spec: ImageSpec) -> NDArray[np.float32]:
    shown = to_display(axial, index, window_of(spec))
    return np.where(padding_mask(axial, index), np.float32(0), shown)


def _resample_slices(planes: NDArray[np.float32], n: int) -> NDArray[np.float32]:
    flat = torch.from_numpy(planes.reshape(1, 1, len(planes), -1))
    resampled = functional.interpolate(
        flat, size=(n, flat.shape[3]), mode="bilinear", antialias=True, align_corners=False
    )
    values: NDArray[np.float32] = resampled[0, 0].numpy().reshape(n, *planes.shape[1:])
    return values


def _to_stored(image: MedicalImage, axial: MedicalImage) -> NDArray[np.float64]:
    # Axes are permuted and flipped only, so that both matrix and places are whole; pixel i covers i..i+1.
    assert image.geometry.affine is not None
    assert axial.geometry.affine is not None
    centres = np.rint(np.linalg.inv(image.geometry.affine) @ axial.geometry.affine)
    half = np.eye(4)
    half[:3, 3] = 0.5
    edges: NDArray[np.float64] = half @ centres @ np.linalg.inv(half)
    return edges


def _sorted_edges(turn: NDArray[np.float64], *axes: AxisPlace) -> list[tuple[float, float]]:
    corners = turn @ np.array([[*axis.seen] for axis in axes] + [[1.0, 1.0]])
    return [(float(low), float(high)) for low, high in np.sort(corners[:3], axis=1)]
