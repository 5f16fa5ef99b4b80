"""A finished or running batch as its lists: pages of rows, counts, the order of reading, who reads what."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast

import numpy as np

from medmm.core.listed_case import CaseFilter, ListedCase, OutcomeCounts
from medmm.storage.atomic import write_text
from medmm.storage.result_listing import ResultListing
from medmm.storage.results import CaseRow, FindingRow, PageQuery
from medmm.workflow.batch_folders import STORE
from medmm.workflow.batch_store import open_batch
from medmm.workflow.safe_cell import safe_cell
from medmm.workflow.urgency import RANKS, ReadingOrder, Waiting, reading_order

Order = Literal["case", "outcome", "urgency", "decision", "patient_id", "read_state", "finished_at"]
READING_SINCE = "reading_since"
EXPORTED = 1000
EXPORT_COLUMNS = (
    "case", "patient_id", "outcome", "reason", "decision", "finding", "probability", "read_state", "assigned_to",
    "finished_at",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A case in the order of reading. since: when it could be read first, seconds since 1970, UTC."""

    case: str
    since: float
    is_overdue: bool = False


@dataclass(frozen=True)
class ReadingList:
    """The cases in the order in which they are to be read: names, and for each since when it waits."""

    names: Sequence[str] = ()
    since: Sequence[float] = ()
    is_overdue: Sequence[bool] = ()

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, place: int) -> Entry:
        return Entry(self.names[place], self.since[place], self.is_overdue[place])


