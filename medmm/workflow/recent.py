"""The paths opened last, newest first; kept only while the user wants it (RELIABILITY.md, row 35)."""

from __future__ import annotations

import json
from pathlib import Path

from medmm.storage.atomic import write_text
from medmm.storage.paths import home

MOST = 10


def recent_paths() -> tuple[Path, ...]:
    """Read the list; a damaged one is an empty one."""
    try:
        found = json.loads(_list_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(Path(text) for text in found if isinstance(text, str))[:MOST] if isinstance(found, list) else ()


def with_recent(paths: tuple[Path, ...], path: Path) -> tuple[Path, ...]:
    """Put a path at the head of a list."""
    return (path, *(other for other in paths if other != path))[:MOST]


def remember(path: Path) -> tuple[Path, ...]:
    """Put a path at the head of the stored list, and give the list.

    Raises StorageError when it cannot be written.
    """
    paths = with_recent(recent_paths(), path.absolute())
    write_text(_list_path(), json.dumps([str(one) for one in paths], ensure_ascii=False, indent=1) + "\n")
    return paths


def forget_recent() -> None:
    """Remove the list from the disk."""
    _list_path().unlink(missing_ok=True)


def _list_path() -> Path:
    return home() / "recent.json"
