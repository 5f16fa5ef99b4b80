"""Which slice is which, for things that are kept beside an image and must find it again."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from medmm.core.image import MedicalImage
from medmm.core.measurement import SlicePlace

PIXELS = "pixels-"


def place_of(image: MedicalImage, slice_index: int) -> SlicePlace:
    """Name a slice by its SOP instance and frame; what has no UID, such as a PNG, by its pixels."""
    instance, header = image.instances[slice_index], image.header
    uid = instance.sop_instance_uid or _digest(image, slice_index)
    cut = replace(image.cut, index=slice_index) if image.cut and not instance.sop_instance_uid else None
    return SlicePlace(uid, instance.frame, header.study_uid, header.series_uid, cut)


def stated_slice(image: MedicalImage, place: SlicePlace) -> int | None:
    """Find a slice by its UID and frame among those that an image states; None where it is not among them."""
    wanted = ((one.sop_instance_uid, one.frame) == place.key for one in image.instances)
    return next((index for index, is_it in enumerate(wanted) if is_it), None)


def is_computed(place: SlicePlace) -> bool:
    """Tell whether a place is a plane that no object of its study stores: computed from the volume."""
    return bool(place.study_uid) and place.sop_instance_uid.startswith(PIXELS)


def _digest(image: MedicalImage, slice_index: int) -> str:
    pixels = np.ascontiguousarray(image.stored[slice_index])
    found = hashlib.blake2b(digest_size=16, key=str(pixels.shape).encode())
    found.update(pixels.data)
    return f"{PIXELS}{found.hexdigest()}"
