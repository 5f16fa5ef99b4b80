"""Score every patient folder below a root, one after the other, into a store that survives any interruption."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from medmm.core.case import CaseSources
from medmm.core.errors import Cancelled, IdentityMismatch, MedMMError, NothingUsable, StorageError
from medmm.core.prediction import CaseResult
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.core.words import Words
from medmm.storage.atomic import sweep
from medmm.storage.lock import LOCK_NAME, hold_folder
from medmm.storage.paths import ensure_folder, readable
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_tables import BatchSummary, write_tables
from medmm.workflow.engine import LocalEngine
from medmm.workflow.sources import is_archive

log = logging.getLogger(__name__)
STORE = "results.sqlite"


@dataclass(frozen=True)
class BatchJob:
    """What a batch is to do. limit 0 means every case."""

    root: Path
    out: Path
    resume: bool = False
    limit: int = 0
    pdf: bool = False


def find_cases(root: Path) -> tuple[Path, ...]:
    """List the patient folders (and archives of one) directly below a root, in order of their names.

    Raises StorageError when there is none.
    """
    try:
        cases = tuple(child for child in sorted(root.iterdir()) if _is_case(child)) if root.is_dir() else ()
    except OSError as error:
        raise StorageError(
            Words("{root!r} cannot be opened: {reason}", root=root.name, reason=error.strerror),
            Words("Check your rights."),
            root,
        ) from error
    if not cases:
        raise StorageError(
            Words("{root!r} holds no patient folder", root=root.name),
            Words("Name a folder whose subfolders are one patient each."),
            root,
        )
    return cases


def _is_case(path: Path) -> bool:
    if path.name.startswith("."):
        return False
    if not path.is_dir():
        return is_archive(path)
    try:
        # What an earlier batch left, and what this one is writing, is no patient.
        return any(child.name != LOCK_NAME for child in path.iterdir()) and not (path / STORE).exists()
    except OSError:
        return True  # its row will say why it cannot be opened


def score_batch(
    job: BatchJob, engine: LocalEngine, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> BatchSummary:
    """Attempt every case that has no outcome yet; a broken one becomes a row with its reason.

    Raises ModelError before the first case when the bundle cannot be used, StorageError when results cannot
    be kept or another process is writing them. Stopping by `cancel` raises Cancelled after the tables have been
    written.
    """
    cancel = cancel or CancelToken()
    folders = {readable(path.name): path for path in find_cases(job.root)}
    _refuse_out_among(folders.values(), job)
    with hold_folder(ensure_folder(job.out)):
        sweep(job.out)
        store = _open_store(job, engine, folders)
        try:
            for done, total, case in _pending(job, store):
                cancel.raise_if_set()
                progress(done, total, case.case)
                _attempt(job, case, folders.get(case.case, job.root / case.case), store, engine, cancel)
        finally:
            summary = write_tables(store, job.out)
            store.close()
    return summary


def _open_store(job: BatchJob, engine: LocalEngine, names: Iterable[str]) -> ResultStore:
    path = job.out / STORE
    if path.exists() and not job.resume:
        raise StorageError(
            Words("{out!r} already holds a batch", out=job.out.name),
            Words("Add --resume to go on with it, or choose another --out."),
            path,
        )
    store = ResultStore(path)
    store.open({"model": engine.warm_up().sha256})
    store.add_pending(CaseRow(name, _key(name)) for name in names)
    return store


def _refuse_out_among(folders: Iterable[Path], job: BatchJob) -> None:
    # Results that lie among the patients would be read as patients by the next run.
    out = job.out.resolve()
    if out == job.root.resolve() or any(out.is_relative_to(folder.resolve()) for folder in folders):
        raise StorageError(
            Words("--out {out!r} lies among the patients' own files", out=job.out.name),
            Words("Choose another --out."),
            out,
        )


def _key(case: str) -> str:
    # Folder names may hold a patient's name; what is written carries a hash.
    return hashlib.sha256(case.encode("utf-8")).hexdigest()[:16]


def _pending(job: BatchJob, store: ResultStore) -> Iterator[tuple[int, int, CaseRow]]:
    n_waiting = store.counts().n_waiting
    total = min(n_waiting, job.limit) if job.limit else n_waiting
    for done, case in enumerate(islice(store.waiting(), total)):
        yield done, total, case


def _attempt(
    job: BatchJob, case: CaseRow, folder: Path, store: ResultStore, engine: LocalEngine, cancel: CancelToken
) -> None:
    began = time.perf_counter()
    findings: tuple[FindingRow, ...] = ()
    kept_in = job.out / "cases" / case.key
    sweep(kept_in)
    try:
        result = _score(job, folder, kept_in, engine, cancel)
    except (Cancelled, StorageError):
        raise  # the case stays pending: it was not its fault
    except (IdentityMismatch, NothingUsable) as error:
        row = _failed(case, "refused", error.code, error.message)
    except MedMMError as error:
        row = _failed(case, "failed", error.code, error.message)
    except Exception as error:  # a defect in one case must not end the night
        log.exception("case %s failed", case.key)
        row = _failed(case, "failed", "defect", f"{type(error).__name__}: see the log")
    else:
        row = CaseRow(case.case, case.key, result.patient_id, "done")
        findings = _finding_rows(case.case, result)
    ended = datetime.now(UTC).isoformat(timespec="seconds")
    store.record(replace(row, seconds=round(time.perf_counter() - began, 3), finished_at=ended), findings)


def _score(job: BatchJob, folder: Path, kept_in: Path, engine: LocalEngine, cancel: CancelToken) -> CaseResult:
    from medmm.workflow.export import write_result
    from medmm.workflow.open_case import open_case

    opened = open_case(CaseSources(folder), cancel=cancel)
    result = engine.score(opened, explain=job.pdf, cancel=cancel)
    write_result(opened, result, kept_in, pdf=job.pdf)
    return result


def _failed(case: CaseRow, outcome: str, reason: str, message: str) -> CaseRow:
    return CaseRow(case.case, case.key, case.patient_id, outcome, reason, message)


def _finding_rows(case: str, result: CaseResult) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(case, f.name, f.score, f.probability, f.threshold, int(f.is_positive), f.decision, f.reason)
        for f in result.findings
    )
