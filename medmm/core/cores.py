"""How the cores are shared between processes that read and the network."""

from __future__ import annotations

import os


def n_readers_for(asked: int) -> int:
    """Choose how many processes read: as many as asked for, else half of the cores; the other half encodes."""
    return asked or max(1, n_cores() // 2)


def n_threads_beside(n_readers: int) -> int:
    """Choose how many threads encode beside so many readers; 0 where the user has declared it."""
    return 0 if os.environ.get("MEDMM_THREADS") else max(1, n_cores() - n_readers)


def n_cores() -> int:
    """Count the cores that this process may use: containers and batch systems give fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
