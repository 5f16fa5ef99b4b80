"""Read a DICOMDIR: which files of its folder it names (PS3.3 F, PS3.10 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medmm.core.errors import UnreadableFile
from medmm.core.quality import SkippedFile
from medmm.core.words import Words
from medmm.imaging.prescan import prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.tags import TAG_TROUBLE

MAX_COMPONENTS = 8


@dataclass(frozen=True)
class DicomDir:
    """The files that are there, and those that are named and are not."""

    files: tuple[Path, ...]
    missing: tuple[SkippedFile, ...]


def read_dicomdir(path: Path) -> DicomDir:
    """Find the files that an index names, in its order and inside its own folder only.

    Raises UnreadableFile when it is damaged or names no file.
    """
    prescan(path)
    files: dict[Path, None] = {}
    missing: dict[str, SkippedFile] = {}
    for parts in _referenced(path):
        name = "/".join(parts)
        found = _inside(path.parent, parts)
        if found is None:
            reason = Words("The DICOMDIR names {name!r}, which is not in its folder.", name=name)
            missing.setdefault(name, SkippedFile(path.parent / parts[-1], "dicomdir_missing", reason))
        else:
            files.setdefault(found)
    if not files and not missing:
        raise UnreadableFile(
            Words("{name!r} names no file", name=path.name), Words("Open the folder itself instead."), path
        )
    return DicomDir(tuple(files), tuple(missing.values()))


def _referenced(path: Path) -> Iterator[tuple[str, ...]]:
    import pydicom
    from pydicom.errors import InvalidDicomError

    with quiet():
        try:
            data_set = pydicom.dcmread(path, force=True)
            # Read here: pydicom decodes elements when they are first looked at.
            found = [parts for record in data_set.get("DirectoryRecordSequence") or () if (parts := _parts(record))]
        except (*TAG_TROUBLE, InvalidDicomError, MemoryError, OSError) as error:
            raise UnreadableFile(
                Words("{name!r} is a damaged index: {value}", name=path.name, value=error or type(error).__name__),
                Words("Open its folder instead; the files are then found by their content."),
                path,
            ) from error
    yield from found


def _parts(record: Any) -> tuple[str, ...]:
    named = record.get("ReferencedFileID")
    if named is None:
        return ()
    return (str(named),) if isinstance(named, str) else tuple(str(part) for part in named)


def _inside(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """Walk from the folder to a file, without leaving it; CD-ROM drivers write names in small letters or with ;1."""
    if len(parts) > MAX_COMPONENTS or any(set(part) & set("/\\:\0") or part in ("", ".", "..") for part in parts):
        return None
    place = folder
    for part in parts:
        candidates = [place / form for form in (part, part.lower(), part.upper(), f"{part};1", f"{part.lower()};1")]
        found = next((one for one in candidates if one.exists() and not one.is_symlink()), None)
        if found is None:
            return None
        place = found
    return place if place.is_file() else None
