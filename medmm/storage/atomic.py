"""Write a file so that a reader sees the old one or the whole new one, never a part."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from medmm.core.errors import StorageError
from medmm.core.words import Words

UNFINISHED = ".writing-"
# What network and user-space file systems answer that sync files but no folders; the file itself is safe by then.
NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


def write_bytes(path: Path, content: bytes) -> None:
    """Replace `path` by `content`: temporary file in the same folder, fsync, rename, fsync of the folder.

    Raises StorageError with the number of bytes needed; an older file stays as it was.
    """
    try:
        with _unfinished(path) as stream:
            stream.write(content)
    except OSError as error:
        raise StorageError(
            Words(
                "{name} could not be written ({n_content:,} bytes needed): {reason}",
                name=path.name,
                n_content=len(content),
                reason=error.strerror,
            ),
            Words("Free some space or choose another folder; an older file of that name is as it was."),
            path,
        ) from error


@contextmanager
def replacing(*paths: Path) -> Iterator[tuple[BinaryIO, ...]]:
    """Give streams whose content takes the place of `paths` when the block ends, for what is too large for memory.

    Raises StorageError with the number of bytes that there was room for; older files stay as they were.
    """
    n_written = 0
    try:
        with ExitStack() as stack:
            streams = tuple(stack.enter_context(_unfinished(path)) for path in paths)
            try:
                yield streams
            finally:
                n_written = sum(os.fstat(stream.fileno()).st_size for stream in streams)
    except OSError as error:
        raise StorageError(
            Words(
                "{names} could not be written (more than {n_written:,} bytes needed): {reason}",
                names=", ".join(path.name for path in paths),
                n_written=n_written,
                reason=error.strerror or type(error).__name__,
            ),
            Words("Free some space or choose another folder; an older file of that name is as it was."),
            paths[0],
        ) from error


def write_text(path: Path, text: str) -> None:
    """Replace `path` by `text` in UTF-8, line ends as given; half of a surrogate pair is written as \\udcff."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def sweep(folder: Path) -> None:
    """Remove what a killed process left half-written in a folder; for one who alone writes there.

    Raises StorageError when something cannot be removed.
    """
    for left in folder.glob(f"{UNFINISHED}*"):
        remove(left)


def remove(path: Path) -> None:
    """Remove a file; one that is gone already is no trouble. Raises StorageError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            Words("{name} cannot be removed: {reason}", name=path.name, reason=error.strerror),
            Words("Check your rights to the folder."),
            path,
        ) from error


@contextmanager
def _unfinished(path: Path) -> Iterator[BinaryIO]:
    # Opened here and not by `tempfile`: the user's umask decides who may read a patient's result.
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.parent / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        with unfinished.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a directory cannot be opened for fsync there; NTFS journals the rename
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)
