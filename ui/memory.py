"""How much memory the window's process holds."""

from __future__ import annotations

import os
from pathlib import Path

STATM = Path("/proc/self/statm")


def resident_mb() -> float | None:
    """Give the resident memory of this process in MB, None where the system does not say it cheaply."""
    if not STATM.exists():
        return None
    n_pages = int(STATM.read_text(encoding="ascii").split()[1])
    return n_pages * os.sysconf("SC_PAGE_SIZE") / 1e6
