"""A results store on a PostgreSQL server holds what one in a file holds, in the same order."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from medmm.core.errors import StorageError
from medmm.storage.result_schema import ORDERS
from medmm.storage.results import CaseRow, FindingRow, PageQuery, ResultStore
from medmm.workflow.batch_tables import write_tables
from tests.storage.postgres_server import can_serve, running_server
from tests.storage.store_process import result

pytest.importorskip("psycopg")

needs_server = pytest.mark.skipif(not can_serve(), reason="PostgreSQL is not installed here")
PROCESS = Path(__file__).with_name("store_process.py")
PASSWORD = "kein-geheimnis"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_server() as url:
        yield url


@pytest.fixture
def place(server: str) -> Iterator[str]:
    """An address whose store is empty: a schema of its own, as a department keeps one a batch."""
    engine = sa.create_engine(server.replace("postgresql", "postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA night")
    yield f"{server}&options=-csearch_path%3Dnight"
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA night CASCADE")
    engine.dispose()


def opened(place: Path | str) -> ResultStore:
    store = ResultStore(place)
    store.open({"model": "abc"})
    return store


def started(place: str, *words: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROCESS.parents[2])}
    command = [sys.executable, str(PROCESS), place, *map(str, words)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


@needs_server
def test_file_and_server_hold_the_same_and_give_the_same_pages(place: str, tmp_path: Path) -> None:
    odd = ("ä", "Z", "a b", "A", "_", "-1", "é\0\udcff", "z" * 300)
    told = []
    for where in (tmp_path / "results.sqlite", place):
        with closing(opened(where)) as store:
            store.add_pending(CaseRow(name, "k") for name in odd)
            store.record_many(result(number) for number in range(40))
            store.record_many(result(number) for number in range(20))
            store.mark(["Case 00003", "Case 00005"], read_state="read")
            queries = [PageQuery(order, back, text="a") for order in ORDERS for back in (False, True)]
            pages = [store.page(query, n=7, after=store.page(query, n=1)[0], offset=2) for query in queries]
            write_tables(store, tmp_path)
            tables = [(tmp_path / name).read_bytes() for name in ("results.csv", "results.parquet", "summary.json")]
            told.append((pages, list(store.waiting(3)), list(store.results(5)), store.counts(), tables))

    assert told[0] == told[1]
    assert all(is_sound for *_, is_sound in told[1][2])
    assert len(told[0][2]) == 48


@needs_server
def test_a_store_on_a_server_is_kept_by_one_process_until_it_dies(place: str) -> None:
    holder = started(place, "hold")
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        store = opened(place)
        with pytest.raises(StorageError, match="another process is writing to 'localhost/postgres'"), store.held():
            pass
    finally:
        holder.kill()
        holder.communicate()

    assert freed_within(store, 10)
    store.close()


def freed_within(store: ResultStore, seconds: float) -> bool:
    """Tell whether a store that a process kept can be kept: its server has to notice first that it is gone."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(StorageError), store.held():
            return True
        time.sleep(0.05)
    return False


@needs_server
def test_writers_at_one_server_make_every_row_once(place: str) -> None:
    assert_every_row_once(place, n_writers=4)


def test_writers_at_one_file_make_every_row_once(tmp_path: Path) -> None:
    assert_every_row_once(str(tmp_path / "results.sqlite"), n_writers=8)


def assert_every_row_once(place: str, *, n_writers: int, n_cases: int = 200) -> None:
    writers = [started(place, "record", n_cases, seed) for seed in range(n_writers)]
    codes = [(writer.communicate(), writer.returncode)[1] for writer in writers]

    with closing(opened(place)) as store:
        rows = list(store.results())
    assert codes == [0] * n_writers
    assert [(case.case, case.outcome, found) for case, found, _ in rows] == [
        (case.case, case.outcome, tuple(found)) for case, found in map(result, range(n_cases))
    ]
    assert all(is_sound for *_, is_sound in rows)


@needs_server
def test_a_newer_store_on_a_server_is_refused(place: str) -> None:
    opened(place).close()
    engine = sa.create_engine(place.replace("postgresql", "postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE facts SET value = 'medmm.results/9' WHERE name = 'schema'")
    engine.dispose()

    with pytest.raises(StorageError, match="was written by a newer MedMM"):
        opened(place)


@needs_server
def test_what_a_server_says_of_a_row_is_not_told(place: str) -> None:
    store = opened(place)
    name = "Mary Miller"
    twice = [FindingRow(name, "nodule", 0.5, None, 0.5, 1, "positive")] * 2

    with pytest.raises(StorageError) as trouble:
        store.record(CaseRow(name, "k", "MRN 7"), twice)
    store.close()

    assert "duplicate key" in trouble.value.message
    assert name not in "".join(traceback.format_exception(trouble.value))


@pytest.mark.parametrize(
    "place",
    [
        f"postgresql://reader:{PASSWORD}@127.0.0.1:1/night",
        f"postgres://reader@127.0.0.1:1/night?password={PASSWORD}",
        f"postgresql://reader:{PASSWORD}@host:port/night",
        f"mysql://reader:{PASSWORD}@host/night",
        f"://reader:{PASSWORD}@host",
    ],
)
def test_no_message_shows_a_password(place: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(StorageError) as trouble:
        opened(place)

    shown = f"{trouble.value.message} {trouble.value.hint} {caplog.text}"
    assert PASSWORD not in shown + "".join(traceback.format_exception(trouble.value))


def test_a_missing_driver_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StorageError, match="psycopg is not installed") as trouble:
        ResultStore("postgresql://reader@host/night")

    assert "pip install 'medmm[postgresql]'" in trouble.value.hint
