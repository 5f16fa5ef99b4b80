"""Find what a folder holds, by content: DICOM series, pictures, other files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary, StudyHeader
from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import SkippedFile


@dataclass(frozen=True)
class FolderScan:
    """What was found: series by header, pictures, files that are no images, and files that cannot be images."""

    series: tuple[SeriesSummary, ...]
    pictures: tuple[Path, ...]
    others: tuple[Path, ...]
    skipped: tuple[SkippedFile, ...]


def scan_folder(folder: Path, *, progress: Progress, cancel: CancelToken) -> FolderScan:
    """Look at every regular file below a folder without reading pixels."""
    series, pictures, others = [], [], []
    for path in _files(folder):
        cancel.raise_if_set()
        with path.open("rb") as stream:
            head = stream.read(132)
        if head[128:] == b"DICM":
            series.append(_summary(path))
        elif head.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            pictures.append(path)
        else:
            others.append(path)
    return FolderScan(tuple(series), tuple(pictures), tuple(others), ())


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(root, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _summary(path: Path) -> SeriesSummary:
    import pydicom

    file = pydicom.dcmread(path, stop_before_pixels=True)
    header = StudyHeader(series_uid=str(file.get("SeriesInstanceUID", "")), modality=str(file.get("Modality", "")))
    identity = PatientIdentity(str(file.get("PatientID", "")), str(file.get("PatientName", "")), source="images")
    return SeriesSummary(header, identity, (path,), 1, int(file.get("Rows", 0)), int(file.get("Columns", 0)))
