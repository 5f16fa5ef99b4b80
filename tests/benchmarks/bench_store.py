"""What the results store costs a night's batch, as shares of the batch's own time and as ratios to plain sqlite3.

python tests/benchmarks/bench_store.py [N_CASES]     100,000 cases of six findings unless told otherwise (a few minutes)

A batch is taken to score 15 cases a second.  Wall and CPU time are told apart: durable writes wait for the
disk.  Exit 1 when a limit is missed.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from medmm.storage.result_schema import ORDERS
from medmm.storage.results import CaseRow, FindingRow, PageQuery, ResultStore
from medmm.workflow.batch_tables import write_tables

FINDINGS = ("pneumonia", "pulmonary_oedema", "pleural_effusion", "nodule", "cardiomegaly", "pneumothorax")
GROUP = 16
CASES_PER_S = 15
N_WAITING = 1000
FILTERED = (PageQuery(), PageQuery(outcome="failed"), PageQuery(decision="positive"), PageQuery(read_state="read"))
N_PAGES = 200
# Growth: SQLite's cache of 16 MB is filled by the larger store only.
MOST_SHARE, MOST_PAGE_MS, MOST_RESUME_S, MOST_GROWTH = 0.15, 10, 5, 1.2

Result = tuple[CaseRow, list[FindingRow]]


def main() -> int:
    n_cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        small, told = (measured(Path(folder) / str(n), n) for n in (n_cases // 10, n_cases))
    run_s = n_cases / CASES_PER_S
    for name in ("plan", "write", "tables", "plain"):
        wall, cpu = told[name]
        print(f"{name:7} {wall:7.1f} s wall ({wall / run_s:.1%} of the run), {cpu:6.1f} s CPU ({cpu / run_s:.1%})")
    to_plain = [store / plain for store, plain in zip(told["write"], told["plain"], strict=True)]
    print(f"write: {n_cases / told['write'][0]:.0f} cases/s; plain x {to_plain[0]:.2f}, CPU x {to_plain[1]:.2f}")
    print("page of 100 rows: p50 {:.1f} ms, p95 {:.1f} ms; CPU time p95 {:.1f} ms".format(*told["pages"]))
    print("search for a text that stands nowhere: {:.1f} ms, CPU {:.1f} ms".format(*(1000 * s for s in told["search"])))
    print("counts: {:.0f} ms, CPU {:.0f} ms".format(*(1000 * s for s in told["counts"])))
    print(f"first of {N_WAITING} waiting cases after {told['resume'][0]:.2f} s, CPU {told['resume'][1]:.2f} s")
    share = sum(told[name][0] for name in ("plan", "write", "tables")) / run_s
    peaks = small["peak_mib"][0], told["peak_mib"][0]
    growth = peaks[1] / peaks[0]
    print(f"all that is kept and written: {share:.1%} of a run at {CASES_PER_S} cases/s")
    print(f"peak memory {peaks[0]:.0f} MiB at {n_cases // 10}, {peaks[1]:.0f} MiB at {n_cases}: x {growth:.2f}")
    missed = (
        share > MOST_SHARE,
        told["pages"][2] > MOST_PAGE_MS,
        told["resume"][0] > MOST_RESUME_S,
        growth > MOST_GROWTH,
    )
    return int(any(missed))


def measured(folder: Path, n: int) -> dict[str, list[float]]:
    """Measure in a process of its own, whose peak of memory is its own."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, __file__, "measure", str(folder), str(n)], check=True, stdout=subprocess.PIPE
    )
    told: dict[str, list[float]] = json.loads(done.stdout)
    return told


def measure(folder: Path, n: int) -> dict[str, object]:
    """Plan, record and export a batch, then look at it."""
    store = ResultStore(folder / "results.sqlite")
    store.open({"model": "m"})
    told: dict[str, object] = {
        "plan": timed(lambda: store.add_pending(planned(number) for number in range(n))),
        "write": timed(lambda: write(store, n)),
        "tables": timed(lambda: write_tables(store, folder)),
        "peak_mib": [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024],
        "plain": timed(lambda: write_plainly(folder / "plain.sqlite", n)),
    }
    store.mark([f"patient{number:07d}" for number in range(0, n, 7)], read_state="read")
    told |= {"pages": pages(store), "search": timed(lambda: store.page(PageQuery(text="none such")))}
    store.add_pending(CaseRow(f"waits{number:07d}", "k") for number in range(N_WAITING))
    told["counts"] = timed(store.counts)
    store.close()
    return told | {"resume": timed(lambda: resume(folder / "results.sqlite"))}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Give the seconds of wall and of CPU time."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def groups(n: int) -> Iterator[list[Result]]:
    for start in range(0, n, GROUP):
        yield [result(number) for number in range(start, min(start + GROUP, n))]


def planned(number: int) -> CaseRow:
    return CaseRow(f"patient{number:07d}", f"{number:016x}")


def result(number: int) -> Result:
    """Make a case: one in ten has no result."""
    rng = random.Random(number)
    name, key = f"patient{number:07d}", f"{number:016x}"
    if number % 10 == 3:
        return CaseRow(name, key, f"MRN{number}", "failed", "unreadable_file", "film.dcm is cut off", 0.5), []
    case = CaseRow(name, key, f"MRN{number}", "done", "", "", 0.7, "c" * 64, "r" * 64, "2026-01-01T00:00:00+00:00")
    values = ((finding, rng.random()) for finding in FINDINGS)
    return case, [
        FindingRow(name, f, p, p, 0.8, int(p > 0.8), "positive" if p > 0.8 else "negative") for f, p in values
    ]


def write(store: ResultStore, n: int) -> None:
    for group in groups(n):
        store.record_many(group)


def write_plainly(path: Path, n: int) -> None:
    """Write the same rows as durably into tables without an index but their keys."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"CREATE TABLE cases ({', '.join('abcdefghijklmn')}, PRIMARY KEY (a))")
        connection.execute("CREATE TABLE findings (a, b, c, d, e, f, g, h, PRIMARY KEY (a, b))")
        for group in groups(n):
            with connection:
                rows = [tuple(vars(case).values()) for case, _ in group]
                connection.executemany(f"INSERT INTO cases VALUES ({', '.join('?' * 14)})", rows)
                found = [tuple(vars(finding).values()) for _, findings in group for finding in findings]
                connection.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found)


def pages(store: ResultStore) -> tuple[float, float, float]:
    """Give the median and 95th percentile of a page's time, and that of its CPU time, in ms."""
    rng = random.Random(7)
    counted = [(query, store.count(query)) for query in FILTERED]
    times = []
    for _ in range(N_PAGES):
        query, n_rows = rng.choice(counted)
        query = replace(query, order=rng.choice(ORDERS), descending=rng.random() < 0.5)
        offset = rng.randrange(n_rows)
        times.append(timed(lambda query=query, offset=offset: store.page(query, n=100, offset=offset)))
    walls, cpus = ([1000 * value for value in column] for column in zip(*times, strict=True))
    return statistics.median(walls), statistics.quantiles(walls, n=20)[-1], statistics.quantiles(cpus, n=20)[-1]


def resume(path: Path) -> None:
    store = ResultStore(path)
    store.open({"model": "m"})
    first = next(store.waiting())
    store.close()
    assert first.outcome == "pending"


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        sys.exit(main())
