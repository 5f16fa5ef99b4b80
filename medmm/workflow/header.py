"""The DICOM header of a file for display."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medmm.imaging.header_rows import HeaderTable


def read_header(folder: Path, path: Path) -> HeaderTable:
    """Read every element of a file of a case; folder: where the case was opened from, it may be an archive.

    Raises UnreadableFile when the file is gone or is no DICOM.
    """
    from medmm.imaging.header_rows import read_header_rows
    from medmm.workflow.sources import reopened

    with reopened(folder, path) as file:
        return read_header_rows(file)
