"""Work in a fork whose system calls are counted, killed at one of them, or answered with an error (Linux, strace)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from medmm.core.errors import StorageError

# What may leave the disk different, or find it full.
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate")
REFUSED, BROKEN = 3, 4
ATTACH_S = 20


def can_trace() -> bool:
    return sys.platform == "linux" and shutil.which("strace") is not None


def count_calls(work: Callable[[], object], log: Path) -> Counter[str]:
    """Do the work undisturbed; gives how often it made each of CALLS."""
    status, told = _traced(work, "-o", str(log), "-e", f"trace={','.join(CALLS)}")
    assert status == 0, told
    return Counter(re.findall(r"^(\w+)\(", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE))


def disturbed(work: Callable[[], object], call: str, number: int, fault: str) -> tuple[int, str]:
    """Do the work with a fault ("signal=SIGKILL", "error=ENOSPC") at the number-th call.

    Gives -9 for a killed one, 0 for one that ended, REFUSED with the sentences of a StorageError, BROKEN with a trace.
    """
    return _traced(work, "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}")


def _traced(work: Callable[[], object], *options: str) -> tuple[int, str]:
    start, begin = os.pipe()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(begin)
        _work(work, start, writer)
    for descriptor in (start, writer):
        os.close(descriptor)
    strace = subprocess.Popen(["strace", "-qq", "-p", str(child), *options], stderr=subprocess.DEVNULL)
    try:
        _await_attached(child)
        os.close(begin)  # the child's read ends
        _, status = os.waitpid(child, 0)
    finally:
        strace.wait(timeout=ATTACH_S)
    with os.fdopen(reader, "rb") as stream:
        told = stream.read().decode()
    return os.waitstatus_to_exitcode(status), told


def _work(work: Callable[[], object], start: int, writer: int) -> None:
    code, told = BROKEN, ""
    try:
        os.read(start, 1)
        work()
        code = 0
    except StorageError as error:
        code, told = REFUSED, error.sentences
    finally:
        # Here, for nothing may leave a fork: it would go on with the tests.
        told = traceback.format_exc() if code == BROKEN else told
        os.writev(writer, [told.encode()])
        os._exit(code)


def _await_attached(child: int) -> None:
    deadline = time.monotonic() + ATTACH_S
    status = Path(f"/proc/{child}/status")
    while "TracerPid:\t0\n" in status.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, "strace does not attach"
        time.sleep(0.002)
