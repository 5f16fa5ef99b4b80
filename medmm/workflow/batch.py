"""Score every patient folder below a root into a store that survives any interruption.

Readers open and prepare patients in processes of their own, the network answers groups of them, a thread keeps what was
answered: the three overlap, and no more than a few dozen cases are in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
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
from medmm.workflow.batch_folders import STORE, FolderNames, find_cases, key_of, refuse_out_among, require_root
from medmm.workflow.batch_pace import Pace
from medmm.workflow.batch_tables import BatchSummary, write_tables
from medmm.workflow.batch_writer import Attempt, BatchWriter
from medmm.workflow.lanes import in_lanes
from medmm.workflow.machine_memory import give_back_freed
from medmm.workflow.read_ahead import MOST_IN_A_LANE, MOST_TOGETHER, Read, ReadAhead, Task, await_readers
from medmm.workflow.ready_case import Defect, ReadRequest, ReadyCase

if TYPE_CHECKING:
    from collections.abc import Callable

    from medmm.workflow.ready_case import Prepares

# Groups of cases.
TIDY_EVERY = 64


class BatchEngine(Protocol):
    """What a batch asks of a model; `workflow.engine.LocalEngine` is one."""

    def warm_up(self) -> ModelIdentity:
        """Load the model."""
        ...

    @property
    def n_lanes(self) -> int:
        """How many threads may ask `score_ready` at once and gain by it."""
        ...

    @property
    def load_prepare(self) -> Callable[[], Prepares]:
        """What loads, in any process, the preparation of cases."""
        ...

    def score_ready(
        self, cases: Sequence[ReadyCase], *, explain: bool, cancel: CancelToken
    ) -> list[CaseResult | MedMMError | Defect]:
        """Answer prepared cases."""
        ...


@dataclass(frozen=True)
class BatchJob:
    """What a batch is to do. limit 0 means every case; n_readers: processes that read, 0 to read in this one.

    store: address of a server that keeps the rows, "" for a file in `out`.
    """

    root: Path
    out: Path
    resume: bool = False
    limit: int = 0
    pdf: bool = False
    n_readers: int = 0
    store: str = ""


@dataclass(frozen=True)
class OpenBatch:
    """A batch at work: its output folder is held, its store is open."""

    job: BatchJob
    engine: BatchEngine
    store: ResultStore
    names: FolderNames
    progress: Progress
    cancel: CancelToken


def score_batch(
    job: BatchJob, engine: BatchEngine, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> BatchSummary:
    """Attempt every case that has no outcome yet; a broken one becomes a row with its reason.

    Raises ModelError before the first case when the bundle cannot be used, StorageError when results cannot
    be kept, another process is writing them, or the patients' folder is lost. Stopping by `cancel` ends the group at
    hand, keeps it, and raises Cancelled after the tables have been written.
    """
    refuse_out_among(job.root, job.out)
    _require_a_case(job.root)
    with opened_batch(job, engine, progress, cancel or CancelToken()) as batch:
        try:
            add_cases(batch, find_cases(job.root))
            attempt_waiting(batch)
        finally:
            summary = write_tables(batch.store, job.out)
    return summary


@contextmanager
def opened_batch(job: BatchJob, engine: BatchEngine, progress: Progress, cancel: CancelToken) -> Iterator[OpenBatch]:
    """Hold the output folder and open the store, new or gone on with."""
    with held_store(job, lambda: engine.warm_up().sha256) as store:
        yield OpenBatch(job, engine, store, FolderNames(job.root), progress, cancel)


@contextmanager
def held_store(job: BatchJob, load_model: Callable[[], str]) -> Iterator[ResultStore]:
    """Hold the output folder and the store of the rows. load_model: gives the bundle's SHA-256."""
    with hold_folder(ensure_folder(job.out)):
        sweep(job.out)
        if job.n_readers:
            await_readers()
        with closing(_store_of(job)) as store, store.held():
            store.open({"model": load_model()})
            yield store


