"""The batch store: one SQLite file, the source of truth of a batch run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.sqlite import insert

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.paths import readable

SCHEMA = "medmm.results/1"
OUTCOMES = ("done", "failed", "refused", "cancelled", "pending")

_tables = sa.MetaData()
_facts = sa.Table("facts", _tables, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text))
_cases = sa.Table(
    "cases",
    _tables,
    sa.Column("case", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("patient_id", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
)
_findings = sa.Table(
    "findings",
    _tables,
    sa.Column("case", sa.Text, sa.ForeignKey("cases.case"), primary_key=True),
    sa.Column("finding", sa.Text, primary_key=True),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("probability", sa.Float),
    sa.Column("threshold", sa.Float, nullable=False),
    sa.Column("positive", sa.Integer, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("decision_reason", sa.Text, nullable=False, server_default=""),
)
# Of a column that batches begun before it lack; theirs are added when they are gone on with.
ADD_REASON = sa.text("ALTER TABLE findings ADD COLUMN decision_reason TEXT NOT NULL DEFAULT ''")


@dataclass(frozen=True)
class CaseRow:
    """One case of a batch; outcome is one of OUTCOMES, reason a stable code, message a sentence."""

    case: str
    key: str
    patient_id: str = ""
    outcome: str = "pending"
    reason: str = ""
    message: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class FindingRow:
    """One finding of one case. decision_reason: why the decision is "uncertain", else empty."""

    case: str
    finding: str
    score: float
    probability: float | None
    threshold: float
    positive: int
    decision: str
    decision_reason: str = ""


class ResultStore:
    """Reads and writes the rows of one batch; every write is one durable transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # As parts and not as text: a folder named "run?1" would lose its end.
        self._engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)), poolclass=sa.pool.NullPool)
        event.listen(self._engine, "connect", _make_durable)

    def open(self, facts: Mapping[str, str]) -> None:
        """Create the tables or check that an older run was the same one.

        Raises StorageError when the file is damaged, or was written with other facts (model, schema).
        """
        with self._trouble():
            _tables.create_all(self._engine)
            self._add_missing_column()
        known = self.facts()
        wanted = {"schema": SCHEMA, **facts}
        for name, value in wanted.items():
            if known.get(name, value) != value:
                raise StorageError(
                    Words(
                        "{name} was written with {what} {known}, this run has {value}",
                        name=self._path.name,
                        what=name,
                        known=known[name],
                        value=value,
                    ),
                    Words("Choose another --out folder."),
                    self._path,
                )
        with self._trouble(), self._engine.begin() as connection:
            rows = [{"name": name, "value": value} for name, value in wanted.items()]
            connection.execute(insert(_facts).on_conflict_do_nothing(), rows)

    def _add_missing_column(self) -> None:
        known = {column["name"] for column in sa.inspect(self._engine).get_columns("findings")}
        if "decision_reason" not in known:
            with self._engine.begin() as connection:
                connection.execute(ADD_REASON)

    def facts(self) -> dict[str, str]:
        """Give what the run was started with."""
        with self._trouble(), self._engine.connect() as connection:
            return {row.name: row.value for row in connection.execute(sa.select(_facts))}

    def add_pending(self, cases: Sequence[CaseRow]) -> None:
        """Add cases that are not known yet; known ones stay as they are."""
        if not cases:
            return
        with self._trouble(), self._engine.begin() as connection:
            connection.execute(insert(_cases).on_conflict_do_nothing(), [_storable(case) for case in cases])

    def record(self, case: CaseRow, findings: Sequence[FindingRow] = ()) -> None:
        """Replace a case and its findings in one transaction."""
        with self._trouble(), self._engine.begin() as connection:
            connection.execute(sa.delete(_findings).where(_findings.c.case == case.case))
            connection.execute(insert(_cases).prefix_with("OR REPLACE"), [_storable(case)])
            if findings:
                connection.execute(sa.insert(_findings), [_storable(finding) for finding in findings])

    def cases(self) -> tuple[CaseRow, ...]:
        """Give all cases in order of their name."""
        with self._trouble(), self._engine.connect() as connection:
            rows = connection.execute(sa.select(_cases).order_by(_cases.c.case))
            return tuple(CaseRow(**row._mapping) for row in rows)

    def findings(self) -> tuple[FindingRow, ...]:
        """Give all findings in order of case, then as they were scored."""
        with self._trouble(), self._engine.connect() as connection:
            rows = connection.execute(sa.select(_findings).order_by(_findings.c.case, sa.text("rowid")))
            return tuple(FindingRow(**row._mapping) for row in rows)

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except (sa.exc.DatabaseError, sqlite3.Error) as error:
            raise StorageError(
                Words(
                    "{name} cannot be used: {value}",
                    name=self._path.name,
                    value=error.__cause__ or type(error).__name__,
                ),
                Words("Check the free space and your rights there, or choose another --out folder."),
                self._path,
            ) from error


def _storable(row: CaseRow | FindingRow) -> dict[str, Any]:
    # A message may quote a file's name that is no UTF-8, which SQLite cannot hold.
    return {name: readable(value) if isinstance(value, str) else value for name, value in asdict(row).items()}


def _make_durable(connection: Any, _record: object) -> None:
    # WAL with FULL survives kill -9 and power loss at any point (sqlite.org/pragma.html).
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
