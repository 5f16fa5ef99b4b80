"""A store whose writer is killed at any moment has every case once and whole, before and after it is gone on with."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from medmm.storage.results import CaseRow, FindingRow, ResultStore
from tests.storage.old_store import make_old_store
from tests.storage.store_process import record, result

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 of a fork is a POSIX thing"),
]
N_CASES = 40
N_POINTS = 40
SQLITE_STEPS = 50

Rows = list[tuple[CaseRow, tuple[FindingRow, ...], bool]]


def killed_at(wanted: int, work: Callable[[], object]) -> int:
    """Do some work in a fork that kills itself at a moment of its SQLite; gives the moments of work that ends, else 0.

    Moments lie before and after each statement, before each commit, at each renamed file and every few steps between.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            n_moments = counting(wanted, work)
            os.write(writer, str(n_moments).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    told = os.read(reader, 100)
    os.close(reader)
    assert told or os.WIFSIGNALED(status), f"the work failed at moment {wanted}"
    return int(told or 0)


def counting(wanted: int, work: Callable[[], object]) -> int:
    n_moments = 0

    def pass_moment(*_: object) -> None:
        nonlocal n_moments
        n_moments += 1
        if n_moments == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    def rename(*names: object, replace: Callable[..., None] = os.replace) -> None:
        pass_moment()
        replace(*names)
        pass_moment()

    os.replace = rename  # this process is a fork and ends after its work
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, pass_moment)
    watched = lambda connection, _: connection.set_progress_handler(pass_moment, SQLITE_STEPS)  # noqa: E731
    event.listen(Engine, "connect", watched)
    work()
    return n_moments


def fill(path: Path) -> None:
    store = opened(path)
    record(store, N_CASES, seed=1)
    store.close()


def opened(path: Path) -> ResultStore:
    store = ResultStore(path)
    store.open({"model": "abc"})
    return store


def rows_of(path: Path) -> Rows:
    with closing(opened(path)) as store:
        return list(store.results(page=7))


def is_intact(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def points(n_moments: int, seed: int) -> list[int]:
    assert n_moments > N_POINTS
    return random.Random(seed).sample(range(1, n_moments + 1), N_POINTS)


def test_a_store_killed_while_it_is_filled_has_every_case_once_and_whole(tmp_path: Path) -> None:
    n_moments = killed_at(0, lambda: fill(tmp_path / "whole.sqlite"))
    wanted = rows_of(tmp_path / "whole.sqlite")
    done = {case.case: (case, found) for case, found, _ in wanted}

    for point in points(n_moments, seed=7):
        path = tmp_path / f"{point}.sqlite"
        assert killed_at(point, lambda path=path: fill(path)) == 0
        if path.exists():
            for case, found, is_sound in rows_of(path):
                assert is_sound
                assert (case, found) == done[case.case] or (case.outcome, found) == ("pending", ())
        fill(path)
        assert rows_of(path) == wanted
        assert is_intact(path)

    assert [(case.case, found) for case, found, _ in wanted] == [
        (case.case, tuple(found)) for case, found in map(result, range(N_CASES))
    ]


def test_a_migration_killed_at_any_moment_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    make_old_store(tmp_path / "whole.sqlite", N_CASES)
    n_moments = killed_at(0, lambda: opened(tmp_path / "whole.sqlite").close())
    wanted = rows_of(tmp_path / "whole.sqlite")

    for point in points(n_moments, seed=8):
        path = tmp_path / f"{point}.sqlite"
        make_old_store(path, N_CASES)
        assert killed_at(point, lambda path=path: opened(path).close()) == 0
        with closing(sqlite3.connect(path)) as connection:
            schema = connection.execute("SELECT value FROM facts WHERE name = 'schema'").fetchall()
            n_findings = connection.execute("SELECT count(*) FROM findings").fetchall()
        assert schema in ([("medmm.results/1",)], [("medmm.results/2",)])
        assert n_findings == [(2 * (N_CASES - 1),)]
        assert rows_of(path) == wanted
        assert is_intact(path)
