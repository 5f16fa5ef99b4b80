"""Where the batches of the window lie, and which patients each belongs to."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.atomic import write_text
from medmm.storage.paths import ensure_folder, home

ABOUT = "batch.json"
SCHEMA = "medmm.batch/1"


def new_out(now: datetime) -> Path:
    """Give the folder that a batch begun now writes to unless the user wants another one."""
    return home() / "batches" / now.strftime("%Y-%m-%d %H-%M-%S")


def root_of(out: Path) -> Path | None:
    """Give the folder of patients that a batch was started for in the window, None where that is not known."""
    try:
        about = json.loads((out / ABOUT).read_text(encoding="utf-8"))
        return Path(about["root"]) if about["schema"] == SCHEMA else None
    except (OSError, ValueError, KeyError, TypeError):
        # Made by the command line, or damaged: the user names the folder.
        return None


def note_root(root: Path, out: Path) -> None:
    """Keep in mind which patients a folder of results belongs to.

    Raises StorageError when those are others, or nothing can be written.
    """
    known = root_of(ensure_folder(out))
    if known is not None and known != root:
        raise StorageError(
            Words("{name!r} holds the batch of another folder, {root!r}", name=out.name, root=known.name),
            Words("Choose another folder for the results."),
            out,
        )
    write_text(out / ABOUT, json.dumps({"schema": SCHEMA, "root": str(root)}, ensure_ascii=False))
