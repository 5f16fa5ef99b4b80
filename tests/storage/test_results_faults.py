"""A store whose writer is killed at a system call, or finds the disk full there, loses nothing and doubles nothing.

python -m tests.storage.test_results_faults N FOLDER     the same at N calls of each kind of fault
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from medmm.storage.atomic import sweep
from medmm.storage.results import CaseRow, FindingRow, ResultStore
from medmm.workflow.batch_tables import write_tables
from tests.storage.store_process import record
from tests.storage.traced import REFUSED, can_trace, count_calls, disturbed

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not can_trace(), reason="strace is not here")]
N_CASES = 40
N_POINTS = 20
KILL, FULL, LOST = "signal=SIGKILL", "error=ENOSPC", "error=EIO"
TABLES = ("results.csv", "results.parquet", "summary.json")

Rows = list[tuple[CaseRow, tuple[FindingRow, ...], bool]]


def run(folder: Path) -> None:
    """Go on with a batch until all is recorded and its tables are written."""
    folder.mkdir(exist_ok=True)
    sweep(folder)
    with closing(ResultStore(folder / "results.sqlite")) as store:
        store.open({"model": "abc"})
        record(store, N_CASES, seed=1)
        write_tables(store, folder)


def rows_of(folder: Path) -> Rows:
    with closing(ResultStore(folder / "results.sqlite")) as store:
        store.open({"model": "abc"})
        return list(store.results(page=7))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name in TABLES}


def try_point(folder: Path, whole: Path, call: str, number: int, fault: str) -> str:
    """Disturb a run at one call, look at what it left, go on; gives what is wrong, "" for nothing."""
    wanted = {case.case: (case, found) for case, found, _ in rows_of(whole)}
    status, told = disturbed(lambda: run(folder), call, number, fault)
    if status not in ((-9,) if fault == KILL else (0, REFUSED)):
        return f"ended with {status}: {told}"
    if status == REFUSED and not told.endswith("."):
        return f"no sentence: {told}"
    for name, content in contents(folder).items():
        if content != contents(whole)[name]:
            return f"{name} is no whole one"
    for case, found, is_sound in rows_of(folder) if (folder / "results.sqlite").exists() else ():
        if not is_sound or ((case, found) != wanted[case.case] and (case.outcome, found) != ("pending", ())):
            return f"{case.case} is torn"
    run(folder)
    with closing(sqlite3.connect(folder / "results.sqlite")) as connection:
        (intact,) = connection.execute("PRAGMA integrity_check").fetchone()
    if rows_of(folder) != rows_of(whole) or contents(folder) != contents(whole) or intact != "ok":
        return "does not end like an undisturbed run"
    left = [path.name for path in folder.iterdir() if path.name not in (*TABLES, "results.sqlite")]
    return f"leaves {left}" if left else ""


def trials(work: Path, n_points: int, fault: str, seed: int) -> Iterator[tuple[str, int, str]]:
    """Disturb runs at n calls, of each kind as many as there are for the rarer ones; gives call, number and trouble."""
    work.mkdir(parents=True, exist_ok=True)
    calls = count_calls(lambda: run(work / "whole"), work / "calls.txt")
    rng = random.Random(seed)
    # Whether a file can be removed or cut has nothing to do with room: there it is only killed.
    kinds = [call for call in calls if fault == KILL or call not in ("unlink", "ftruncate")]
    left = {call: rng.sample(range(1, calls[call] + 1), calls[call]) for call in kinds}
    for _ in range(min(n_points, sum(map(len, left.values())))):
        call = rng.choice([call for call in kinds if left[call]])
        number = left[call].pop()
        yield call, number, try_point(work / "one", work / "whole", call, number, fault)
        shutil.rmtree(work / "one", ignore_errors=True)


@pytest.mark.parametrize("fault", [KILL, FULL, LOST])
def test_a_fault_at_any_call_loses_doubles_and_tears_nothing(tmp_path: Path, fault: str) -> None:
    tried = list(trials(tmp_path, N_POINTS, fault, seed=7))

    assert len(tried) == N_POINTS
    assert [(call, number, trouble) for call, number, trouble in tried if trouble] == []


if __name__ == "__main__":
    for asked in (KILL, FULL, LOST):
        told = list(trials(Path(sys.argv[2]) / asked, int(sys.argv[1]), asked, seed=11))
        lines = [f"{asked}: {dict(Counter(call for call, *_ in told))}", *map(str, (one for one in told if one[2]))]
        sys.stdout.write("\n".join(lines) + "\n")
