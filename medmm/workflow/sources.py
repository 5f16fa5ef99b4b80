"""From a path that a user names to a folder that can be scanned: folders, single files, zip and tar archives."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from medmm.core.errors import InputError, UnreadableFile
from medmm.storage.paths import ensure_folder, home

MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_MEMBERS = 100_000
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")


def is_archive(path: Path) -> bool:
    """Tell whether a path looks like an archive of a patient folder."""
    return path.is_file() and path.name.lower().endswith(ARCHIVE_SUFFIXES)


@contextmanager
def opened_folder(path: Path) -> Iterator[Path]:
    """Give a folder to scan for as long as the block lasts; an archive is unpacked and removed afterwards.

    Raises UnreadableFile for a path that is not there, InputError for an archive that is unsafe or too large.
    """
    if not path.exists():
        raise UnreadableFile(f"{path.name!r} does not exist", "Check the path.", path)
    if not is_archive(path):
        yield path
        return
    target = Path(tempfile.mkdtemp(prefix="unpacked-", dir=ensure_folder(home() / "work")))
    try:
        _unpack(path, target)
        yield target
    finally:
        shutil.rmtree(target, ignore_errors=True)


def _unpack(path: Path, target: Path) -> None:
    try:
        if path.name.lower().endswith(".zip"):
            _unpack_zip(path, target)
        else:
            _unpack_tar(path, target)
    except (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError) as error:
        raise UnreadableFile(
            f"{path.name} is not a sound archive: {type(error).__name__}", "Unpack it by hand.", path
        ) from error


def _unpack_zip(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        _check_sizes(path, [info.file_size for info in members])
        for info in members:
            place = _safe_place(path, target, info.filename)
            with archive.open(info) as source:
                _copy(source, place, info.file_size, path)


def _unpack_tar(path: Path, target: Path) -> None:
    with tarfile.open(path) as archive:
        members = [member for member in archive if member.isfile()]
        _check_sizes(path, [member.size for member in members])
        for member in members:
            source = archive.extractfile(member)
            if source is not None:
                _copy(source, _safe_place(path, target, member.name), member.size, path)


def _check_sizes(path: Path, sizes: list[int]) -> None:
    if len(sizes) > MAX_MEMBERS or sum(sizes) > MAX_UNPACKED_BYTES:
        raise InputError(
            f"{path.name} unpacks to {len(sizes):,} files and {sum(sizes):,} bytes",
            f"At most {MAX_MEMBERS:,} files and {MAX_UNPACKED_BYTES:,} bytes are unpacked; unpack it by hand.",
            path,
        )


def _safe_place(path: Path, target: Path, name: str) -> Path:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0]:
        raise InputError(f"{path.name} holds a member outside its folder", "The archive is not opened.", path)
    place = target.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _copy(source: IO[bytes], place: Path, size: int, path: Path) -> None:
    # A declared size may lie: never write more than was declared.
    with place.open("wb") as stream:
        left = size + 1
        while left > 0 and (chunk := source.read(min(left, 1 << 20))):
            stream.write(chunk)
            left -= len(chunk)
    if left <= 0:
        raise InputError(f"{path.name} holds more than it declares", "The archive is not opened.", path)
