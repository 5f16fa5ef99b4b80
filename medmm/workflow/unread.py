"""Files that should have been inputs and were not read: a result without them must say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medmm.core.errors import IdentityMismatch
from medmm.core.quality import QualityNote, Severity, SkippedFile
from medmm.core.words import Words

NOT_AN_INPUT, NOT_AN_IMAGE = "not_an_input", "dicom_not_image"
# What stands in the place of an input, by its name: an image, a note or values in a form that is not read.
CLAIMS = (
    *(".dcm", ".dicom", ".ima", ".png", ".jpg", ".jpeg", ".nii", ".nrrd", ".mha"),
    *(".xml", ".cda", ".json", ".hl7", ".rtf", ".doc", ".docx", ".pdf", ".xls", ".xlsx", ".parquet"),
    *(".mp3", ".flac"),
)
MOST_NAMED = 8
UNREAD = "file_not_read"


def unread_checks(skipped: Sequence[SkippedFile], *, has_images: bool) -> tuple[QualityNote, ...]:
    """Turn skipped files into checks: STOP for one that names two patients, WARNING for any other lost input.

    A file that nobody expects a model to read is told by `medmm info` alone; a DICOM object that is no image is one
    unless there is no image at all (has_images): then it may lie where the image should.
    """
    mixed = [file for file in skipped if file.code == IdentityMismatch.code]
    lost = [file for file in skipped if file.code != IdentityMismatch.code and _is_lost(file, has_images=has_images)]
    stops = (QualityNote("identity_conflict", told(file), Severity.STOP) for file in mixed)
    return (*stops, *_warnings(lost))


def _is_lost(file: SkippedFile, *, has_images: bool) -> bool:
    if file.code == NOT_AN_INPUT:
        return file.path.suffix.casefold() in CLAIMS
    return file.code != NOT_AN_IMAGE or not has_images


def _warnings(lost: Sequence[SkippedFile]) -> Iterator[QualityNote]:
    for file in lost[:MOST_NAMED]:
        yield QualityNote(UNREAD, told(file), Severity.WARNING)
    if len(lost) > MOST_NAMED:
        more = Words(
            "{n_lost} more files were not read either; `medmm info` lists them.", n_lost=len(lost) - MOST_NAMED
        )
        yield QualityNote(UNREAD, more, Severity.WARNING)


def told(file: SkippedFile) -> Words:
    """Say why a file was not read; its name stands once."""
    if file.path.name in file.reason:
        return file.reason
    return Words("{name} was not read: {reason}", name=file.path.name, reason=file.reason)
