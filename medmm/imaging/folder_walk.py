"""Every regular file at or below a folder, in the order of names; links, pipes and loops are told, not entered."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from medmm.core.quality import SkippedFile
from medmm.core.words import Words


def regular_files(root: Path, skipped: list[SkippedFile]) -> Iterator[Path]:
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
                skipped.append(
                    SkippedFile(
                        path, "unreadable_file", Words("It cannot be looked at: {reason}.", reason=error.strerror)
                    )
                )
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
        skipped.append(
            SkippedFile(
                folder, "unreadable_folder", Words("The folder cannot be opened: {reason}.", reason=error.strerror)
            )
        )
        return []


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _refuse(status: os.stat_result) -> tuple[str, Words] | None:
    if stat.S_ISLNK(status.st_mode):
        return "symbolic_link", Words("A symbolic link; links are not followed. Copy the file itself into the folder.")
    if not stat.S_ISREG(status.st_mode):
        return "not_regular", Words("No regular file (a pipe, socket or device); it was not opened.")
    if status.st_size == 0:
        return "empty_file", Words("The file is empty (0 bytes).")
    return None
