"""From a path that a user names to a folder that can be scanned: folders, single files, zip and tar archives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words
from medmm.storage.paths import ensure_folder
from medmm.storage.work_folder import work_folder
from medmm.workflow.archive import unpack

ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
# The only name that an index may have on a medium (PS3.10 8.6).
DICOMDIR = "DICOMDIR"
UNPACKED, FILES = "unpacked-", "files"


def is_archive(path: Path) -> bool:
    """Tell whether a path looks like an archive of a patient folder."""
    return path.is_file() and path.name.lower().endswith(ARCHIVE_SUFFIXES)


def is_dicomdir(path: Path) -> bool:
    """Tell by its name whether a file is meant to be the index of its folder."""
    return path.name.upper() == DICOMDIR and path.is_file()


@contextmanager
def opened_folder(path: Path) -> Iterator[Path]:
    """Give a folder to scan for as long as the block lasts; an archive is unpacked and removed afterwards.

    Raises UnreadableFile for a path that is not there, InputError for an archive that is unsafe or too large.
    """
    if not path.exists():
        raise UnreadableFile(Words("{name!r} does not exist", name=path.name), Words("Check the path."), path)
    if not is_archive(path):
        yield path.parent if is_dicomdir(path) else path
        return
    with work_folder(UNPACKED) as place:
        target = ensure_folder(place / FILES)
        unpack(path, target)
        yield target


@contextmanager
def reopened(folder: Path, path: Path) -> Iterator[Path]:
    """Give a file of a case that was opened before; where the case is an archive, it is unpacked once more.

    Raises UnreadableFile when the file is no longer there.
    """
    parts = path.parts
    place = next((at for at, part in enumerate(parts) if part.startswith(UNPACKED)), None)
    if not path.exists() and place is not None and is_archive(folder):
        with opened_folder(folder) as unpacked:
            yield unpacked.joinpath(*parts[place + 2 :])
        return
    if not path.exists():
        raise UnreadableFile(
            Words("{name!r} is no longer there", name=path.name), Words("Open the patient again."), path
        )
    yield path
