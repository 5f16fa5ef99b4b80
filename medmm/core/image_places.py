"""Where the objects that reports and key object selections name lie among the series of a patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from medmm.core.document import ObjectReference
from medmm.core.image import MedicalImage, SeriesSummary


@dataclass(frozen=True)
class ImagePlace:
    """A slice or frame of a series that is open, whether its pixels are read or not.

    series: the series number as the file says, may be empty; number: the instance number, None where not stated;
    frame: from 0; frames: those of a multi-frame object that the series holds, empty for all.
    """

    series_key: str
    sop_instance_uid: str
    series: str = ""
    number: int | None = None
    frame: int = 0
    is_frame: bool = False
    frames: tuple[int, ...] = ()


Places = Mapping[str, tuple[ImagePlace, ...]]


def find_places(series: Sequence[SeriesSummary]) -> dict[str, tuple[ImagePlace, ...]]:
    """Index the objects of several series by their SOP instance UID; one may be spread over several series."""
    found: dict[str, tuple[ImagePlace, ...]] = {}
    for one in series:
        is_frame = len(one.paths) == 1 and one.n_frames > 1
        for uid, number in zip_longest(one.uids, one.numbers):
            place = ImagePlace(one.key, uid, one.header.series_number, number, 0, is_frame, one.frames)
            if uid:
                found[uid] = (*found.get(uid, ()), place)
    return found


def place_at(places: Places, sop_instance_uid: str, frame: int = 0) -> ImagePlace | None:
    """Find a slice by its UID and frame, from 0; None where it is not open."""
    candidates = places.get(sop_instance_uid, ())
    fitting = (place for place in candidates if not place.frames or frame in place.frames)
    found = next(fitting, None)
    return replace(found, frame=frame) if found is not None else None


def place_of_reference(places: Places, reference: ObjectReference) -> ImagePlace | None:
    """Find the slice that a reference names, of several frames the first; None where it is not open."""
    if reference.frames:
        return place_at(places, reference.sop_instance_uid, reference.frames[0] - 1)
    first = next(iter(places.get(reference.sop_instance_uid, ())), None)
    return replace(first, frame=first.frames[0] if first.frames else 0) if first is not None else None


def slice_of(image: MedicalImage, place: ImagePlace) -> int | None:
    """Find the slice of a place in the image of its series; None where it is not in it."""
    wanted = (place.sop_instance_uid, place.frame)
    found = (at for at, one in enumerate(image.instances) if (one.sop_instance_uid, one.frame) == wanted)
    return next(found, None)
