"""What was being opened when the program died: it is not opened by itself again (FIELD.md, thread 12)."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.storage.atomic import write_text
from medmm.storage.lock import LOCK_NAME, hold_folder
from medmm.storage.paths import ensure_folder, home

log = logging.getLogger(__name__)
MAX_KEPT = 50
SESSION = "session-"


@dataclass(frozen=True)
class Suspect:
    """A path at whose opening the program died. path is empty where paths may not be remembered."""

    key: str
    path: str = ""

    @property
    def name(self) -> str:
        """The file's or folder's name, for a sentence."""
        return Path(self.path).name if self.path else ""


class Openings:
    """One session's marks on disk, one for each path that is being opened, and the list of suspects."""

    def __init__(self, *, remembers_paths: bool = True) -> None:
        self._remembers_paths = remembers_paths
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._folder: Path | None = None
        self._counts: dict[str, int] = {}

    def begin(self) -> tuple[Suspect, ...]:
        """Hold this session's folder and gather what dead sessions left; gives the suspects that are new.

        Raises StorageError when MEDMM_HOME cannot be written.
        """
        folder = ensure_folder(home() / "opening" / f"{SESSION}{secrets.token_hex(4)}")
        self._stack.enter_context(hold_folder(folder))
        self._folder = folder
        found = tuple(suspect for left in _dead_sessions(folder) for suspect in _gather(left))
        if found:
            _write_suspects((*(s for s in suspects() if s.key not in {f.key for f in found}), *found))
        return found

    @contextmanager
    def under_way(self, path: Path) -> Iterator[None]:
        """Mark a path as being opened for as long as the block lasts; blocks for one path may lie in each other."""
        key = path_key(path)
        self._count(key, 1, path)
        try:
            yield
        finally:
            self._count(key, -1, path)

    def close(self) -> None:
        """Leave no marks behind."""
        self._stack.close()
        if self._folder is not None:
            _remove(self._folder)
        self._folder = None

    def _count(self, key: str, by: int, path: Path) -> None:
        with self._lock:
            before = self._counts.get(key, 0)
            self._counts[key] = before + by
            if self._folder is None:
                return
            mark = self._folder / key
            try:
                if before == 0:
                    write_text(mark, str(path) if self._remembers_paths else "")
                elif before + by == 0:
                    mark.unlink(missing_ok=True)
            except (StorageError, OSError):
                # A full disk must not keep anybody from reading: this opening goes unmarked.
                log.warning("an opening could not be marked")


def path_key(path: Path) -> str:
    """Give a name for a path that says nothing about it."""
    return hashlib.blake2s(os.fsencode(path.absolute()), digest_size=8).hexdigest()


def suspects() -> tuple[Suspect, ...]:
    """Read the list of paths that are not opened by themselves; a damaged list is an empty one."""
    try:
        return tuple(Suspect(entry["key"], entry["path"]) for entry in json.loads(_list_path().read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def is_suspect(path: Path) -> bool:
    """Tell whether the program died when it opened this path."""
    return path_key(path) in {suspect.key for suspect in suspects()}


def acquit(path: Path) -> None:
    """Take a path off the list: it was opened by hand and the program lived."""
    left = tuple(suspect for suspect in suspects() if suspect.key != path_key(path))
    if len(left) < len(suspects()):
        _write_suspects(left)


def _list_path() -> Path:
    return home() / "suspects.json"


def _write_suspects(found: tuple[Suspect, ...]) -> None:
    write_text(_list_path(), json.dumps([asdict(suspect) for suspect in found[-MAX_KEPT:]], indent=1) + "\n")


def _dead_sessions(own: Path) -> Iterator[Path]:
    for folder in sorted(own.parent.glob(f"{SESSION}*")):
        if folder == own:
            continue
        try:
            # Whoever lives holds its folder.
            with hold_folder(folder):
                yield folder
        except (StorageError, FileNotFoundError):
            continue


def _gather(folder: Path) -> Iterator[Suspect]:
    for mark in sorted(folder.iterdir()):
        if mark.name != LOCK_NAME and not mark.name.startswith("."):
            yield Suspect(mark.name, mark.read_text(encoding="utf-8", errors="replace"))
    _remove(folder)


def _remove(folder: Path) -> None:
    try:
        for left in folder.iterdir():
            left.unlink(missing_ok=True)
        folder.rmdir()
    except FileNotFoundError:
        return  # whoever removed all of MEDMM_HOME meanwhile did this as well
    except OSError:
        return  # Windows: the lock's file is still open; the next start removes it
