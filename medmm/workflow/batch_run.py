"""A batch in a process of its own, the same command as `medmm batch`; whoever started it watches its store."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from medmm.core.errors import ModelError
from medmm.core.listed_case import OutcomeCounts
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.storage.results import ResultStore
from medmm.workflow.batch_folders import STORE
from medmm.workflow.batch_places import note_root
from medmm.workflow.command_child import last_words, start_command, stop_command

SAID = "batch.out"
LOOK_EVERY_S = 0.2
# Counting 100,000 rows takes a tenth of a second: it must not become what the machine does.
SHARE_OF_COUNTING = 0.05
# A group at hand is finished and kept; what is killed after that is done again.
STOP_WITHIN_S = 20.0
# A rate over the last minute follows the machine, over the whole run it would not.
RATE_OVER_S = 60.0


NOTHING_FOUND = OutcomeCounts({})


@dataclass(frozen=True)
class BatchOrder:
    """What is to be scored, where to, and by what; empty model and device: as `medmm batch` chooses."""

    root: Path
    out: Path
    model: str = ""
    device: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The command's words."""
        chosen = [
            word for name in ("model", "device") if (value := getattr(self, name)) for word in (f"--{name}", value)
        ]
        return ("batch", str(self.root), "--out", str(self.out), "--resume", *chosen)


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is. per_s: cases a second, None until that is known."""

    counts: OutcomeCounts = NOTHING_FOUND
    per_s: float | None = None

    @property
    def done(self) -> float:
        """The finished part of all cases."""
        counts = self.counts
        return 1 - counts.n_waiting / counts.n_cases if counts.n_cases else 0.0

    @property
    def left_s(self) -> float | None:
        """About how long the rest takes."""
        return self.counts.n_waiting / self.per_s if self.per_s else None


def run_batch(order: BatchOrder, *, tell: Callable[[BatchProgress], None], cancel: CancelToken) -> BatchProgress:
    """Score what is not scored yet, tell how far it is, and give the state at the end.

    Raises ModelError with what the run said last, StorageError when the folder holds the batch of other patients,
    Cancelled after the group at hand has been kept.
    """
    note_root(order.root, order.out)
    watch = _Watch(order.out / STORE)
    with (order.out / SAID).open("wb") as said:
        child = start_command(order.words, said.fileno())
        try:
            while child.poll() is None:
                cancel.raise_if_set()
                time.sleep(LOOK_EVERY_S)
                if (progress := watch.look()) is not None:
                    tell(progress)
        finally:
            stop_command(child, within_s=STOP_WITHIN_S)
            watch.close()
    if child.returncode != 0:
        raise ModelError(
            Words("the batch stopped: {reason}", reason=last_words(order.out / SAID)),
            Words("What is finished is kept. The whole text is in {said}, in the folder of the results.", said=SAID),
            order.out,
        )
    return BatchProgress(watch.counts)


class _Watch:
    """Counts the cases of a store that another process fills, seldom enough not to slow it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store: ResultStore | None = None
        self._next = 0.0
        self._seen: deque[tuple[float, int]] = deque()
        self.counts = NOTHING_FOUND

    def look(self) -> BatchProgress | None:
        """Count once that is due; None before, and while there is no store."""
        began = time.monotonic()
        if began < self._next or not self._open():
            return None
        self._count()
        took = time.monotonic() - began
        self._next = began + max(1.0, took / SHARE_OF_COUNTING)
        return BatchProgress(self.counts, self._rate(began))

    def close(self) -> None:
        """Count for the last time and release the store."""
        if self._open():
            self._count()
        if self._store is not None:
            self._store.close()

    def _open(self) -> bool:
        if self._store is None and self._path.is_file():
            self._store = ResultStore(self._path)
            self._store.open({})
        return self._store is not None

    def _count(self) -> None:
        assert self._store is not None, "a store is opened before it is counted"
        self.counts = OutcomeCounts(self._store.counts().outcomes)

    def _rate(self, now: float) -> float | None:
        self._seen.append((now, self.counts.n_cases - self.counts.n_waiting))
        while len(self._seen) > 2 and now - self._seen[1][0] > RATE_OVER_S:
            self._seen.popleft()
        (first, before), (last, after) = self._seen[0], self._seen[-1]
        return (after - before) / (last - first) if last > first and after > before else None
