"""Where parts wait to be merged: a folder that all machines see, or an address of fsspec."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.atomic import sweep, write_bytes
from medmm.workflow.cluster.patients import IS_URL, open_url

SET_ASIDE = "set_aside"
# What tells machines that it is this folder, and how often the work on a part was begun.
SIGN, BEGUN = "seen_by_all-", ".begun"


class PartFolder(Protocol):
    """Holds parts under their names; travels to every machine."""

    def write(self, name: str, content: bytes) -> None:
        """Keep a file; it appears whole, in place of one of the same name."""
        ...

    def note(self, name: str, content: bytes) -> None:
        """Keep a file that may be lost with the power, or be empty then."""
        ...

    def read(self, name: str) -> bytes | None:
        """Give a file's content, None where it is not there."""
        ...

    def names(self) -> list[str]:
        """Give the names of all files."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no trouble."""
        ...

    def set_aside(self, name: str) -> None:
        """Move a file to where no one looks for parts."""
        ...

    def sweep(self) -> None:
        """Remove what killed workers left half-written; for a driver whose workers are not there yet."""
        ...

    def close(self) -> None:
        """Remove the place where nothing is left in it."""
        ...


@dataclass(frozen=True)
class LocalParts:
    """Parts in a folder that every machine has at the same place."""

    folder: Path

    def write(self, name: str, content: bytes) -> None:
        """Keep a file. Raises StorageError."""
        write_bytes(self.folder / name, content)

    def note(self, name: str, content: bytes) -> None:
        """Keep a file without waiting for the disk. Raises StorageError."""
        with _told(name):
            (self.folder / name).write_bytes(content)

    def read(self, name: str) -> bytes | None:
        """Give a file's content, None where it is not there. Raises StorageError."""
        with _told(name):
            path = self.folder / name
            return path.read_bytes() if path.exists() else None

    def names(self) -> list[str]:
        """Give the names of all files. Raises StorageError."""
        with _told(self.folder.name):
            self.folder.mkdir(parents=True, exist_ok=True)
            return sorted(path.name for path in self.folder.iterdir() if path.is_file())

    def remove(self, name: str) -> None:
        """Remove a file. Raises StorageError."""
        with _told(name):
            (self.folder / name).unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        """Move a file to a folder of its own. Raises StorageError."""
        with _told(name):
            (self.folder / SET_ASIDE).mkdir(exist_ok=True)
            (self.folder / name).replace(self.folder / SET_ASIDE / name)

    def sweep(self) -> None:
        """Remove what killed workers left half-written."""
        sweep(self.folder)

    def close(self) -> None:
        """Remove the folder where nothing is left in it."""
        with contextlib.suppress(OSError):  # what was set aside stays, and so does the folder
            self.folder.rmdir()


@dataclass(frozen=True)
class RemoteParts:
    """Parts behind an address of fsspec; object stores show an object once it is whole."""

    url: str

    def write(self, name: str, content: bytes) -> None:
        """Keep a file. Raises StorageError."""
        fs, root = open_url(self.url)
        with _told(name):
            fs.pipe_file(f"{root}/{name}", content)

    def note(self, name: str, content: bytes) -> None:
        """Keep a file. Raises StorageError."""
        self.write(name, content)

    def read(self, name: str) -> bytes | None:
        """Give a file's content, None where it is not there. Raises StorageError."""
        fs, root = open_url(self.url)
        with _told(name):
            return bytes(fs.cat_file(f"{root}/{name}")) if fs.exists(f"{root}/{name}") else None

    def names(self) -> list[str]:
        """Give the names of all files. Raises StorageError."""
        fs, root = open_url(self.url)
        with _told(self.url):
            fs.makedirs(root, exist_ok=True)
            fs.invalidate_cache()
            listed = fs.ls(root, detail=True)
            return sorted(PurePosixPath(entry["name"]).name for entry in listed if entry["type"] == "file")

    def remove(self, name: str) -> None:
        """Remove a file. Raises StorageError."""
        fs, root = open_url(self.url)
        with _told(name):
            if fs.exists(f"{root}/{name}"):
                fs.rm_file(f"{root}/{name}")

    def set_aside(self, name: str) -> None:
        """Move a file to a folder of its own. Raises StorageError."""
        fs, root = open_url(self.url)
        with _told(name):
            fs.makedirs(f"{root}/{SET_ASIDE}", exist_ok=True)
            fs.mv(f"{root}/{name}", f"{root}/{SET_ASIDE}/{name}")

    def sweep(self) -> None:
        """Nothing is left half-written."""

    def close(self) -> None:
        """A place without objects is none."""


def parts_at(place: str) -> LocalParts | RemoteParts:
    """Give the parts at a path or address; file:// is a path."""
    if place.startswith("file://"):
        place = place.removeprefix("file://")
    return RemoteParts(place.rstrip("/")) if IS_URL in place else LocalParts(Path(place).absolute())


@contextmanager
def signed(parts: PartFolder) -> Iterator[str]:
    """Put a sign among the parts for as long as the block lasts: a machine that does not see it sees another folder."""
    sign = f"{SIGN}{secrets.token_hex(8)}"
    parts.write(sign, b"")
    try:
        yield sign
    finally:
        parts.remove(sign)


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            Words("{name!r} among the parts: {reason}", name=name, reason=error.strerror or str(error)),
            Words("Check the place that --parts names. What was merged is kept."),
        ) from error
