"""Two results stores side by side: only what differs leaves the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from medmm.core.errors import StorageError
from medmm.core.words import Words

OutcomePair = tuple[str, str, str]
FindingPair = tuple[str, str, float | None, float | None, str, str]

# Cases that both have attempted; `before` and `after` are the names of the two databases.
_BOTH = """
WITH old AS (SELECT "case", outcome FROM before.cases WHERE outcome IN ('done', 'failed', 'refused')),
     new AS (SELECT "case", outcome FROM after.cases WHERE outcome IN ('done', 'failed', 'refused')),
     same AS (SELECT old."case" FROM old JOIN new ON old."case" = new."case" AND old.outcome = new.outcome)
"""
_OUTCOMES = """
SELECT old."case", old.outcome, new.outcome FROM old JOIN new ON old."case" = new."case" AND old.outcome <> new.outcome
"""
_FINDINGS = """
SELECT x."case", x.finding, coalesce(x.probability, x.score), coalesce(y.probability, y.score), x.decision, y.decision
FROM before.findings x JOIN after.findings y ON x."case" = y."case" AND x.finding = y.finding
WHERE (x.decision <> y.decision OR abs(coalesce(y.probability, y.score) - coalesce(x.probability, x.score)) > :least)
AND x."case" IN same
UNION ALL
SELECT x."case", x.finding, coalesce(x.probability, x.score), NULL, x.decision, '' FROM before.findings x
WHERE x."case" IN same
AND NOT EXISTS (SELECT 1 FROM after.findings y WHERE x."case" = y."case" AND x.finding = y.finding)
UNION ALL
SELECT y."case", y.finding, NULL, coalesce(y.probability, y.score), '', y.decision FROM after.findings y
WHERE y."case" IN same
AND NOT EXISTS (SELECT 1 FROM before.findings x WHERE x."case" = y."case" AND x.finding = y.finding)
"""
_COUNTS = """
SELECT (SELECT count(*) FROM old WHERE "case" IN (SELECT "case" FROM new)),
       (SELECT count(*) FROM old WHERE "case" NOT IN (SELECT "case" FROM new)),
       (SELECT count(*) FROM new WHERE "case" NOT IN (SELECT "case" FROM old))
"""


class ResultPair:
    """Two SQLite stores of the current schema as one moment holds each of them; nothing is written.

    Raises StorageError when one of them cannot be read.
    """

    def __init__(self, before: Path, after: Path) -> None:
        self._before, self._after = before, after

    def outcomes(self) -> list[OutcomePair]:
        """Give (case, outcome before, outcome after) where those differ."""
        with self._reading() as connection:
            return list(connection.execute(_BOTH + _OUTCOMES))

    def findings(self, *, least: float) -> list[FindingPair]:
        """Give (case, finding, told before, told after, decision before, decision after) where a decision differs.

        Or where the number, probability or score, did by more than `least`; None and "" on the side without it.
        """
        with self._reading() as connection:
            return list(connection.execute(_BOTH + _FINDINGS, {"least": least}))

    def counts(self) -> tuple[int, int, int]:
        """Count the cases that both have attempted, and those that only the first or only the second has."""
        with self._reading() as connection:
            both, first, second = connection.execute(_BOTH + _COUNTS).fetchone()
        return both, first, second

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(":memory:", uri=True)) as connection:
                for name, path in (("before", self._before), ("after", self._after)):
                    connection.execute(f"ATTACH ? AS {name}", (f"{path.absolute().as_uri()}?mode=ro",))
                yield connection
        except sqlite3.Error as error:
            raise StorageError(
                Words("{name} cannot be used: {value}", name=self._after.name, value=str(error)),
                Words("Check the free space and your rights there, or choose another --out folder."),
                self._after,
            ) from error
