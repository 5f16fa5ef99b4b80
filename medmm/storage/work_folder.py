"""Folders for what is needed for a while: no other user enters them, and what a killed process left is swept."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.storage.lock import hold_folder
from medmm.storage.paths import ensure_folder, home

# Between making its folder and holding it a process is unprotected for an instant.
YOUNG_S = 60.0


@contextmanager
def work_folder(prefix: str) -> Iterator[Path]:
    """Give a folder in MEDMM_HOME that no other user may enter, for as long as the block lasts.

    prefix: what it is for; what killed processes have left of that kind is removed first.
    Raises StorageError when nothing can be written there.
    """
    work = ensure_folder(home() / "work")
    _remove_abandoned(work, prefix)
    place = Path(tempfile.mkdtemp(prefix=prefix, dir=work))
    try:
        with hold_folder(place):
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _remove_abandoned(work: Path, prefix: str) -> None:
    """Remove what a killed process has left; whoever is still at work holds its folder."""
    for left in work.glob(f"{prefix}*"):
        try:
            if time.time() - left.stat().st_mtime > YOUNG_S:
                with hold_folder(left):
                    shutil.rmtree(left, ignore_errors=True)
        except (StorageError, FileNotFoundError):
            continue  # in use, or another process was faster
