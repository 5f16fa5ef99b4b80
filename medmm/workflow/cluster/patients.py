"""Where a cluster finds its patients: in a folder that all machines see, or behind an address of fsspec."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from medmm.core.errors import InputError, StorageError, UnreadableFile
from medmm.core.words import Words
from medmm.storage.paths import readable
from medmm.storage.work_folder import work_folder
from medmm.workflow.archive import MAX_MEMBERS, MAX_UNPACKED_BYTES
from medmm.workflow.batch_folders import find_cases, require_root
from medmm.workflow.sources import ARCHIVE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from fsspec import AbstractFileSystem

FETCHED = "fetched-"
IS_URL = "://"


class Patients(Protocol):
    """The patients of a batch; travels to every machine."""

    def find(self) -> Iterator[tuple[str, bytes]]:
        """Give the name of each case and its place below the root, as they are found."""
        ...

    def folder_at(self, place: bytes) -> Path:
        """Give the folder of a case, as results name it."""
        ...

    def fetch_of(self, place: bytes) -> Callable[[], AbstractContextManager[Path]] | None:
        """Give what brings a case to this machine, None where it is read in place."""
        ...

    def require(self) -> None:
        """Raise StorageError where this machine does not see the patients, or sees none."""
        ...


@dataclass(frozen=True)
class SharedFolder:
    """Patients in a folder that every machine has at the same place."""

    root: Path

    def find(self) -> Iterator[tuple[str, bytes]]:
        """Give name and place of each case. Raises StorageError when the root cannot be opened."""
        for folder in find_cases(self.root):
            yield readable(folder.name), os.fsencode(folder.name)

    def folder_at(self, place: bytes) -> Path:
        """Give the folder of a case."""
        return self.root / os.fsdecode(place)

    def fetch_of(self, place: bytes) -> None:
        """Read in place."""

    def require(self) -> None:
        """Raise StorageError where this machine does not see the patients, or sees none."""
        require_root(self.root)


@dataclass(frozen=True)
class RemoteFolder:
    """Patients behind an address of fsspec, as s3://bucket/night; each is fetched, read and removed again."""

    url: str

    def find(self) -> Iterator[tuple[str, bytes]]:
        """Give name and place of each case, folders and archives. Raises StorageError when it cannot be listed."""
        fs, root = open_url(self.url)
        try:
            listed = fs.ls(root, detail=True)
        except OSError as error:
            raise _lost(self.url, error) from error
        for entry in listed:
            name = PurePosixPath(entry["name"]).name
            is_case = entry["type"] == "directory" or name.lower().endswith(ARCHIVE_SUFFIXES)
            if is_case and not name.startswith("."):
                yield readable(name), name.encode()

    def folder_at(self, place: bytes) -> Path:
        """Give a folder of the case's name; it is there only while the case is being read."""
        return Path(place.decode())

    def fetch_of(self, place: bytes) -> Callable[[], AbstractContextManager[Path]]:
        """Give what brings a case to this machine for a while."""
        return partial(fetched, self.url, place.decode())

    def require(self) -> None:
        """Raise StorageError where the address cannot be reached, or holds nothing."""
        fs, root = open_url(self.url)
        try:
            fs.invalidate_cache()
            if fs.ls(root, detail=False):
                return
        except OSError as error:
            raise _lost(self.url, error) from error
        raise StorageError(Words("{url} holds nothing", url=self.url), Words("Check the address."))


def patients_at(root: str) -> SharedFolder | RemoteFolder:
    """Give the patients at a path or address; file:// is a path."""
    if root.startswith("file://"):
        root = root.removeprefix("file://")
    return RemoteFolder(root.rstrip("/")) if IS_URL in root else SharedFolder(Path(root).absolute())


def open_url(url: str) -> tuple[AbstractFileSystem, str]:
    """Give the file system of an address and the path on it.

    Raises StorageError when its driver is not installed or the address is none.
    """
    from fsspec.core import url_to_fs

    try:
        fs, path = url_to_fs(url)
    except ImportError as error:
        raise StorageError(
            Words("{scheme}:// needs a package that is not installed: {reason}", scheme=_scheme(url), reason=error),
            Words("Install it on every machine, as with `pip install s3fs` for s3://."),
        ) from error
    except (ValueError, OSError) as error:
        raise StorageError(Words("{url} cannot be opened: {reason}", url=url, reason=error)) from error
    return fs, path


@contextmanager
def fetched(url: str, name: str) -> Iterator[Path]:
    """Copy a case to this machine for as long as the block lasts.

    Raises UnreadableFile when it cannot be fetched, InputError when it is far too large or names files outside itself.
    """
    fs, root = open_url(url)
    with work_folder(FETCHED) as place:
        target = place / name
        try:
            there = fs.find(f"{root}/{name}", detail=True)
            sources, copies = _copies(name, f"{root}/{name}", there, target)
            for folder in {copy.parent for copy in copies}:
                folder.mkdir(parents=True, exist_ok=True)
            fs.get(sources, [str(copy) for copy in copies])
        except OSError as error:
            raise UnreadableFile(
                Words("{name!r} could not be fetched: {reason}", name=name, reason=error.strerror or str(error))
            ) from error
        yield target


def _copies(name: str, root: str, there: dict[str, dict[str, object]], target: Path) -> tuple[list[str], list[Path]]:
    n_bytes = sum(int(str(entry.get("size") or 0)) for entry in there.values())
    if not there:
        raise UnreadableFile(Words("{name!r} does not exist", name=name), Words("Check the path."))
    if len(there) > MAX_MEMBERS or n_bytes > MAX_UNPACKED_BYTES:
        raise InputError(
            Words("{name!r} has {n_files:,} files, {n_bytes:,} bytes", name=name, n_files=len(there), n_bytes=n_bytes),
            Words("It is more than one patient, or was put there by mistake."),
        )
    sources, copies = [], []
    for source in sorted(there):
        inside = PurePosixPath(source).relative_to(PurePosixPath(root)) if source != root else PurePosixPath()
        # A key of an object store may be any text: no file is written outside the folder that was made for it.
        if ".." in inside.parts:
            raise InputError(Words("{name!r} names a file outside of itself", name=name))
        sources.append(source)
        copies.append(target / inside)
    return sources, copies


def _scheme(url: str) -> str:
    return url.partition(IS_URL)[0]


def _lost(url: str, error: OSError) -> StorageError:
    return StorageError(
        Words("{url} is lost: {reason}", url=url, reason=error.strerror or str(error) or type(error).__name__),
        Words("What was scored is kept. Once it can be reached again, go on with --resume."),
    )
