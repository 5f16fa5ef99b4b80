"""Keep what a batch found: each case's files, then its rows, in one order that a kill at any point cannot break."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from medmm.core.case import Case
from medmm.core.errors import IdentityMismatch, MedMMError, NothingUsable, StorageError
from medmm.core.prediction import CaseResult
from medmm.core.words import Words
from medmm.storage.atomic import sweep
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_folders import key_of
from medmm.workflow.export import RESULT_NAME, write_result
from medmm.workflow.ready_case import Defect

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Attempt:
    """One case that was attempted. case: what the result was made from, None where there is no result."""

    name: str
    outcome: CaseResult | MedMMError | Defect
    seconds: float
    case: Case | None = None

    @property
    def kind(self) -> str:
        """Name the outcome as the store does."""
        if isinstance(self.outcome, CaseResult):
            return "done"
        return "refused" if isinstance(self.outcome, IdentityMismatch | NothingUsable) else "failed"


class BatchWriter:
    """Writes groups of attempts; with `is_ahead` in a thread, while the next group is being answered.

    model: SHA-256 of the bundle.

    Results are on the disk before their rows are: a row that says done has a file. Raises StorageError, at the latest
    when its block ends.
    """

    def __init__(self, store: ResultStore, out: Path, model: str, *, pdf: bool, is_ahead: bool) -> None:
        self._store = store
        self._out = out
        self._model = model
        self._pdf = pdf
        self._thread = ThreadPoolExecutor(1) if is_ahead else None
        self._last: Future[None] | None = None

    def __enter__(self) -> BatchWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._await_last()
        finally:
            if self._thread is not None:
                self._thread.shutdown()

    def write(self, attempts: Sequence[Attempt]) -> None:
        """Keep a group, once the group before it is kept."""
        self._await_last()
        if self._thread is None:
            self._write(attempts)
        else:
            self._last = self._thread.submit(self._write, attempts)

    def _await_last(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def _write(self, attempts: Sequence[Attempt]) -> None:
        kept = (keep_attempt(attempt, self._out, model=self._model, pdf=self._pdf) for attempt in attempts)
        self._store.record_many(list(kept))


def keep_attempt(attempt: Attempt, out: Path, *, model: str, pdf: bool) -> tuple[CaseRow, tuple[FindingRow, ...]]:
    """Write the files of an attempt below `out` and give the rows that tell of it.

    Raises StorageError when a file cannot be written or read back.
    """
    result = attempt.outcome
    if not isinstance(result, CaseResult) or attempt.case is None:
        return row_of(attempt), ()
    folder = case_folder(out, key_of(attempt.name))
    sweep(folder)
    try:
        write_result(attempt.case, result, folder, pdf=pdf)
    except StorageError:
        raise  # the case stays pending: it was not its fault
    except MedMMError as error:
        return row_of(replace(attempt, outcome=error)), ()
    row = CaseRow(
        attempt.name,
        key_of(attempt.name),
        result.patient_id,
        "done",
        seconds=round(attempt.seconds, 3),
        content_key=_content_key(result, model=model, pdf=pdf),
        result_sha256=checksum_of(folder),
        finished_at=_now(),
    )
    return row, findings_of(attempt.name, result)


def case_folder(out: Path, key: str) -> Path:
    """Give the folder of a case's files."""
    return out / "cases" / key


def _content_key(result: CaseResult, *, model: str, pdf: bool) -> str:
    # What the same answer depends on: every file that was read, the bundle, and what was asked for.
    told = [model, str(pdf), *sorted(f"{file.kind} {file.sha256}" for file in result.inputs)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def row_of(attempt: Attempt) -> CaseRow:
    """Give the row of an attempt without a result."""
    name, key, seconds, outcome = attempt.name, key_of(attempt.name), round(attempt.seconds, 3), attempt.outcome
    if isinstance(outcome, Defect):
        log.error("case %s failed: %s at %s", key, outcome.kind, outcome.place)
        return CaseRow(name, key, "", "failed", "defect", f"{outcome.kind}: see the log", seconds, finished_at=_now())
    assert isinstance(outcome, MedMMError), "a result has its case"
    return CaseRow(name, key, "", attempt.kind, outcome.code, outcome.message, seconds, finished_at=_now())


def findings_of(name: str, result: CaseResult) -> tuple[FindingRow, ...]:
    """Give the rows of a result's findings."""
    return tuple(
        FindingRow(name, f.name, f.score, f.probability, f.threshold, int(f.is_positive), f.decision, f.reason)
        for f in result.findings
    )


def checksum_of(folder: Path) -> str:
    """Hash a case's result as it lies on the disk. Raises StorageError when it cannot be read back."""
    path = folder / RESULT_NAME
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise StorageError(
            Words("{name} cannot be read back: {reason}", name=path.name, reason=error.strerror),
            Words("Check the drive; the case is done again when the batch goes on."),
            path,
        ) from error
