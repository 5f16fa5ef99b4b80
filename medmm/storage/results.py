"""The results store: one row a case and one a finding, the source of truth of a batch run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from medmm.storage.result_database import Database
from medmm.storage.result_pages import CASE_COLUMNS, PageQuery, count_statement, page_statement
from medmm.storage.result_rows import (
    OUTCOMES,
    READ_STATES,
    WAITING,
    CaseRow,
    FindingRow,
    Result,
    checksum,
    storable_text,
    stored,
)
from medmm.storage.result_schema import cases, findings, is_waiting
from medmm.storage.result_setup import holds_nothing, known_facts, set_up

__all__ = ["OUTCOMES", "READ_STATES", "WAITING", "CaseRow", "Counts", "FindingRow", "PageQuery", "ResultStore"]

CHUNK = 500
_FINDING_COLUMNS = tuple(findings.c[name] for name in FindingRow.__dataclass_fields__)


@dataclass(frozen=True)
class Counts:
    """How many cases there are, by outcome (each of OUTCOMES, also with 0) and by reason; seconds: spent on them."""

    n_cases: int
    outcomes: dict[str, int]
    reasons: dict[str, int]
    seconds: float

    @property
    def n_waiting(self) -> int:
        """Cases that have still to be done."""
        return sum(self.outcomes[outcome] for outcome in WAITING)


class ResultStore:
    """Reads and writes the rows of one batch, never all of them at once; every write is one durable transaction.

    place: a SQLite file, or the address of a PostgreSQL database.
    """

    def __init__(self, place: Path | str | sa.URL) -> None:
        self._database = Database(place)
        insert = sqlite.insert if self._database.path else postgresql.insert
        self._add = insert(cases).on_conflict_do_nothing()
        written = {column.name: column for column in insert(cases).excluded if column.name != "case"}
        # The same result again changes nothing; another one has been read by nobody and stays with whom it was given.
        written = {**written, "read_state": sa.literal("unread"), "assigned_to": cases.c.assigned_to}
        self._replace = insert(cases).on_conflict_do_update(
            index_elements=[cases.c.case], set_=written, where=cases.c.checksum != insert(cases).excluded.checksum
        )

    @property
    def name(self) -> str:
        """What messages call it: a file's name, or server and database."""
        return self._database.name

    def is_new(self) -> bool:
        """Tell whether nothing was ever kept here."""
        return holds_nothing(self._database)

    def open(self, facts: Mapping[str, str]) -> None:
        """Create the tables, bring those of an older schema up to date, check that an older run was the same one.

        Raises StorageError when the store is damaged, newer than this program or written with other facts (model).
        """
        set_up(self._database, facts)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep a server's store for this process as long as the block lasts; a file is kept by `lock.hold_folder`.

        Raises StorageError at once when another process keeps it.
        """
        with self._database.held():
            yield

    def facts(self) -> dict[str, str]:
        """Give what the run was started with."""
        with self._database.reading() as connection:
            return known_facts(connection)

    def add_pending(self, added: Iterable[CaseRow]) -> None:
        """Add cases that are not known yet, a chunk at a time; known ones stay as they are."""
        for chunk in _chunks(added):
            known = self._known(case.case for case in chunk)
            rows = [stored((case, ()))[0] for case in chunk if storable_text(case.case) not in known]
            if rows:
                with self._database.writing() as connection:
                    connection.execute(self._add, rows)

    def record(self, case: CaseRow, found: Sequence[FindingRow] = ()) -> None:
        """Replace a case and its findings in one transaction."""
        self.record_many([(case, found)])

    def record_many(self, results: Iterable[Result]) -> None:
        """Replace several cases and their findings in one transaction; of a case given twice the last one stays.

        Recording the same again changes nothing, not even what its readers noted; another result is unread.
        """
        last_of_each = {case.case: (case, found) for case, found in results}
        # In one order, the case before its findings: two writers on one server wait for each other and never in a ring.
        rows = [stored(last_of_each[name]) for name in sorted(last_of_each)]
        if not rows:
            return
        found_rows = [finding for _, found in rows for finding in found]
        with self._database.writing() as connection:
            connection.execute(self._replace, [row for row, _ in rows])
            connection.execute(_DELETE_FINDINGS, [{"this": row["case"]} for row, _ in rows])
            if found_rows:
                connection.execute(sa.insert(findings), found_rows)

    def waiting(self, page: int = 256) -> Iterator[CaseRow]:
        """Give the cases that have still to be done in order of their names, reading a page at a time.

        Rows may be recorded meanwhile: none comes twice, and none that was waiting at the start is left out unless
        it was recorded before its page was read.
        """
        last = ""
        while True:
            wanted = sa.select(*CASE_COLUMNS).where(is_waiting(), cases.c.case > last).order_by(cases.c.case)
            rows = self._cases(wanted.limit(page))
            yield from rows
            if len(rows) < page:
                return
            last = rows[-1].case

    def waiting_among(self, names: Iterable[str]) -> frozenset[str]:
        """Give those of some cases that have still to be done; at most a few hundred are asked for at once."""
        among = cases.c.case.in_([storable_text(name) for name in names])
        with self._database.reading() as connection:
            return frozenset(connection.execute(sa.select(cases.c.case).where(is_waiting(), among)).scalars())

    def counts(self) -> Counts:
        """Count the cases by outcome and by reason."""
        of = sa.select(cases.c.outcome, cases.c.reason, sa.func.count(), sa.func.sum(cases.c.seconds))
        with self._database.reading() as connection:
            rows = connection.execute(of.group_by(cases.c.outcome, cases.c.reason)).all()
        outcomes = dict.fromkeys(OUTCOMES, 0)
        reasons: dict[str, int] = {}
        for outcome, reason, n, _ in rows:
            outcomes[outcome] += n
            if reason:
                reasons[reason] = reasons.get(reason, 0) + n
        return Counts(sum(outcomes.values()), outcomes, dict(sorted(reasons.items())), sum(row[3] for row in rows))

    def page(
        self, query: PageQuery, *, n: int = 100, after: CaseRow | None = None, offset: int = 0
    ) -> tuple[CaseRow, ...]:
        """Give n rows of a table in its order: those after a row (for scrolling on), or at an offset (for a jump)."""
        return self._cases(page_statement(query, n, after=after, offset=offset))

    def rows(self, query: PageQuery, page: int = CHUNK) -> Iterator[CaseRow]:
        """Give all rows of a table, a page at a time; meanwhile anything may change but what it is ordered by."""
        rows = self.page(query, n=page)
        while rows:
            yield from rows
            rows = self.page(query, n=page, after=rows[-1])

    def count(self, query: PageQuery) -> int:
        """Count the rows of a table."""
        with self._database.reading() as connection:
            return int(connection.execute(count_statement(query)).scalar_one())

    def results(self, page: int = CHUNK) -> Iterator[tuple[CaseRow, tuple[FindingRow, ...], bool]]:
        """Give every case with its findings as of one moment, in order of names, then as they were scored.

        The third value tells whether the rows are what was recorded: False for torn or edited ones.
        """
        last = ""
        with self._database.reading() as connection:
            while rows := connection.execute(_after(last, page)).mappings().all():
                within = sa.and_(findings.c.case >= rows[0]["case"], findings.c.case <= rows[-1]["case"])
                found = connection.execute(_FINDINGS_IN_ORDER.where(within)).mappings().all()
                yield from _joined(rows, found)
                last = rows[-1]["case"]

    def put_back(self, again: Iterable[CaseRow]) -> int:
        """Let cases wait once more, without what was found; gives how many."""
        n_cases = 0
        for chunk in _chunks(again):
            self.record_many((CaseRow(case.case, case.key), ()) for case in chunk)
            n_cases += len(chunk)
        return n_cases

    def mark(self, names: Sequence[str], *, read_state: str) -> None:
        """Note of cases whether they are unread, read or signed."""
        if read_state not in READ_STATES:
            raise ValueError(f"no such read state: {read_state}")
        self._note(names, read_state=read_state)

    def assign(self, names: Sequence[str], *, to: str) -> None:
        """Note who is to read cases; "" for nobody."""
        self._note(names, assigned_to=to)

    def cases(self) -> tuple[CaseRow, ...]:
        """Give all cases in order of their name, for a store that is small."""
        return self._cases(sa.select(*CASE_COLUMNS).order_by(cases.c.case))

    def findings(self) -> tuple[FindingRow, ...]:
        """Give all findings in order of case, then as they were scored, for a store that is small."""
        return tuple(finding for _, found, _ in self.results() for finding in found)

    def close(self) -> None:
        """Release the file or the server."""
        self._database.close()

    def _known(self, names: Iterable[str]) -> frozenset[str]:
        with self._database.reading() as connection:
            wanted = sa.select(cases.c.case).where(cases.c.case.in_([storable_text(name) for name in names]))
            return frozenset(connection.execute(wanted).scalars())

    def _cases(self, statement: sa.Select[Any]) -> tuple[CaseRow, ...]:
        with self._database.reading() as connection:
            return tuple(CaseRow(*row) for row in connection.execute(statement))

    def _note(self, names: Sequence[str], **values: str) -> None:
        if names:
            noted = sa.update(cases).where(cases.c.case == sa.bindparam("this")).values(**values)
            with self._database.writing() as connection:
                connection.execute(noted, [{"this": name} for name in names])


_DELETE_FINDINGS = sa.delete(findings).where(findings.c.case == sa.bindparam("this"))
_FINDINGS_IN_ORDER = sa.select(*_FINDING_COLUMNS).order_by(findings.c.case, findings.c.place)


def _after(last: str, n: int) -> sa.Select[Any]:
    return sa.select(*CASE_COLUMNS, cases.c.checksum).where(cases.c.case > last).order_by(cases.c.case).limit(n)


def _joined(
    rows: Sequence[Mapping[Any, Any]], found: Sequence[Mapping[Any, Any]]
) -> Iterator[tuple[CaseRow, tuple[FindingRow, ...], bool]]:
    of: dict[str, list[Mapping[Any, Any]]] = {}
    for finding in found:
        of.setdefault(finding["case"], []).append(finding)
    for row in rows:
        own = of.get(row["case"], [])
        case = CaseRow(**{name: row[name] for name in CaseRow.__dataclass_fields__})
        yield case, tuple(FindingRow(**finding) for finding in own), row["checksum"] == checksum(row, own)


def _chunks(items: Iterable[CaseRow]) -> Iterator[list[CaseRow]]:
    left = iter(items)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
