"""How the cores are shared between processes that read and the network."""

from __future__ import annotations

import os


def n_readers_for(asked: int) -> int:
    """Choose how many processes read: as many as asked for, else half of the cores; the other half encodes."""
    return asked or max(1, n_cores() // 2)


def declared_threads() -> int:
    """Read how many threads the user lets compute: MEDMM_THREADS, else OMP_NUM_THREADS, else 0."""
    declared = (os.environ.get(name, "") for name in ("MEDMM_THREADS", "OMP_NUM_THREADS"))
    return next((int(text) for text in declared if text.isdigit()), 0)


def n_lanes() -> int:
    """Choose how many cases are encoded side by side on a CPU, each by one thread: as many as declared, or as cores.

    Readers take of the same cores what they need; the lanes take what is left.
    """
    return declared_threads() or n_cores()


def n_cores() -> int:
    """Count the cores that this process may use: containers and batch systems give fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
