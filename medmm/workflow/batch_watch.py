"""Watch a folder: patients are scored as they arrive, once they are complete and have been quiet for a while."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.workflow.batch import BatchEngine, BatchJob, add_cases, attempt_waiting, opened_batch
from medmm.workflow.batch_folders import find_cases, refuse_out_among
from medmm.workflow.batch_tables import write_tables

# What a folder looks like from outside: how many files, their bytes, the newest time.
Look = tuple[int, int, int]
DEPTH = 8
POLL_S = 2.0


def watch_folder(
    job: BatchJob,
    engine: BatchEngine,
    *,
    quiet_s: float,
    progress: Progress = no_progress,
    cancel: CancelToken,
) -> None:
    """Score patients as they arrive until `cancel` is set; tables are written anew after each arrival.

    quiet_s: seconds for which nothing of a patient's folder may have changed. What an earlier run left waiting is
    attempted first. Raises Cancelled in the end, and what `score_batch` raises.
    """
    refuse_out_among(job.root, job.out)
    arrivals = Arrivals(job.root, quiet_s=quiet_s)
    with opened_batch(job, engine, progress, cancel) as batch:
        while True:
            add_cases(batch, arrivals.settled())
            if batch.store.counts().n_waiting:
                try:
                    attempt_waiting(batch)
                finally:
                    write_tables(batch.store, job.out)
            n_done = batch.store.counts().n_cases
            progress(n_done, n_done + arrivals.n_waiting, f"watching: {arrivals.n_waiting} still arriving")
            cancel.wait(min(POLL_S, quiet_s))
            cancel.raise_if_set()


class Arrivals:
    """Tells which patient folders have come to rest.

    quiet_s: how long nothing of a folder may have changed; clock: seconds that only grow, for tests.
    """

    def __init__(self, root: Path, *, quiet_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._root = root
        self._quiet_s = quiet_s
        self._clock = clock
        self._seen: dict[Path, tuple[Look, float]] = {}
        self._settled: set[Path] = set()

    def settled(self) -> Iterator[Path]:
        """Look once, and give the folders that have come to rest since the last time; each once.

        A folder that cannot be listed counts as one that is still being written. Raises StorageError when the root
        cannot be opened.
        """
        now = self._clock()
        there = set()
        for folder in find_cases(self._root):
            there.add(folder)
            if folder in self._settled:
                continue
            look = look_at(folder)
            before, since = self._seen.get(folder, (None, now))
            if look is None or look != before:
                self._seen[folder] = (look or (-1, -1, -1), now)
            elif now - since >= self._quiet_s:
                self._settled.add(folder)
                del self._seen[folder]
                yield folder
        self._seen = {folder: seen for folder, seen in self._seen.items() if folder in there}

    @property
    def n_waiting(self) -> int:
        """Count the folders that are still being written, or not yet quiet for long enough."""
        return len(self._seen)


def look_at(path: Path, depth: int = 0) -> Look | None:
    """Look at a patient from outside, None while it cannot be listed. Links are not followed."""
    try:
        if not path.is_dir():
            found = path.stat(follow_symlinks=False)
            return 1, found.st_size, found.st_mtime_ns
        n_files, n_bytes, newest = 0, 0, 0
        with os.scandir(path) as entries:
            for entry in entries:
                inner = _look_in(entry, depth)
                if inner is None:
                    return None
                n_files, n_bytes, newest = n_files + inner[0], n_bytes + inner[1], max(newest, inner[2])
    except OSError:
        return None
    return n_files, n_bytes, newest


def _look_in(entry: os.DirEntry[str], depth: int) -> Look | None:
    if entry.is_dir(follow_symlinks=False):
        return look_at(Path(entry.path), depth + 1) if depth < DEPTH else (0, 0, 0)
    found = entry.stat(follow_symlinks=False)
    return 1, found.st_size, found.st_mtime_ns
