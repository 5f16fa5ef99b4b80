"""The worklist: a batch's cases in the order in which to read them, who reads them, and which one is next."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from medmm.core.listed_case import CaseFilter, ListedCase
from ui.language import tr
from ui.messages import Problem
from ui.state.batch_state import BatchState
from ui.state.case_table import Rows
from ui.tasks import Handlers, Job, Tasks

if TYPE_CHECKING:
    from medmm.workflow.batch_list import BatchList, Entry, ReadingList

KEY, ORDER, NOTE = "worklist", "order", "note on case"
HOUR_S = 3600.0
# A running batch has news every other second; putting 100,000 cases in order takes half a second of a processor.
REORDER_EVERY_MS = 10_000


class WorklistState(QObject):
    """Follows the batch that is open. ordered: the order is another one; moved: another case is the one being read.

    wanted: a case is to be opened, as the path of its folder; troubled: with a Problem.
    """

    ordered = Signal()
    moved = Signal()
    wanted = Signal(object)
    troubled = Signal(object)

    def __init__(self, batch: BatchState, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch, self._tasks = batch, tasks
        self._entries: ReadingList | None = None
        self._walked: list[str] = []
        self._at = -1
        self._is_busy = self._is_due = False
        self._signed: dict[str, bool] = {}
        self.wanted_cases = CaseFilter()
        self.everything = False
        self.longest_wait_h = 0
        self.is_followed = False
        batch.opened.connect(self._on_opened)
        batch.rows_changed.connect(self._on_batch_news)
        self._later = QTimer(self, singleShot=True, interval=REORDER_EVERY_MS)
        self._later.timeout.connect(self._on_rows_changed)

    @property
    def n_cases(self) -> int:
        """How many cases the list shows."""
        return len(self._names)

    @property
    def current(self) -> str:
        """The case that is being read, "" for none."""
        return self._walked[self._at] if self._at >= 0 else ""

    @property
    def can_step(self) -> bool:
        """Tell whether there is a next or previous case to go to."""
        return bool(self._walked) and self._batch.root is not None

    @property
    def finding_names(self) -> tuple[str, ...]:
        """The findings that the list can be narrowed to."""
        return self._batch.finding_names

    @property
    def can_open(self) -> bool:
        """Tell whether it is known where the patients lie."""
        return self._batch.root is not None

    def entry_at(self, place: int) -> Entry | None:
        """Give the entry of a row."""
        return self._entries[place] if self._entries is not None and place < len(self._entries) else None

    def places_of(self, names: Sequence[str]) -> list[int]:
        """Find the rows of cases; those that the list does not show are left out."""
        asked = set(names)
        return [place for place, name in enumerate(self._names) if name in asked] if asked else []

    def rows(self) -> Rows | None:
        """Give the rows in the order of reading."""
        cases, names = self._batch.cases, self._names
        if cases is None:
            return None
        return Rows(lambda: len(names), lambda first, n: cases.rows_of(names[first : first + n]))

    def follow(self) -> None:
        """Keep the order up to date from now on: somebody looks at it."""
        self.is_followed = True
        self._note(_note_signed)
        self.put_in_order()

    def narrow(self, **values: str) -> None:
        """Show other cases, by fields of CaseFilter."""
        self.wanted_cases = replace(self.wanted_cases, **values)  # type: ignore[arg-type]  # by name, from our controls
        self.put_in_order()

    def show_everything(self, is_wanted: bool) -> None:
        """Show what was read as well, or not."""
        self.everything = is_wanted
        self.put_in_order()

    def put_in_order(self) -> None:
        """Work out the order as of now; of several askings while that goes on the last one counts."""
        cases = self._batch.cases
        if cases is None:
            self._take(None)
            return
        if self._is_busy:
            self._is_due = True
            return
        self._is_busy, self._is_due = True, False
        wanted, everything, longest = self.wanted_cases, self.everything, self.longest_wait_h * HOUR_S or None
        handlers = Handlers(self._on_ordered, self._on_not_ordered, self._on_order_cancelled)
        job = Job(KEY, ORDER, tr("Putting cases in order"), handlers)
        self._tasks.run(
            job,
            lambda progress, cancel: cases.order(
                wanted, now=time.time(), longest_wait_s=longest, everything=everything
            ),
        )

    def open(self, name: str) -> None:
        """Read a case: it counts as read from now on."""
        root = self._batch.root
        if root is None:
            return
        if name != self.current:
            self._walked = [*self._walked[: self._at + 1], name]
            self._at = len(self._walked) - 1
        self._go(root, name)

    def step(self, by: int) -> bool:
        """Go to the next case that nobody has read, or back the way one came; False where there is none."""
        root, place = self._batch.root, self._at + by
        if root is None or not self._walked or place < 0:
            return False
        if place < len(self._walked):
            self._at = place
            self._go(root, self._walked[place])
            return True
        walked = set(self._walked)
        following = next((name for name in self._names if name not in walked), None)
        if following is None:
            return False
        self.open(following)
        return True

    def assign(self, names: Sequence[str], to: str) -> None:
        """Note who is to read cases; "" for nobody."""
        self._note(lambda cases: cases.assign(names, to=to.strip()))

    def mark_unread(self, names: Sequence[str]) -> None:
        """Let cases be read once more."""
        self._note(lambda cases: cases.mark(names, read_state="unread"))

    def note_signature(self, folder: Path, *, is_signed: bool) -> None:
        """Take in whether the review of a patient in the window is signed, if this is a case of the batch."""
        name = folder.name
        if folder.parent != self._batch.root or self._signed.get(name, False) == is_signed:
            return
        self._signed[name] = is_signed
        state = "signed" if is_signed else "read"
        self._note(lambda cases: cases.mark([name], read_state=state))

    def _go(self, root: Path, name: str) -> None:
        self._note(lambda cases: _mark_read(cases, name))
        self.moved.emit()
        self.wanted.emit(root / name)

    def _note(self, write: Callable[[BatchList], object]) -> None:
        cases = self._batch.cases
        if cases is not None:
            # A key of its own: the next note must not take the place of one that waits for a thread.
            job = Job(f"{KEY} {time.monotonic_ns()}", NOTE, tr("Noting it on the worklist"), self._noting())
            self._tasks.run(job, lambda progress, cancel: write(cases))

    def _noting(self) -> Handlers:
        return Handlers(done=lambda _written: self._on_rows_changed(), failed=self.troubled.emit)

    def _on_opened(self) -> None:
        self._walked, self._at, self._signed = [], -1, {}
        self.wanted_cases, self.everything = CaseFilter(), False
        self._take(None)
        if self.is_followed:
            self._note(_note_signed)
            self.put_in_order()
        self.moved.emit()

    def _on_batch_news(self) -> None:
        if not self._batch.is_running:
            self._on_rows_changed()
        elif not self._later.isActive():
            self._later.start()

    def _on_rows_changed(self) -> None:
        if self.is_followed:
            self.put_in_order()

    def _on_ordered(self, entries: ReadingList) -> None:
        self._is_busy = False
        self._take(entries)
        if self._is_due:
            self.put_in_order()

    def _on_not_ordered(self, problem: Problem) -> None:
        self._is_busy = False
        self.troubled.emit(problem)

    def _on_order_cancelled(self) -> None:
        self._is_busy = False

    @property
    def _names(self) -> Sequence[str]:
        return self._entries.names if self._entries is not None else ()

    def _take(self, entries: ReadingList | None) -> None:
        self._entries = entries
        self.ordered.emit()


def _note_signed(cases: BatchList) -> object:
    from medmm.workflow.batch_signed import note_signed

    return note_signed(cases)


def _mark_read(cases: BatchList, name: str) -> None:
    listed: tuple[ListedCase, ...] = cases.rows_of([name])
    if listed and listed[0].read_state == "unread":
        cases.mark([name], read_state="read")
