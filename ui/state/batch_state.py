"""One batch of the window: what is scored into which folder, how far it is, and its rows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medmm.core.listed_case import CaseFilter, OutcomeCounts
from medmm.core.progress import CancelToken, Progress
from ui.language import mark, tr
from ui.messages import Problem
from ui.state.batch_words import run_words
from ui.state.case_table import Rows
from ui.tasks import Handlers, Job, Tasks

if TYPE_CHECKING:
    # SQLAlchemy takes a third of a second to import: the window does that in a thread, when there is a batch.
    from medmm.workflow.batch_list import BatchList
    from medmm.workflow.batch_run import BatchProgress

    Opened = tuple[BatchList, tuple[str, ...], OutcomeCounts, Path | None]

KEY, RUN, OPEN, RETRY, EXPORT = "batch", "batch", "open batch", "retry batch", "export batch"
# Rows move while a batch runs: as often as one can follow, and seldom enough for a store of 100,000 cases.
REFRESH_EVERY_S = 2.0


class BatchState(QObject):
    """Starts and stops the run's process through the tasks, and holds the store that is looked at.

    model, device: what the next run scores with, as `medmm batch` takes them.

    changed: the run or its counts; opened: other rows are to be shown; rows_changed: the same rows have news;
    exported: a file was written, as a Path.
    """

    changed = Signal()
    opened = Signal()
    rows_changed = Signal()
    exported = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.root: Path | None = None
        self.out: Path | None = None
        self.cases: BatchList | None = None
        self.finding_names: tuple[str, ...] = ()
        self.counts = OutcomeCounts({})
        self.progress: BatchProgress | None = None
        self.problem: Problem | None = None
        self.is_running = self.is_paused = self.is_opening = False
        self.model = self.device = ""
        self._refreshed = 0.0
        # A run that was stopped keeps its last group before the next one may hold the folder.
        self._alone = threading.Lock()

    @property
    def sentence(self) -> str:
        """Say how the batch stands."""
        return run_words(self)

    def start(self, root: Path, out: Path) -> None:
        """Score what is not scored yet of a folder of patients."""
        if self.is_running:
            return
        if out != self.out:
            self._forget()
        self.root, self.out = root, out
        self.problem, self.progress = None, None
        self.is_running, self.is_paused = True, False
        handlers = Handlers(self._on_done, self._on_failed, self._on_stopped, arrived=self._on_arrived)
        model, device = self.model, self.device

        def work(tell: Callable[[object], None], _progress: Progress, cancel: CancelToken) -> object:
            from medmm.workflow.batch_run import BatchOrder, run_batch

            with self._alone:
                cancel.raise_if_set()
                return run_batch(BatchOrder(root, out, model, device), tell=tell, cancel=cancel)

        self._tasks.stream(Job(KEY, RUN, mark("Scoring a folder"), handlers), work)
        self.changed.emit()

    def pause(self) -> None:
        """Stop after the group at hand; `start` goes on."""
        self.is_paused = self.is_running
        self._tasks.cancel(KEY, RUN)

    def cancel(self) -> None:
        """Stop after the group at hand; what is finished stays."""
        self._tasks.cancel(KEY, RUN)

    def open(self, out: Path) -> None:
        """Look at the batch in a folder, finished or not; the run under way goes on in its own."""
        if self.is_running or self.is_opening or (self.cases is not None and out == self.out):
            return
        self._forget()
        self.out = out
        self._open(out)

    def retry_failed(self) -> None:
        """Let the next run attempt again what failed, and start it where the patients are known."""
        cases = self.cases
        if cases is None or self.is_running:
            return
        handlers = Handlers(self._on_retried, self._complain)
        job = Job(KEY, RETRY, tr("Putting failed cases back"), handlers)
        self._tasks.run(job, lambda progress, cancel: cases.retry_failed())

    def export(self, wanted: CaseFilter, path: Path) -> None:
        """Write the rows that a filter lets through as CSV."""
        cases = self.cases
        if cases is not None:
            job = Job(KEY, EXPORT, tr("Writing the list of cases"), Handlers(self.exported.emit, self._complain))
            self._tasks.run(job, lambda progress, cancel: cases.export(wanted, path))

    def rows(self, wanted: CaseFilter) -> Rows | None:
        """Give the rows that a filter lets through, None where no batch is open."""
        cases = self.cases
        if cases is None:
            return None
        return Rows(lambda: cases.count(wanted), lambda first, n: cases.page(wanted, first=first, n=n))

    def look_again(self) -> None:
        """Count anew and let lists refresh: something was noted."""
        cases = self.cases
        if cases is not None:
            job = Job(KEY, "count batch", tr("Counting the cases"), Handlers(self._on_counted, self._complain))
            self._tasks.run(job, lambda progress, cancel: cases.counts())

    def _open(self, out: Path) -> None:
        self.is_opening = True
        handlers = Handlers(self._on_opened, self._on_not_opened, self._on_open_cancelled)
        self._tasks.run(Job(KEY, OPEN, tr("Opening a batch"), handlers), lambda progress, cancel: _opened(out))
        self.changed.emit()

    def _on_opened(self, found: Opened | tuple[()]) -> None:
        self.is_opening = False
        if not found:
            self.changed.emit()
            return
        cases, names, self.counts, root = found
        if self.cases is None:
            self.cases = cases
        else:
            cases.close()
        self.finding_names = names
        self.root = self.root or root
        self.opened.emit()
        self.changed.emit()

    def _on_not_opened(self, problem: Problem) -> None:
        self.is_opening = False
        if not self.is_running:
            self.out = None
        self._complain(problem)

    def _on_open_cancelled(self) -> None:
        self.is_opening = False
        self.changed.emit()

    def _on_arrived(self, progress: BatchProgress) -> None:
        self.progress, self.counts = progress, progress.counts
        out, now = self.out, time.monotonic()
        has_names = bool(self.finding_names) or not self.counts.of("done")
        if out is not None and not self.is_opening and (self.cases is None or not has_names):
            self._open(out)
        elif now - self._refreshed >= REFRESH_EVERY_S:
            self._refreshed = now
            self.rows_changed.emit()
        self.changed.emit()

    def _on_done(self, progress: BatchProgress) -> None:
        self.is_running = False
        self._on_arrived(progress)
        self.rows_changed.emit()

    def _on_failed(self, problem: Problem) -> None:
        self.is_running = False
        self._complain(problem)

    def _on_stopped(self) -> None:
        self.is_running = False
        self.look_again()
        self.changed.emit()

    def _on_retried(self, n_cases: int) -> None:
        self.look_again()
        if n_cases and self.root is not None and self.out is not None:
            self.start(self.root, self.out)

    def _on_counted(self, counts: OutcomeCounts) -> None:
        self.counts = counts
        self.rows_changed.emit()
        self.changed.emit()

    def _complain(self, problem: Problem) -> None:
        self.problem = problem
        self.changed.emit()

    def _forget(self) -> None:
        cases, self.cases = self.cases, None
        self.root, self.progress, self.problem = None, None, None
        self.finding_names, self.counts, self.is_paused = (), OutcomeCounts({}), False
        if cases is not None:
            cases.close()
            self.opened.emit()


def _opened(out: Path) -> Opened | tuple[()]:
    """Open what is in a folder; nothing where no batch has written there yet."""
    from medmm.workflow.batch_list import BatchList, holds_batch
    from medmm.workflow.batch_places import root_of

    if not holds_batch(out):
        return ()
    cases = BatchList(out)
    return cases, cases.finding_names(), cases.counts(), root_of(out)
