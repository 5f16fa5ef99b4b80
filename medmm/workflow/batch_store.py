"""Opening the store of a batch that is there already."""

from __future__ import annotations

from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.results import ResultStore
from medmm.workflow.batch_folders import STORE


def open_batch(out: Path) -> ResultStore:
    """Open the store in the folder of a batch.

    Raises StorageError when there is none, or it cannot be used.
    """
    path = out / STORE
    if not path.is_file():
        raise StorageError(
            Words("{name!r} holds no batch", name=out.name),
            Words("Choose the folder that a batch has written its results to."),
            path,
        )
    store = ResultStore(path)
    store.open({})
    return store
