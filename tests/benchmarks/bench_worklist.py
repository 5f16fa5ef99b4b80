"""Waits of a simulated day in a reading room: the order of arrival, urgency alone, urgency with the longest wait.

python -m tests.benchmarks.bench_worklist
"""

from __future__ import annotations

import sys

from tests.workflow.reading_room import CAP_S, arrivals, read_all, wait_figures


def main() -> int:
    """Print median, 95th percentile and longest wait in minutes, over ten days."""
    days = [arrivals(seed=seed) for seed in range(10)]
    orders = {
        "order of arrival": [read_all(day, longest_wait_s=0.0, is_blind=True) for day in days],
        "urgency alone": [read_all(day, longest_wait_s=None) for day in days],
        f"urgency, longest wait {CAP_S / 3600:.0f} h": [read_all(day, longest_wait_s=CAP_S) for day in days],
    }
    for title, by_day in orders.items():
        reads = [read for day in by_day for read in day]
        for kind in ("positive", "uncertain", "negative", "", None):
            one = wait_figures(reads, kind)
            name = "all" if kind is None else kind or "no result"
            print(
                f"{title:26} {name:10} n {one.n:5} median {one.median:6.1f} p95 {one.p95:6.1f} max {one.longest:6.1f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
