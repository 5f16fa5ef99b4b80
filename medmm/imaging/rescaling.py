"""Bring slices of different rescale to one scale, so that one plane can run across them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from medmm.core.image import ImageInstance, MedicalImage
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.imaging.windowing import padding_mask

LIMITS = np.iinfo(np.int16)
# One value is kept for padding; the others are symmetric.
LARGEST = LIMITS.max


def with_one_rescale(image: MedicalImage) -> MedicalImage:
    """Give the volume with one slope and intercept for all slices; one that has them already comes back as it is.

    Exact where the slices differ by whole steps. Else (PET: a slope for each slice) the modality values are stored
    anew in int16 and a note states the largest error. Where the common step is coarser than that of the finest slice,
    so that values which were apart may fall together, the note is a warning, which is painted over the planes.
    """
    if len({(found.rescale_slope, found.rescale_intercept) for found in image.instances}) < 2:
        return image
    exact = _shifted(image)
    return exact if exact is not None else _rounded(image)


def _shifted(image: MedicalImage) -> MedicalImage | None:
    first = image.instances[0]
    slope, intercept = first.rescale_slope, first.rescale_intercept
    shifts = [(found.rescale_intercept - intercept) / slope for found in image.instances]
    is_whole = all(shift == round(shift) for shift in shifts)
    if image.padding_value is not None or not is_whole or any(f.rescale_slope != slope for f in image.instances):
        return None
    lows = [int(part.min()) + round(shift) for part, shift in zip(image.stored, shifts, strict=True)]
    highs = [int(part.max()) + round(shift) for part, shift in zip(image.stored, shifts, strict=True)]
    if min(lows) < LIMITS.min or max(highs) > LIMITS.max:
        return None
    stored = np.empty(image.stored.shape, np.int16)
    for index, shift in enumerate(shifts):
        stored[index] = image.stored[index].astype(np.int32) + round(shift)
    return replace(image, stored=stored, instances=_instances(image, slope, intercept))


def _rounded(image: MedicalImage) -> MedicalImage:
    low, high = _value_range(image)
    step = (high - low) / (2 * LARGEST - 1) or 1.0
    # A whole number of steps: the value 0 stays exactly 0.
    offset = round(low / step) + LARGEST
    stored = np.empty(image.stored.shape, np.int16)
    for index in range(image.n_slices):
        values = np.rint(_values(image, index) / step) - offset
        stored[index] = np.where(padding_mask(image, index), LIMITS.min, np.clip(values, -LARGEST, LARGEST))
    slopes = sorted(found.rescale_slope for found in image.instances)
    message = Words(
        "The slices are scaled differently (slopes {least:g} to {most:g}); for planes across them the values are "
        "rounded by at most {error}.",
        least=slopes[0],
        most=slopes[-1],
        error=_error_words(image, step / 2),
    )
    is_coarser = step > min(abs(slope) for slope in slopes)
    severity = Severity.WARNING if is_coarser else Severity.INFO
    note = QualityNote("rescale_unified", message, severity, InputKind.IMAGE)
    padding = None if image.padding_value is None else LIMITS.min
    found = replace(image, stored=stored, instances=_instances(image, step, offset * step), padding_value=padding)
    return replace(found, padding_limit=None, bits_stored=16).with_notes(note)


def _error_words(image: MedicalImage, error: float) -> str:
    factors = [found.suv_factor for found in image.instances]
    words = f"{error:.3g} {image.header.units}".rstrip()
    known = [factor for factor in factors if factor]
    return f"{words} ({error * max(known):.2g} SUVbw)" if known and len(known) == len(factors) else words


def _value_range(image: MedicalImage) -> tuple[float, float]:
    lows, highs = [], []
    for index in range(image.n_slices):
        values = _values(image, index)[~padding_mask(image, index)]
        if values.size:
            lows.append(float(values.min()))
            highs.append(float(values.max()))
    return (min(lows), max(highs)) if lows else (0.0, 0.0)


def _values(image: MedicalImage, index: int) -> NDArray[np.float64]:
    instance = image.instances[index]
    stored = image.stored[index].astype(np.float64)
    return np.asarray(stored * instance.rescale_slope + instance.rescale_intercept)


def _instances(image: MedicalImage, slope: float, intercept: float) -> tuple[ImageInstance, ...]:
    return tuple(replace(found, rescale_slope=slope, rescale_intercept=intercept) for found in image.instances)
