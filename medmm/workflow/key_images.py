"""Key images kept from one session to the next, with the study that they belong to."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from medmm.core.errors import MedMMError
from medmm.core.measurement import SlicePlace
from medmm.core.progress import CancelToken
from medmm.storage.key_image_files import read_key_images, write_key_images

__all__ = ["SavedKeyImages", "load_key_images", "save_key_images"]


@dataclass(frozen=True)
class SavedKeyImages:
    """What earlier sessions left; trouble: the first file that was damaged, of which the sound part is here."""

    places: tuple[SlicePlace, ...] = ()
    trouble: MedMMError | None = None


def load_key_images(documents: Sequence[str]) -> SavedKeyImages:
    """Read what was marked in some studies.

    Raises StorageError when a file is there but cannot be read now.
    """
    stored = [read_key_images(document) for document in documents]
    places = tuple(place for part in stored for place in part.places)
    return SavedKeyImages(places, next((part.trouble for part in stored if part.trouble), None))


def save_key_images(
    document: str, places: Sequence[SlicePlace], *, known: Set[tuple[str, int]], cancel: CancelToken = CancelToken()
) -> None:
    """Keep the marks of one study; `known` are the slices whose marks this session has seen.

    Raises StorageError; what was kept before is then as it was.
    """
    write_key_images(document, places, known=known, cancel=cancel)
