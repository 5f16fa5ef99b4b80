"""Opening a results store: its tables are made, brought up to date after a backup, or refused."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from medmm.core.errors import StorageError
from medmm.core.words import Words
from medmm.storage.atomic import UNFINISHED
from medmm.storage.result_database import DAMAGED, Database
from medmm.storage.result_rows import CaseRow, FindingRow, stored
from medmm.storage.result_schema import FAMILY, SCHEMA, VERSION, cases, facts, findings, tables

SETTING_UP = 7169390
BACKUP_SUFFIX = ".schema-1.backup"


def set_up(database: Database, wanted: Mapping[str, str]) -> None:
    """Make the tables, or check what is there and bring it up to date.

    Raises StorageError when it is damaged, newer, none of ours, or was written with other facts.
    """
    known = _look(database)
    version = _version(database, known) if known is not None else None
    if known is not None:
        _refuse_other_facts(database, known, wanted)
    if version == 1:
        _back_up(database)
    with database.writing() as connection:
        if version == 1:
            _migrate(connection)
        elif version is None:
            if not database.path:  # two that start at once would both make the tables
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SETTING_UP})")
            tables.create_all(connection)
        _note_facts(connection, {**wanted, "schema": SCHEMA})


def holds_nothing(database: Database) -> bool:
    """Tell whether there is no store yet, without looking at what an existing file holds."""
    if database.path:
        return not database.path.exists() or database.path.stat().st_size == 0
    return _look(database) is None


def known_facts(connection: sa.Connection) -> dict[str, str]:
    """Give the facts that a store was written with."""
    return {row.name: row.value for row in connection.execute(sa.select(facts))}


def _look(database: Database) -> dict[str, str] | None:
    """Give the facts of a store without writing to it; None where there is none yet."""
    if database.path:
        return _look_at_file(database, database.path)
    with database.reading() as connection:
        return known_facts(connection) if sa.inspect(connection).has_table(facts.name) else None


def _look_at_file(database: Database, path: Path) -> dict[str, str] | None:
    if not path.exists() or path.stat().st_size == 0:
        return None
    # Where no log of changes lies beside the file, the promise that it does not change keeps SQLite from making one.
    way = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    address = f"{path.absolute().as_uri()}?{way}"
    with database.trouble(), closing(sqlite3.connect(address, uri=True)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names:
            return None
        _refuse_damaged(database, connection)
        return dict(connection.execute("SELECT name, value FROM facts")) if facts.name in names else {}


def _refuse_damaged(database: Database, connection: sqlite3.Connection) -> None:
    # Every index is held against its table: a case that one of them has lost would wait for ever. 0.7 s of 100,000.
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise StorageError(Words("{name} is damaged: {value}", name=database.name, value=found), DAMAGED, database.path)


def _version(database: Database, known: Mapping[str, str]) -> int:
    schema = known.get("schema", "")
    number = schema.removeprefix(FAMILY)
    if not schema.startswith(FAMILY) or not number.isdecimal():
        raise StorageError(
            Words("{name} is not a results store", name=database.name),
            Words("Choose another --out folder."),
            database.path,
        )
    if int(number) > VERSION:
        raise StorageError(
            Words(
                "{name} was written by a newer MedMM ({schema}; this one knows {own})",
                name=database.name,
                schema=schema,
                own=SCHEMA,
            ),
            Words("Go on with it in that version, or choose another --out folder."),
            database.path,
        )
    return int(number)


def _refuse_other_facts(database: Database, known: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    for name, value in wanted.items():
        if known.get(name, value) != value:
            raise StorageError(
                Words(
                    "{name} was written with {what} {known}, this run has {value}",
                    name=database.name,
                    what=name,
                    known=known[name],
                    value=value,
                ),
                Words("Choose another --out folder."),
                database.path,
            )


def _note_facts(connection: sa.Connection, wanted: Mapping[str, str]) -> None:
    known = known_facts(connection)
    added = [{"name": name, "value": value} for name, value in wanted.items() if name not in known]
    if added:
        connection.execute(sa.insert(facts), added)
    if known.get("schema", SCHEMA) != SCHEMA:
        connection.execute(sa.update(facts).where(facts.c.name == "schema").values(value=SCHEMA))


def _back_up(database: Database) -> None:
    # Only files are of schema 1: it knew no server.
    assert database.path is not None
    unfinished = database.path.with_name(f"{UNFINISHED}{database.path.name}")
    unfinished.unlink(missing_ok=True)
    with (
        database.trouble(),
        closing(sqlite3.connect(database.path)) as source,
        closing(sqlite3.connect(unfinished)) as copy,
    ):
        source.backup(copy)
    os.replace(unfinished, database.path.with_name(database.path.name + BACKUP_SUFFIX))


def _migrate(connection: sa.Connection) -> None:
    """Turn the tables of schema 1 into those of this one; the caller's transaction makes it all or nothing."""
    for name in ("cases", "findings"):
        connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {name}_1")
    tables.create_all(connection)
    columns = {column["name"] for column in sa.inspect(connection).get_columns("findings_1")}
    last = ""
    while rows := _old_cases(connection, last):
        results = [stored((case, _old_findings(connection, case.case, columns))) for case in rows]
        connection.execute(sa.insert(cases), [row for row, _ in results])
        found = [finding for _, of_case in results for finding in of_case]
        if found:
            connection.execute(sa.insert(findings), found)
        last = rows[-1].case
    for name in ("findings_1", "cases_1"):
        connection.exec_driver_sql(f"DROP TABLE {name}")


def _old_cases(connection: sa.Connection, last: str, n: int = 500) -> list[CaseRow]:
    names = '"case", key, patient_id, outcome, reason, message, seconds'
    wanted = sa.text(f'SELECT {names} FROM cases_1 WHERE "case" > :last ORDER BY "case" LIMIT {n}')
    return [CaseRow(**row) for row in connection.execute(wanted, {"last": last}).mappings()]


def _old_findings(connection: sa.Connection, case: str, columns: set[str]) -> list[FindingRow]:
    # The earliest batches lack the column decision_reason.
    names = ", ".join(f'"{name}"' for name in FindingRow.__dataclass_fields__ if name in columns)
    wanted = sa.text(f'SELECT {names} FROM findings_1 WHERE "case" = :this ORDER BY rowid')
    return [FindingRow(**row) for row in connection.execute(wanted, {"this": case}).mappings()]
