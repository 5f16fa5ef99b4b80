"""Was a skipped file meant as an input? Then its absence has a reason of its own."""

from __future__ import annotations

from collections.abc import Collection

from medmm.core.errors import InvalidRecord, UnreadableFile
from medmm.core.quality import SkippedFile

CODES = frozenset({InvalidRecord.code, UnreadableFile.code})


def is_lost(file: SkippedFile, suffixes: Collection[str]) -> bool:
    """Tell whether a file of these suffixes was refused when it was read, not passed over as none of ours."""
    return file.code in CODES and file.path.suffix.lower() in suffixes
