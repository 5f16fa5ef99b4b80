"""Which files went into a case, with the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from medmm.core.image import MedicalImage
from medmm.core.quality import InputFile, InputKind
from medmm.core.record import ClinicalNote, Vitals
from medmm.core.recording import Recording
from medmm.storage.paths import readable


def sha256_of(path: Path) -> str:
    """Hash a file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def input_files(
    folder: Path,
    images: Sequence[MedicalImage],
    notes: Sequence[ClinicalNote],
    vitals: Sequence[Vitals],
    audio: Sequence[Recording] = (),
) -> tuple[InputFile, ...]:
    """List each file once, images first in reading order."""
    return (
        *_image_files(folder, images),
        # The readers hashed the very bytes that they decoded.
        *(InputFile(InputKind.NOTE, relative_name(note.path, folder), note.sha256) for note in notes),
        *(InputFile(InputKind.VITALS, relative_name(table.path, folder), table.sha256) for table in vitals),
        *(InputFile(InputKind.AUDIO, relative_name(sound.path, folder), sound.sha256) for sound in audio),
    )


def _image_files(folder: Path, images: Sequence[MedicalImage]) -> Iterator[InputFile]:
    seen: set[Path] = set()
    for instance in (instance for image in images for instance in image.instances):
        if instance.path not in seen:  # a multi-frame file has one instance a frame
            seen.add(instance.path)
            path = relative_name(instance.path, folder)
            yield InputFile(InputKind.IMAGE, path, sha256_of(instance.path), instance.sop_instance_uid)


def relative_name(path: Path, folder: Path) -> str:
    """Write a file's path as seen from the patient folder, with / on every system; its name when it lies elsewhere."""
    is_inside = path.is_relative_to(folder) and path != folder
    return readable(path.relative_to(folder).as_posix() if is_inside else path.name)
