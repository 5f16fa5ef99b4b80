"""Find what a folder holds, by content: DICOM series, pictures, other files; every skipped file has its reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from medmm.core.errors import InputError, UnsupportedImage
from medmm.core.image import SeriesSummary
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.quality import SkippedFile
from medmm.imaging.dicom import read_facts
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.groups import group_series
from medmm.imaging.sniff import FileKind, file_kind

PROGRESS_EVERY = 20


@dataclass(frozen=True)
class FolderScan:
    """What was found: series (headers only), pictures, files that are no images, and what was skipped and why."""

    series: tuple[SeriesSummary, ...]
    pictures: tuple[Path, ...]
    others: tuple[Path, ...]
    skipped: tuple[SkippedFile, ...]

    @property
    def images(self) -> tuple[tuple[Path, ...], ...]:
        """The paths of each image that `read_image` can be asked for."""
        return (*(series.paths for series in self.series), *((path,) for path in self.pictures))


@dataclass
class _Findings:
    dicom: list[InstanceFacts] = field(default_factory=list)
    pictures: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)


def scan_folder(folder: Path, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> FolderScan:
    """Look at every regular file at or below a path without reading pixels, in the order of names."""
    cancel = cancel or CancelToken()
    findings = _Findings()
    for done, path in enumerate(_regular_files(folder, findings.skipped)):
        cancel.raise_if_set()
        if done % PROGRESS_EVERY == 0:
            progress(done, 0, "looking at files")
        _sort_in(path, findings)
    return FolderScan(
        series=group_series(findings.dicom),
        pictures=tuple(findings.pictures),
        others=tuple(findings.others),
        skipped=tuple(findings.skipped),
    )


def _sort_in(path: Path, findings: _Findings) -> None:
    try:
        kind = file_kind(path)
        if kind is FileKind.DICOM:
            findings.dicom.append(read_facts(path))
        elif kind is FileKind.OTHER:
            findings.others.append(path)
        else:
            findings.pictures.append(path)
    except UnsupportedImage as error:
        findings.skipped.append(SkippedFile(path, "dicom_not_image", f"{error.message}."))
    except InputError as error:
        findings.skipped.append(SkippedFile(path, error.code, f"{error.message}. {error.hint}"))


def _regular_files(root: Path, skipped: list[SkippedFile]) -> Iterator[Path]:
    """Walk without recursion and without following links; a folder is entered once (device, inode)."""
    if not root.is_dir():
        yield root
        return
    waiting, seen = [root], {_identity(root.stat())}
    while waiting:
        folders = []
        for entry in _entries(waiting.pop(), skipped):
            path = Path(entry.path)
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                skipped.append(SkippedFile(path, "unreadable_file", f"It cannot be looked at: {error.strerror}."))
                continue
            if stat.S_ISDIR(status.st_mode):
                if _identity(status) not in seen:
                    seen.add(_identity(status))
                    folders.append(path)
            elif (reason := _refuse(status)) is not None:
                skipped.append(SkippedFile(path, *reason))
            else:
                yield path
        waiting += reversed(folders)


def _entries(folder: Path, skipped: list[SkippedFile]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        skipped.append(SkippedFile(folder, "unreadable_folder", f"The folder cannot be opened: {error.strerror}."))
        return []


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _refuse(status: os.stat_result) -> tuple[str, str] | None:
    if stat.S_ISLNK(status.st_mode):
        return "symbolic_link", "A symbolic link; links are not followed. Copy the file itself into the folder."
    if not stat.S_ISREG(status.st_mode):
        return "not_regular", "No regular file (a pipe, socket or device); it was not opened."
    if status.st_size == 0:
        return "empty_file", "The file is empty (0 bytes)."
    return None
