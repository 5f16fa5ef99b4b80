"""One writer at a time in a folder, across processes; the operating system frees the lock of one that was killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words

LOCK_NAME = "in_use.lock"


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Keep a folder for this process as long as the block lasts.

    Raises StorageError at once when another process holds it, or when the folder cannot be locked.
    """
    path = folder / LOCK_NAME
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StorageError(
            Words("{name!r} cannot be written: {reason}", name=folder.name, reason=error.strerror),
            Words("Choose a folder that you may write to."),
            folder,
        ) from error
    try:
        _take(descriptor, folder)
        if not _is_still_there(path, descriptor):
            raise _trouble(Words("{name!r} is just being released by another process", name=folder.name), folder)
        try:
            yield
        finally:
            if os.name != "nt":  # an open file cannot be removed there; a lock file that nobody holds does no harm
                with suppress(OSError):  # nor does it where the disk refuses: what was done is done
                    path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> None:
    try:
        _lock(descriptor)
    except (BlockingIOError, PermissionError) as error:
        raise _trouble(Words("another process is writing to {name!r}", name=folder.name), folder) from error
    except OSError as error:
        raise StorageError(
            Words("{name!r} cannot be locked: {reason}", name=folder.name, reason=error.strerror),
            Words("Choose an --out folder on a local disk."),
            folder,
        ) from error


def _is_still_there(path: Path, descriptor: int) -> bool:
    # The former holder removes the file before it lets go: then this is the lock of a file that no one else sees.
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _trouble(message: Words, folder: Path) -> StorageError:
    return StorageError(message, Words("Wait until the other one has ended, or choose another --out folder."), folder)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
