"""The database under a results store: a SQLite file or a PostgreSQL server, its transactions and its trouble."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from medmm.core.errors import StorageError
from medmm.core.words import Words

POSTGRESQL = "postgresql+psycopg"
_WRITES = "medmm_writes"
# An advisory lock of the session, one for each schema of a database; the number is ours and means nothing.
_TRY_TO_HOLD = sa.text("SELECT pg_try_advisory_lock(7169389, hashtext(current_schema()))")
_LET_GO = sa.text("SELECT pg_advisory_unlock(7169389, hashtext(current_schema()))")
# A server notices within two minutes that the machine of a holder is gone (seconds and counts, libpq's own names).
_KEEP_ALIVE = {"connect_timeout": 15, "keepalives_idle": 30, "keepalives_interval": 15, "keepalives_count": 6}

DAMAGED = Words(
    "The file is damaged: put a copy of it in its place, or move it away and run again without --resume; "
    "results that are finished stay in the folder cases."
)


class Database:
    """One database. `name` is what messages call it: a file's name, or server and database, never a password.

    path: the file, None for a server.
    """

    def __init__(self, place: Path | str | sa.URL) -> None:
        url = _url(place)
        self.path = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.name = self.path.name if self.path else f"{url.host or 'localhost'}/{url.database or ''}"
        self.engine = _engine(url)
        if self.path:
            event.listen(self.engine, "connect", _make_durable)
            event.listen(self.engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the database, whatever is written meanwhile."""
        options: dict[str, Any] = {} if self.path else {"isolation_level": "REPEATABLE READ"}
        with self.trouble(), self.engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are durable when the block ends, and undone when it fails."""
        options = {_WRITES: True}
        with self.trouble(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep a server's database for this process as long as the block lasts; the server frees it when it dies.

        Raises StorageError at once when another process keeps it.  Does nothing for a file.
        """
        if self.path:
            yield
            return
        with self.trouble(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(_TRY_TO_HOLD).scalar_one():
                raise StorageError(
                    Words("another process is writing to {name!r}", name=self.name),
                    Words("Wait until the other one has ended, or name another database."),
                )
            try:
                yield
            finally:
                connection.execute(_LET_GO)

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turn what the database raises into a StorageError that names it."""
        try:
            yield
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            # What a server says of a row that it refuses quotes the row: its error goes into no log.
            cause = error if self.path else None
            hint = _hint(error, is_file=self.path is not None)
            raise StorageError(_told(self.name, error), hint, self.path) from cause

    def close(self) -> None:
        """Release the file or the server's connections."""
        self.engine.dispose()


def _url(place: Path | str | sa.URL) -> sa.URL:
    if isinstance(place, Path) or (isinstance(place, str) and "://" not in place):
        # As parts and not as text: a folder named "run?1" would lose its end.
        return sa.URL.create("sqlite", database=str(place))
    try:
        url = sa.make_url(place)
    except (sa.exc.ArgumentError, ValueError):
        url = sa.URL.create("none")
    if url.get_backend_name() == "postgresql" or url.drivername == "postgres":
        return url.set(drivername=POSTGRESQL)
    if url.get_backend_name() == "sqlite" and url.database:
        return sa.URL.create("sqlite", database=url.database)
    # Without the address and without its cause: either may show a password.
    raise StorageError(
        Words("the address of the results store is none that is understood"),
        Words("Name a file, or a server as in postgresql://USER@HOST/DATABASE."),
    )


def _engine(url: sa.URL) -> sa.Engine:
    # hide_parameters: the values of a failed statement are patients' data, and errors go into the log.
    try:
        if url.drivername == POSTGRESQL:
            return sa.create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=_KEEP_ALIVE)
        return sa.create_engine(url, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise StorageError(
            Words("results cannot be kept on a PostgreSQL server: psycopg is not installed"),
            Words("Install it with: pip install 'medmm[postgresql]'"),
        ) from error


def _told(name: str, error: Exception) -> Words:
    cause = getattr(error, "orig", None) or error.__cause__ or error
    # The first line: what PostgreSQL adds below it quotes the row.
    lines = str(cause).splitlines() if isinstance(cause, sqlite3.Error) or hasattr(cause, "sqlstate") else []
    return Words("{name} cannot be used: {value}", name=name, value=lines[0] if lines else type(cause).__name__)


def _hint(error: Exception, *, is_file: bool) -> Words:
    if not is_file:
        return Words("Check that the server runs, and the address, user and password.")
    code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DAMAGED
    return Words("Check the free space and your rights there, or choose another --out folder.")


def _make_durable(connection: Any, _record: object) -> None:
    # SQLAlchemy says BEGIN (_begin) and not the driver, which would not for a change of tables.
    connection.isolation_level = None
    cursor = connection.cursor()
    # WAL with FULL survives kill -9 and power loss at any point (sqlite.org/pragma.html).
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA cache_size=-16000")  # KiB: the index that a page of 100,000 cases is found in
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # Who will write waits for the lock at the start: a reader that turns writer is refused instead of waiting.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
