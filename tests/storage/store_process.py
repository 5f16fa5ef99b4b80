"""A process of its own at a results store.

python store_process.py PLACE hold             says "held" and keeps the store until it is ended
python store_process.py PLACE record N SEED    records N cases in transactions of four, in an order of its own
"""

from __future__ import annotations

import random
import sys
import time

from medmm.storage.results import CaseRow, FindingRow, ResultStore

FINDINGS = ("pneumonia", "nodule", "oedema")


def result(number: int) -> tuple[CaseRow, list[FindingRow]]:
    """Make the result of a case: every process makes the same one."""
    rng = random.Random(number)
    name = f"Case {number:05d}"
    if number % 10 == 3:
        return CaseRow(name, f"k{number}", "", "failed", "input", "cut off", 0.5), []
    case = CaseRow(
        name, f"k{number}", f"P{number}", "done", "", "", 1.5, "c" * 64, "r" * 64, "2026-01-01T00:00:00+00:00"
    )
    values = ((finding, rng.random()) for finding in FINDINGS)
    return case, [
        FindingRow(name, f, p, p, 0.5, int(p > 0.5), "positive" if p > 0.5 else "negative") for f, p in values
    ]


def record(store: ResultStore, n: int, seed: int) -> None:
    """Add n cases and record those that wait, four at a time."""
    store.add_pending(CaseRow(result(number)[0].case, f"k{number}") for number in range(n))
    numbers = [int(case.case.split()[1]) for case in store.waiting(page=16)]
    random.Random(seed).shuffle(numbers)
    for start in range(0, len(numbers), 4):
        store.record_many(result(number) for number in numbers[start : start + 4])


def main(place: str, work: str, *numbers: str) -> None:
    store = ResultStore(place)
    store.open({"model": "abc"})
    if work == "hold":
        with store.held():
            print("held", flush=True)  # noqa: T201
            time.sleep(600)
    else:
        record(store, *(int(number) for number in numbers))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
