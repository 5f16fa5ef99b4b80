"""What a child that decodes does to itself before it touches a stranger's bytes: silence, limits, reused memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys

from medmm.imaging.limits import DECODER_MEMORY_BYTES

# mallopt(3); the most that its first one takes.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, KEPT_BYTES = -1, -3, 32 << 20


def be_silent() -> None:
    """Send what is written to the terminal nowhere."""
    # Codecs write to the terminal, and one that panics dumps its stack; the parent says in one sentence what happened.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def keep_freed_memory() -> None:
    """Keep freed buffers for the next slice."""
    # A decoder asks for the same few buffers again for each slice. Given back to the system and taken anew, every page
    # of them is zeroed again: more than half of the work on an RLE slice.
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:  # not with musl
            mallopt(M_MMAP_THRESHOLD, KEPT_BYTES)
            mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def limit_memory() -> None:
    """Refuse memory above the limit, and leave no core dump."""
    try:
        import resource
    except ImportError:  # Windows: only the time limit holds
        return
    for kind, limit in ((resource.RLIMIT_AS, DECODER_MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        # macOS refuses RLIMIT_AS.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def limit_cpu(time_limit_s: float) -> None:
    """End the process at twice its time limit from now, however busy its native code is."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(ValueError, OSError):
        spent = int(used.ru_utime + used.ru_stime + 2 * time_limit_s) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent, resource.getrlimit(resource.RLIMIT_CPU)[1]))