def _store_of(job: BatchJob) -> ResultStore:
    store = ResultStore(job.store or job.out / STORE)
    if not job.resume and not store.is_new():
        raise StorageError(
            Words("{out!r} already holds a batch", out=store.name if job.store else job.out.name),
            Words("Add --resume to go on with it, or choose another --out."),
            job.out,
        )
    return store


def _require_a_case(root: Path) -> None:
    if next(find_cases(root), None) is None:
        raise StorageError(
            Words("{root!r} holds no patient folder", root=root.name),
            Words("Name a folder whose subfolders are one patient each."),
            root,
        )


def add_cases(batch: OpenBatch, folders: Iterable[Path]) -> None:
    """Add patient folders that the store does not know yet."""
    found = (batch.names.name_of(folder) for folder in folders)
    batch.store.add_pending(CaseRow(name, key_of(name)) for name in found)


def attempt_waiting(batch: OpenBatch) -> None:
    """Attempt every case that waits, and keep what comes of it.

    Raises Cancelled once the group at hand is kept, and StorageError.
    """
    job, cancel = batch.job, batch.cancel
    waiting = batch.store.counts().n_waiting
    pace = Pace(min(waiting, job.limit) if job.limit else waiting)
    batch.progress(0, pace.total, pace.line)
    readers = ReadAhead(_tasks(batch), n_readers=job.n_readers, cancel=cancel)
    n_lanes = batch.engine.n_lanes

    def answer(group: Sequence[Read]) -> list[Attempt]:
        return answer_group(
            group, batch.engine, explain=job.pdf, cancel=cancel, require_patients=lambda: require_root(job.root)
        )

    with (
        BatchWriter(
            batch.store, job.out, batch.engine.warm_up().sha256, pdf=job.pdf, is_ahead=job.n_readers > 0
        ) as writer,
        closing(readers.groups(MOST_IN_A_LANE if n_lanes > 1 else MOST_TOGETHER)) as groups,
        closing(in_lanes(answer, groups, n_lanes=n_lanes, cancel=cancel)) as answered,
    ):
        for n_groups, attempts in enumerate(answered, start=1):
            writer.write(attempts)
            pace.add(attempt.kind for attempt in attempts)
            batch.progress(pace.done, pace.total, pace.line)
            if n_groups % TIDY_EVERY == 0:
                give_back_freed()
    cancel.raise_if_set()


def _tasks(batch: OpenBatch) -> Iterator[Task]:
    job, waiting = batch.job, batch.store.waiting()
    for case in islice(waiting, job.limit) if job.limit else waiting:
        folder = batch.names.folder_of(case.case)
        yield Task(case.case, folder, ReadRequest(CaseSources(folder), batch.engine.load_prepare, job.pdf))


def answer_group(
    group: Sequence[Read],
    engine: BatchEngine,
    *,
    explain: bool,
    cancel: CancelToken,
    require_patients: Callable[[], None],
) -> list[Attempt]:
    """Answer what was read; where a case has failed, `require_patients` raises StorageError if all patients are lost.

    Raises StorageError.
    """
    cases = [read.outcome for read in group if isinstance(read.outcome, ReadyCase)]
    answers: Iterator[CaseResult | MedMMError | Defect] = iter(())
    if cases:
        answers = iter(engine.score_ready(cases, explain=explain, cancel=cancel))
    found = [(read, next(answers) if isinstance(read.outcome, ReadyCase) else read.outcome) for read in group]
    if any(isinstance(outcome, MedMMError) for _, outcome in found):
        require_patients()
    return [_attempt(read, outcome) for read, outcome in found]


def _attempt(read: Read, outcome: CaseResult | MedMMError | Defect) -> Attempt:
    if isinstance(outcome, StorageError):
        raise outcome  # the case stays pending: it was not its fault
    seconds = read.seconds
    if isinstance(outcome, CaseResult):  # what preparing took is among the reader's seconds
        seconds += sum(outcome.timing_ms.get(lap, 0.0) for lap in ("predict", "explain")) / 1000
    case = read.outcome.case if isinstance(read.outcome, ReadyCase) else None
    return Attempt(read.task.name, outcome, seconds, case)
