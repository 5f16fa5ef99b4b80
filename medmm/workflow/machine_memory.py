"""How much memory the machine has and has left, and how much of it images may take."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")
MIB = 1 << 20
# Weasis, Memory-Management.md, as in FIELD.md section 15: 0.5 GB of 4, 1.5 of 8, 3.5 of 16, 7.5 of 32.
BUDGET_SHARE = 0.25
BUDGET_LESS_BYTES = 512 * MIB
BUDGET_FLOOR_BYTES = 256 * MIB
# Below this share of the machine, or this much, the window begins to give memory back.
LOW_SHARE = 0.08
LOW_BYTES = 400 * MIB


def image_budget_bytes(wanted_mb: int = 0) -> int:
    """Give how many bytes of pixels are kept: the user's number, else by the size of the machine."""
    if wanted_mb > 0:
        return wanted_mb * MIB
    total = total_bytes()
    return BUDGET_FLOOR_BYTES if total is None else default_budget_bytes(total)


def default_budget_bytes(total: int) -> int:
    """Give the budget for a machine with so much memory: a quarter less 512 MiB, at least 256 MiB."""
    return max(int(total * BUDGET_SHARE) - BUDGET_LESS_BYTES, BUDGET_FLOOR_BYTES)


def is_low(available: int, total: int) -> bool:
    """Tell whether so little is left that trouble is near."""
    return available < min(LOW_BYTES, LOW_SHARE * total)


def total_bytes() -> int | None:
    """Give the memory that this process may use at most: of the machine, or of its container; None if unknown."""
    machine = _windows_memory()[0] if sys.platform == "win32" else _posix_total()
    limit = _number(CGROUP / "memory.max")
    return min((size for size in (machine, limit) if size is not None), default=None)


def available_bytes() -> int | None:
    """Give what is left before the system starts to swap or to end programs; None where that is not known."""
    if sys.platform == "win32":
        return _windows_memory()[1]
    left = _meminfo("MemAvailable")
    limit, used = _number(CGROUP / "memory.max"), _number(CGROUP / "memory.current")
    if limit is not None and used is not None:
        # The page cache of a container counts as used and is given back when it is needed.
        inner = limit - used + (_cgroup_cache() or 0)
        left = inner if left is None else min(left, inner)
    return left


def _posix_total() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def _meminfo(name: str) -> int | None:
    try:
        lines = MEMINFO.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = next((line.split() for line in lines if line.startswith(f"{name}:")), None)
    return int(found[1]) * 1024 if found else None


def _number(path: Path) -> int | None:
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None  # "max" = no limit


def _cgroup_cache() -> int | None:
    try:
        lines = (CGROUP / "memory.stat").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = next((line.split() for line in lines if line.startswith("inactive_file ")), None)
    return int(found[1]) if found else None


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API (sysinfoapi.h)."""

    _fields_ = [
        ("dwLength", ctypes.c_ulong),
        ("dwMemoryLoad", ctypes.c_ulong),
        ("ullTotalPhys", ctypes.c_ulonglong),
        ("ullAvailPhys", ctypes.c_ulonglong),
        ("ullTotalPageFile", ctypes.c_ulonglong),
        ("ullAvailPageFile", ctypes.c_ulonglong),
        ("ullTotalVirtual", ctypes.c_ulonglong),
        ("ullAvailVirtual", ctypes.c_ulonglong),
        ("ullAvailExtendedVirtual", ctypes.c_ulonglong),
    ]


def _windows_memory() -> tuple[int | None, int | None]:
    if sys.platform != "win32":
        return None, None
    status = _MemoryStatus(dwLength=ctypes.sizeof(_MemoryStatus))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None, None
    return status.ullTotalPhys, status.ullAvailPhys


def give_back_freed() -> None:
    """Give what was freed back to the system; milliseconds.

    glibc keeps it, in a heap for each thread that asked for some: what one thread takes and another frees adds up to
    a hundred megabytes in a night.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:  # not with musl
            trim(0)
