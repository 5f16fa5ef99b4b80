"""From a medical image to the network's pixels, and the way back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from medmm.core.image import MedicalImage
from medmm.imaging.windowing import to_display
from medmm.inference.image_steps import find_field, scale_intensity
from medmm.inference.model_input import PreparedImage
from medmm.inference.placing import to_stored_matrix
from medmm.inference.plane_steps import place_plane, resize, to_gray, window_of
from medmm.inference.prepare_volume import fit_volume
from medmm.models.spec import ImageSpec


def prepare_image(image: MedicalImage, spec: ImageSpec, *, image_index: int = 0, slice_index: int = 0) -> PreparedImage:
    """Take one slice, or the whole volume where the spec wants one, through all steps of the spec.

    Raises UnsupportedImage when there is nothing to read or a step cannot be done with this image.
    """
    fitted = fit_image(image, spec, image_index=image_index, slice_index=slice_index)
    mask = fitted.seen_mask()
    values = fitted.pixels[mask]
    return replace(
        fitted,
        pixels=scale_intensity(fitted.pixels, mask, spec),
        display_mean=float(values.mean()),
        display_deviation=float(values.std()),
    )


def fit_image(image: MedicalImage, spec: ImageSpec, *, image_index: int = 0, slice_index: int = 0) -> PreparedImage:
    """Window, crop and resample, without the intensity scaling: pixels in [0, 1], padding 0."""
    if spec.slices:
        return replace(fit_volume(image, spec), image_index=image_index)
    display = to_gray(to_display(image, slice_index, window_of(spec)))
    row0, col0, row1, col1 = find_field(display, spec)
    rows, cols = place_plane((row0, row1), (col0, col1), image.geometry.spacing_mm[1:], spec)
    field = resize(display[row0:row1, col0:col1], rows.n, cols.n)
    pixels = np.zeros(spec.size, dtype=np.float32)
    pixels[rows.filled, cols.filled] = field[rows.taken, cols.taken]
    box = (rows.seen[0], cols.seen[0], rows.seen[1], cols.seen[1])
    return PreparedImage(pixels, to_stored_matrix((rows, cols)), box, image_index, slice_index)
