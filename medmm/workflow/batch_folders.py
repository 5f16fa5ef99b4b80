"""The patient folders below a root, one after the other: a million of them never lie in memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.lock import LOCK_NAME
from medmm.storage.paths import readable
from medmm.workflow.sources import is_archive

STORE = "results.sqlite"


def find_cases(root: Path) -> Iterator[Path]:
    """Give the patient folders (and archives of one) directly below a root, in the order of the disk.

    Raises StorageError when the root cannot be opened.
    """
    try:
        with os.scandir(root) as entries:
            yield from (path for entry in entries if is_case(path := Path(entry.path)))
    except NotADirectoryError:
        return
    except OSError as error:
        raise StorageError(
            Words("{root!r} cannot be opened: {reason}", root=root.name, reason=error.strerror),
            Words("Check your rights."),
            root,
        ) from error


def is_case(path: Path) -> bool:
    """Tell whether a path may be a patient: what an earlier batch left, and what this one is writing, is none."""
    if path.name.startswith("."):
        return False
    if not path.is_dir():
        return is_archive(path)
    try:
        return any(child.name != LOCK_NAME for child in path.iterdir()) and not (path / STORE).exists()
    except OSError:
        return True  # its row will say why it cannot be opened


def key_of(case: str) -> str:
    """Name a case in what is written: folder names may hold a patient's name, a hash holds none."""
    return hashlib.sha256(case.encode("utf-8")).hexdigest()[:16]


class FolderNames:
    """From a folder to the name of its case and back, also where the name is no text that a store can hold."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._odd: dict[str, Path] = {}

    def name_of(self, folder: Path) -> str:
        """Give the name under which a folder is kept."""
        name = readable(folder.name)
        if name != folder.name:
            self._odd[name] = folder
        return name

    def folder_of(self, name: str) -> Path:
        """Give the folder of a case."""
        return self._odd.get(name, self._root / name)


def refuse_out_among(root: Path, out: Path) -> None:
    """Raise StorageError where results would lie among the patients, and be read as patients by the next run."""
    place, root = out.resolve(), root.resolve()
    inside = place.relative_to(root).parts if place.is_relative_to(root) else None
    if inside is None or (inside and not is_case(root / inside[0])):
        return
    raise StorageError(
        Words("--out {out!r} lies among the patients' own files", out=out.name), Words("Choose another --out."), place
    )


def require_root(root: Path) -> None:
    """Raise StorageError where the patients' folder is lost, as with a network drive: no case of it has failed then."""
    try:
        with os.scandir(root) as entries:
            if next(entries, None) is not None:
                return
        reason: str | Words = Words("it is empty now")
    except OSError as error:
        reason = error.strerror or type(error).__name__
    raise StorageError(
        Words("{root!r} is lost: {reason}", root=root.name, reason=reason),
        Words("What was scored is kept. Once the folder is back, go on with --resume."),
        root,
    )
