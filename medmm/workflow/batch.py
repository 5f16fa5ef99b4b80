"""Score every patient folder below a root into a store that survives any interruption.

Readers open and prepare patients in processes of their own, the network answers groups of them, a thread keeps what was
answered: the three overlap, and no more than a few dozen cases are in memory at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from medmm.core.case import CaseSources
from medmm.core.errors import MedMMError, StorageError
from medmm.core.prediction import CaseResult, ModelIdentity
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.words import Words
from medmm.storage.atomic import sweep
from medmm.storage.lock import hold_folder
from medmm.storage.paths import ensure_folder
from medmm.storage.results import CaseRow, ResultStore
from medmm.workflow.batch_folders import STORE, FolderNames, find_cases, key_of, refuse_out_among
from medmm.workflow.batch_pace import Pace
from medmm.workflow.batch_tables import BatchSummary, write_tables
from medmm.workflow.batch_writer import Attempt, BatchWriter
from medmm.workflow.read_ahead import Read, ReadAhead, Task
from medmm.workflow.ready_case import Defect, ReadRequest, ReadyCase

if TYPE_CHECKING:
    from collections.abc import Callable

    from medmm.workflow.ready_case import Prepare


class BatchEngine(Protocol):
    """What a batch asks of a model; `workflow.engine.LocalEngine` is one."""

    def warm_up(self) -> ModelIdentity:
        """Load the model."""
        ...

    @property
    def load_prepare(self) -> Callable[[], Prepare]:
        """What loads, in any process, the preparation of cases."""
        ...

    def score_ready(
        self, cases: Sequence[ReadyCase], *, explain: bool, cancel: CancelToken
    ) -> list[CaseResult | MedMMError | Defect]:
        """Answer prepared cases."""
        ...


@dataclass(frozen=True)
class BatchJob:
    """What a batch is to do. limit 0 means every case; n_readers: processes that read, 0 to read in this one."""

    root: Path
    out: Path
    resume: bool = False
    limit: int = 0
    pdf: bool = False
    n_readers: int = 0


def score_batch(
    job: BatchJob, engine: BatchEngine, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> BatchSummary:
    """Attempt every case that has no outcome yet; a broken one becomes a row with its reason.

    Raises ModelError before the first case when the bundle cannot be used, StorageError when results cannot
    be kept or another process is writing them. Stopping by `cancel` ends the group at hand, keeps it, and raises
    Cancelled after the tables have been written.
    """
    cancel = cancel or CancelToken()
    refuse_out_among(job.root, job.out)
    _require_a_case(job.root)
    with hold_folder(ensure_folder(job.out)):
        sweep(job.out)
        names = FolderNames(job.root)
        store = _open_store(job, engine)
        try:
            _add_cases(job, store, names)
            _attempt_all(job, store, names, engine, progress, cancel)
        finally:
            summary = write_tables(store, job.out)
            store.close()
    return summary


def n_readers_for(asked: int) -> int:
    """Choose how many processes read: as many as asked for, else half of the cores; the other half encodes."""
    return asked or max(1, n_cores() // 2)


def n_threads_beside(n_readers: int) -> int:
    """Choose how many threads encode beside so many readers; what the user has declared counts more."""
    return 0 if os.environ.get("MEDMM_THREADS") else max(1, n_cores() - n_readers)


def n_cores() -> int:
    """Count the cores that this process may use: containers and batch systems give fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open_store(job: BatchJob, engine: BatchEngine) -> ResultStore:
    path = job.out / STORE
    if path.exists() and not job.resume:
        raise StorageError(
            Words("{out!r} already holds a batch", out=job.out.name),
            Words("Add --resume to go on with it, or choose another --out."),
            path,
        )
    store = ResultStore(path)
    store.open({"model": engine.warm_up().sha256})
    return store


def _require_a_case(root: Path) -> None:
    if next(find_cases(root), None) is None:
        raise StorageError(
            Words("{root!r} holds no patient folder", root=root.name),
            Words("Name a folder whose subfolders are one patient each."),
            root,
        )


def _add_cases(job: BatchJob, store: ResultStore, names: FolderNames) -> None:
    found = (names.name_of(folder) for folder in find_cases(job.root))
    store.add_pending(CaseRow(name, key_of(name)) for name in found)


def _attempt_all(
    job: BatchJob,
    store: ResultStore,
    names: FolderNames,
    engine: BatchEngine,
    progress: Progress,
    cancel: CancelToken,
) -> None:
    waiting = store.counts().n_waiting
    pace = Pace(min(waiting, job.limit) if job.limit else waiting)
    progress(0, pace.total, pace.line)
    readers = ReadAhead(_tasks(job, store, names, engine), n_readers=job.n_readers, cancel=cancel)
    with (
        BatchWriter(store, job.out, engine.warm_up().sha256, pdf=job.pdf, is_ahead=job.n_readers > 0) as writer,
        closing(readers.groups()) as groups,
    ):
        for group in groups:
            attempts = _answer(group, engine, explain=job.pdf, cancel=cancel)
            writer.write(attempts)
            pace.add(attempt.kind for attempt in attempts)
            progress(pace.done, pace.total, pace.line)
            cancel.raise_if_set()
    cancel.raise_if_set()


def _tasks(job: BatchJob, store: ResultStore, names: FolderNames, engine: BatchEngine) -> Iterator[Task]:
    waiting = store.waiting()
    for case in islice(waiting, job.limit) if job.limit else waiting:
        folder = names.folder_of(case.case)
        yield Task(case.case, folder, ReadRequest(CaseSources(folder), engine.load_prepare, keeps_pixels=job.pdf))


def _answer(group: Sequence[Read], engine: BatchEngine, *, explain: bool, cancel: CancelToken) -> list[Attempt]:
    ready = [read for read in group if isinstance(read.outcome, ReadyCase)]
    cases = [read.outcome for read in ready if isinstance(read.outcome, ReadyCase)]
    answers = iter(engine.score_ready(cases, explain=explain, cancel=cancel) if cases else ())
    return [_attempt(read, next(answers) if isinstance(read.outcome, ReadyCase) else read.outcome) for read in group]


def _attempt(read: Read, outcome: CaseResult | MedMMError | Defect) -> Attempt:
    if isinstance(outcome, StorageError):
        raise outcome  # the case stays pending: it was not its fault
    seconds = read.seconds
    if isinstance(outcome, CaseResult):
        seconds += outcome.timing_ms.get("total", 0.0) / 1000
    case = read.outcome.case if isinstance(read.outcome, ReadyCase) else None
    return Attempt(read.task.name, outcome, seconds, case)
