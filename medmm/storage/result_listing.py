"""What lists show of a results store besides its pages: findings of some cases, and the weight of every case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from medmm.storage.result_database import Database
from medmm.storage.result_pages import CASE_COLUMNS, PageQuery, conditions
from medmm.storage.result_rows import CaseRow, FindingRow
from medmm.storage.result_schema import cases, findings

_TOLD = sa.func.coalesce(findings.c.probability, findings.c.score)
# A bundle gives every case the same findings: a look at some of them names all.
_SAMPLE = 500
_PIECE = 1000


class ResultListing:
    """Reads, and never writes, a store that `ResultStore` has opened."""

    def __init__(self, place: Path | str) -> None:
        self._database = Database(place)

    def rows_of(self, names: Sequence[str]) -> dict[str, CaseRow]:
        """Give cases by name; those that are not there are left out."""
        with self._database.reading() as connection:
            found = connection.execute(sa.select(*CASE_COLUMNS).where(cases.c.case.in_(names))).mappings()
            return {row["case"]: CaseRow(**row) for row in found}

    def deciding(self, names: Sequence[str]) -> dict[str, FindingRow]:
        """Give of each case the finding that decided: the likeliest of those with the decision of the case."""
        columns = [findings.c[name] for name in FindingRow.__dataclass_fields__]
        wanted = (
            sa.select(*columns)
            .join(cases, (cases.c.case == findings.c.case) & (cases.c.decision == findings.c.decision))
            .where(findings.c.case.in_(names))
            .order_by(_TOLD)
        )
        with self._database.reading() as connection:
            # Of several the last one stays, which is the likeliest.
            return {row["case"]: FindingRow(**row) for row in connection.execute(wanted).mappings()}

    def attempted(self, query: PageQuery) -> Iterator[sa.Row[Any, Any, Any, Any]]:
        """Give (case, decision, weight, finished_at) of every case that was attempted and that a query lets through.

        In the order of names, read in pieces: 100,000 rows at once would stop every thread while Python looks for
        garbage among them.  weight: the highest probability (or score) among what is positive, 0 where nothing is.
        """
        columns = (cases.c.case, cases.c.decision, cases.c.urgency, cases.c.finished_at)
        is_attempted = cases.c.outcome.in_(("done", "failed", "refused"))
        wanted = sa.select(*columns).where(is_attempted, *conditions(query)).order_by(cases.c.case)
        with self._database.reading() as connection:
            yield from connection.execution_options(yield_per=_PIECE).execute(wanted)

    def doubts(self) -> dict[str, float]:
        """Give of each case with an uncertain finding the highest probability (or score) among those."""
        wanted = sa.select(findings.c.case, sa.func.max(_TOLD)).where(findings.c.decision == "uncertain")
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(wanted.group_by(findings.c.case))}

    def n_read(self) -> int:
        """Count the cases that were read or signed."""
        wanted = sa.select(sa.func.count()).select_from(cases).where(cases.c.read_state.in_(("read", "signed")))
        with self._database.reading() as connection:
            return int(connection.execute(wanted).scalar_one())

    def finding_names(self) -> tuple[str, ...]:
        """Name the findings of a batch in the order in which they are scored."""
        some = sa.select(findings.c.finding, findings.c.place).limit(_SAMPLE).subquery()
        wanted = sa.select(some.c.finding).group_by(some.c.finding).order_by(sa.func.min(some.c.place), some.c.finding)
        with self._database.reading() as connection:
            return tuple(connection.execute(wanted).scalars())

    def close(self) -> None:
        """Release the file or the server."""
        self._database.close()
