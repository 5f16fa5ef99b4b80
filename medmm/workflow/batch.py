"""Score every patient folder below a root, one after the other, into a store that survives any interruption."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from medmm.core.case import CaseSources
from medmm.core.errors import Cancelled, IdentityMismatch, MedMMError, StorageError
from medmm.core.prediction import CaseResult
from medmm.core.progress import CancelToken, Progress, no_progress
from medmm.storage.paths import ensure_folder
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
    children = sorted(root.iterdir()) if root.is_dir() else []
    cases = tuple(
        c for c in children if not c.name.startswith(".") and (is_archive(c) or (c.is_dir() and any(c.iterdir())))
    )
    if not cases:
        raise StorageError(
            f"{root.name!r} holds no patient folder", "Name a folder whose subfolders are one patient each.", root
        )
    return cases


def score_batch(
    job: BatchJob, engine: LocalEngine, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> BatchSummary:
    """Attempt every case that has no outcome yet; a broken one becomes a row with its reason.

    Raises ModelError before the first case when the bundle cannot be used, StorageError when results cannot
    be kept. Stopping by `cancel` raises Cancelled after the tables have been written.
    """
    cancel = cancel or CancelToken()
    store = _open_store(job, engine)
    try:
        for done, total, case in _pending(job, store):
            cancel.raise_if_set()
            progress(done, total, case.case)
            _attempt(job, case, store, engine, cancel)
    finally:
        summary = write_tables(store, job.out)
        store.close()
    return summary


def _open_store(job: BatchJob, engine: LocalEngine) -> ResultStore:
    cases = find_cases(job.root)
    path = ensure_folder(job.out) / STORE
    if path.exists() and not job.resume:
        raise StorageError(
            f"{job.out.name!r} already holds a batch", "Add --resume to go on with it, or choose another --out.", path
        )
    store = ResultStore(path)
    store.open({"model": engine.warm_up().sha256})
    store.add_pending([CaseRow(case.name, _key(case.name)) for case in cases])
    return store


def _key(case: str) -> str:
    # Folder names may hold a patient's name; what is written carries a hash.
    return hashlib.sha256(case.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _pending(job: BatchJob, store: ResultStore) -> Iterator[tuple[int, int, CaseRow]]:
    waiting = [case for case in store.cases() if case.outcome in ("pending", "cancelled")]
    chosen = waiting[: job.limit] if job.limit else waiting
    for done, case in enumerate(chosen):
        yield done, len(chosen), case


def _attempt(job: BatchJob, case: CaseRow, store: ResultStore, engine: LocalEngine, cancel: CancelToken) -> None:
    began = time.perf_counter()
    findings: tuple[FindingRow, ...] = ()
    try:
        result = _score(job, case, engine, cancel)
    except (Cancelled, StorageError):
        raise  # the case stays pending: it was not its fault
    except IdentityMismatch as error:
        row = _failed(case, "refused", error.code, error.message)
    except MedMMError as error:
        row = _failed(case, "failed", error.code, error.message)
    except Exception as error:  # a defect in one case must not end the night
        log.exception("case %s failed", case.key)
        row = _failed(case, "failed", "defect", f"{type(error).__name__}: see the log")
    else:
        row = CaseRow(case.case, case.key, result.patient_id, "done")
        findings = _finding_rows(case.case, result)
    seconds = round(time.perf_counter() - began, 3)
    store.record(CaseRow(row.case, row.key, row.patient_id, row.outcome, row.reason, row.message, seconds), findings)


def _score(job: BatchJob, case: CaseRow, engine: LocalEngine, cancel: CancelToken) -> CaseResult:
    from medmm.workflow.export import write_result
    from medmm.workflow.open_case import open_case

    opened = open_case(CaseSources(job.root / case.case), cancel=cancel)
    result = engine.score(opened, explain=job.pdf, cancel=cancel)
    write_result(opened, result, job.out / "cases" / case.key, pdf=job.pdf)
    return result


def _failed(case: CaseRow, outcome: str, reason: str, message: str) -> CaseRow:
    return CaseRow(case.case, case.key, case.patient_id, outcome, reason, message)


def _finding_rows(case: str, result: CaseResult) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(case, f.name, f.score, f.probability, f.threshold, int(f.is_positive), f.decision)
        for f in result.findings
    )
