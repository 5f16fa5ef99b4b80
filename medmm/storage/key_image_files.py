"""The key images that a reader marked in each study: one JSON file a study, under the hash of its UID."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from typing import Any

from medmm.core.errors import StorageError
from medmm.core.measurement import SlicePlace
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.storage.study_file import MALFORMED, StudyFile

FILE = StudyFile("key_images", "medmm.key_images/1", "key_images", Words("key images"))
Key = tuple[str, int]


@dataclass(frozen=True)
class StoredKeyImages:
    """What was found for a study; trouble: what was wrong with the file, which is then kept aside."""

    places: tuple[SlicePlace, ...] = ()
    trouble: StorageError | None = None


def read_key_images(document: str) -> StoredKeyImages:
    """Read the marks of a study; a damaged file is renamed and its sound entries are given.

    Raises StorageError when the file is there but cannot be read now.
    """
    found = [_place(entry) for entry in FILE.entries(document)]
    sound = tuple(place for place in found if place is not None)
    if len(sound) == len(found):
        return StoredKeyImages(sound)
    return StoredKeyImages(sound, FILE.set_aside(document, [asdict(place) for place in sound], len(found)))


def write_key_images(
    document: str, places: Sequence[SlicePlace], *, known: Set[Key], cancel: CancelToken = CancelToken()
) -> None:
    """Replace the marks of a study; those that another window set and this one never knew are kept.

    known: the keys of the slices that this session read, marked or unmarked. Raises StorageError; the old file is
    then as it was. Raises Cancelled when that was asked for before its turn to write came.
    """
    with FILE.alone():
        cancel.raise_if_set()
        others = [place for place in read_key_images(document).places if place.key not in known]
        FILE.write(document, [asdict(place) for place in (*others, *places)])


def _place(entry: Any) -> SlicePlace | None:
    try:
        names = entry["sop_instance_uid"], entry["study_uid"], entry["series_uid"]
        frame = entry["frame"]
    except MALFORMED:
        return None
    is_sound = all(isinstance(name, str) for name in names) and type(frame) is int and frame >= 0
    return SlicePlace(names[0], frame, names[1], names[2]) if is_sound and names[0] else None
