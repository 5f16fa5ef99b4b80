"""Files that should have been inputs and were not read: a result without them must say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medmm.core.errors import IdentityMismatch
from medmm.core.quality import QualityNote, Severity, SkippedFile
from medmm.core.words import Words

# Files that nobody expects a model to read.
EXPECTED = frozenset({"not_an_input", "dicom_not_image", "not_regular"})
MOST_NAMED = 8
UNREAD = "file_not_read"


def unread_checks(skipped: Sequence[SkippedFile]) -> tuple[QualityNote, ...]:
    """Turn skipped files into checks: STOP for one that names two patients, WARNING for any other lost input."""
    mixed = [file for file in skipped if file.code == IdentityMismatch.code]
    lost = [file for file in skipped if file.code not in (*EXPECTED, IdentityMismatch.code)]
    stops = (QualityNote("identity_conflict", told(file), Severity.STOP) for file in mixed)
    return (*stops, *_warnings(lost))


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
