"""Read the header of any DICOM object, whatever it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words
from medmm.imaging.tags import TAG_TROUBLE


def read_data_set(path: Path) -> Any:
    """Read the elements in front of the pixel data; to be called within `quiet`, after a pre-scan.

    Raises UnreadableFile when the file is damaged.
    """
    import pydicom
    from pydicom.errors import InvalidDicomError

    try:
        return pydicom.dcmread(path, force=True, stop_before_pixels=True)
    except (*TAG_TROUBLE, InvalidDicomError, MemoryError, OSError) as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: BaseException) -> UnreadableFile:
    """Say that a file is a damaged DICOM file."""
    return UnreadableFile(
        Words("{name!r} is a damaged DICOM file: {value}", name=path.name, value=error or type(error).__name__),
        Words("Copy it again from its source."),
        path,
    )
