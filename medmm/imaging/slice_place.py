"""Which slice is which, for things that are kept beside an image and must find it again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from medmm.core.image import MedicalImage
from medmm.core.measurement import SlicePlace


def place_of(image: MedicalImage, slice_index: int) -> SlicePlace:
    """Name a slice by its SOP instance and frame; what has no UID, such as a PNG, by its pixels."""
    instance, header = image.instances[slice_index], image.header
    uid = instance.sop_instance_uid or _digest(image, slice_index)
    return SlicePlace(uid, instance.frame, header.study_uid, header.series_uid)


def find_slices(images: Sequence[MedicalImage]) -> dict[tuple[str, int], tuple[int, int]]:
    """Index the slices of several images: from a place's key to (number of the image, index of the slice)."""
    return {
        place_of(image, index).key: (number, index)
        for number, image in enumerate(images)
        for index in range(image.n_slices)
    }


def documents_of(images: Sequence[MedicalImage]) -> tuple[str, ...]:
    """Name the studies, or lone pictures, that these images belong to, each once."""
    slices = [(image, index) for image in images for index in range(1 if image.header.study_uid else image.n_slices)]
    return tuple(dict.fromkeys(place_of(image, index).document for image, index in slices))


def _digest(image: MedicalImage, slice_index: int) -> str:
    pixels = np.ascontiguousarray(image.stored[slice_index])
    found = hashlib.blake2b(digest_size=16, key=str(pixels.shape).encode())
    found.update(pixels.data)
    return f"pixels-{found.hexdigest()}"