class BatchList:
    """Reads a batch's store from any thread; what readers note is written into it at once.

    Raises StorageError when there is no store in the folder, or it cannot be used.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._store = open_batch(out)
        self._listing = ResultListing(out / STORE)

    def counts(self) -> OutcomeCounts:
        """Count the cases by outcome."""
        return OutcomeCounts(self._store.counts().outcomes)

    def count(self, wanted: CaseFilter) -> int:
        """Count the rows that a filter lets through."""
        return self._store.count(_query(wanted))

    def page(self, wanted: CaseFilter, *, first: int, n: int) -> tuple[ListedCase, ...]:
        """Give n rows of a list, beginning at a place."""
        return self._listed(self._store.page(_query(wanted), n=n, offset=first))

    def rows_of(self, names: Sequence[str]) -> tuple[ListedCase, ...]:
        """Give cases by name and in this order; those that are gone are left out."""
        found = self._listing.rows_of(names)
        return self._listed([found[name] for name in names if name in found])

    def finding_names(self) -> tuple[str, ...]:
        """Name the findings."""
        return self._listing.finding_names()

    def order(
        self, wanted: CaseFilter, *, now: float, longest_wait_s: float | None, everything: bool = False
    ) -> ReadingList:
        """Put cases that nobody has read in the order in which they are to be read; see `reading_order`.

        everything: those that were read follow. A case waits from the moment at which its result was there and reading
        had begun: nobody waits in the night in which a batch is scored. The first call for a batch is that beginning.
        """
        began = self._reading_since(now)
        n_read = self._listing.n_read()
        doubts = self._listing.doubts()
        parts = [self._part(wanted, "unread", began, doubts)]
        orders = [reading_order(parts[0].waiting, now=now, longest_wait_s=longest_wait_s, n_read=n_read)]
        for state in ("read", "signed") if everything else ():
            parts.append(self._part(wanted, state, began, doubts))
            orders.append(reading_order(parts[-1].waiting, now=now, longest_wait_s=None))
        return _joined(parts, orders)

    def mark(self, names: Sequence[str], *, read_state: str) -> None:
        """Note of cases whether they are unread, read or signed."""
        self._store.mark(names, read_state=read_state)

    def assign(self, names: Sequence[str], *, to: str) -> None:
        """Note who is to read cases; "" for nobody."""
        self._store.assign(names, to=to)

    def retry_failed(self) -> int:
        """Let the next run attempt again what failed, and give how many cases those are."""
        n_cases = 0
        while failed := self._store.page(PageQuery(outcome="failed"), n=EXPORTED):
            self._store.record_many([(CaseRow(one.case, one.key), ()) for one in failed])
            n_cases += len(failed)
        return n_cases

    def export(self, wanted: CaseFilter, path: Path) -> Path:
        """Write the rows of a list as CSV, in its order.

        Raises StorageError when it cannot be written.
        """
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(EXPORT_COLUMNS)
        for row in self._all(wanted):
            table.writerow(_exported(row))
        write_text(path, text.getvalue())
        return path

    def close(self) -> None:
        """Release the store."""
        self._store.close()
        self._listing.close()

    def _all(self, wanted: CaseFilter) -> Iterator[ListedCase]:
        after: CaseRow | None = None
        while rows := self._store.page(_query(wanted), n=EXPORTED, after=after):
            yield from self._listed(rows)
            after = rows[-1]

    def _part(self, wanted: CaseFilter, read_state: str, began: float, doubts: Mapping[str, float]) -> _Part:
        names: list[str] = []
        ranks, weights, since = bytearray(), array("d"), array("d")
        for name, decision, weight, finished in self._listing.attempted(_query(replace(wanted, read_state=read_state))):
            names.append(name)
            ranks.append(RANKS[decision])
            weights.append(doubts.get(name, weight) if decision == "uncertain" else weight)
            since.append(max(began, _seconds(finished)))
        columns = Waiting(np.frombuffer(ranks, np.int8), np.array(weights), np.array(since))
        return _Part(names, columns)

    def _listed(self, rows: Sequence[CaseRow]) -> tuple[ListedCase, ...]:
        deciding = self._listing.deciding([row.case for row in rows if row.decision])
        return tuple(_listed(row, deciding.get(row.case)) for row in rows)

    def _reading_since(self, now: float) -> float:
        known = self._store.facts().get(READING_SINCE)
        if known is None:
            known = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
            self._store.open({READING_SINCE: known})
        return _seconds(known)


def holds_batch(out: Path) -> bool:
    """Tell whether a batch has written its results to a folder."""
    return (out / STORE).is_file()


def _query(wanted: CaseFilter) -> PageQuery:
    return PageQuery(
        order=cast(Order, wanted.order),  # the store refuses any other
        descending=wanted.is_descending,
        outcome=wanted.outcome,
        decision=wanted.decision,
        read_state=wanted.read_state,
        assigned_to=wanted.assigned_to,
        text=wanted.text,
        finding=wanted.finding,
    )


def _listed(row: CaseRow, deciding: FindingRow | None) -> ListedCase:
    told = 0.0 if deciding is None else deciding.score if deciding.probability is None else deciding.probability
    return ListedCase(
        row.case, row.key, row.patient_id, row.outcome, row.reason, row.message, row.seconds, row.finished_at,
        row.decision, deciding.finding if deciding else "", told, row.read_state, row.assigned_to,
    )  # fmt: skip


@dataclass(frozen=True)
class _Part:
    names: Sequence[str]
    waiting: Waiting


def _joined(parts: Sequence[_Part], orders: Sequence[ReadingOrder]) -> ReadingList:
    pairs = list(zip(parts, orders, strict=True))
    return ReadingList(
        [part.names[place] for part, order in pairs for place in order.places.tolist()],
        [since for part, order in pairs for since in part.waiting.since[order.places].tolist()],
        [late for _, order in pairs for late in order.is_overdue[order.places].tolist()],
    )


def _seconds(moment: str) -> float:
    # A store of schema 1 knew no time: such a case waits since reading began.
    return datetime.fromisoformat(moment).timestamp() if moment else 0.0


def _exported(row: ListedCase) -> tuple[str, ...]:
    cells = (
        row.case, row.patient_id, row.kind, row.reason, row.decision, row.finding,
        f"{row.weight:.6f}" if row.finding else "", row.read_state, row.assigned_to, row.finished_at,
    )  # fmt: skip
    return tuple(safe_cell(cell) for cell in cells)
