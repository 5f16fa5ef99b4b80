"""Run a command and watch the memory of its whole tree of processes through /proc."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVERY_S = 0.2


@dataclass(frozen=True)
class Watched:
    """How a command ended. together_mb: most resident memory of all its processes at once; single_mb: of any one."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    together_mb: float
    single_mb: float


def run_watched(command: Sequence[str], *, timeout_s: float, **options: Any) -> Watched:
    """Run a command to its end; options: of Popen. Raises TimeoutExpired."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    peaks = [0.0, 0.0]
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks, is_over))
    watcher.start()
    try:
        stdout, stderr = process.communicate(timeout=timeout_s)
    finally:
        process.kill()
        is_over.set()
        watcher.join()
    return Watched(process.returncode, stdout, stderr, time.perf_counter() - began, peaks[0], peaks[1])


def _watch(pid: int, peaks: list[float], is_over: threading.Event) -> None:
    while not is_over.wait(EVERY_S):
        sizes = [_kilobytes(child) for child in tree_of(pid)]
        peaks[0] = max(peaks[0], sum(size for size, _ in sizes) / 1024)
        peaks[1] = max([peaks[1], *(most / 1024 for _, most in sizes)])


def tree_of(pid: int) -> list[int]:
    """Give a process and all that descend from it."""
    parents = dict(_parents())
    return [one for one in parents if _descends(one, pid, parents)]


def _parents() -> list[tuple[int, int]]:
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with suppress(OSError):
                # The name in brackets may hold anything.
                found.append((int(path.name), int((path / "stat").read_text().rpartition(")")[2].split()[1])))
    return found


def _descends(one: int, pid: int, parents: dict[int, int]) -> bool:
    while one:
        if one == pid:
            return True
        one = parents.get(one, 0)
    return False


def _kilobytes(pid: int) -> tuple[int, int]:
    sizes = {"VmRSS": 0, "VmHWM": 0}
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in sizes:
                sizes[name] = int(value.split()[0])
    return sizes["VmRSS"], sizes["VmHWM"]
