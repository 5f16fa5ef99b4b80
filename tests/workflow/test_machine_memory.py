"""What is freed goes back to the system, whichever thread asked for it."""

from __future__ import annotations

import ctypes
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from medmm.workflow.machine_memory import give_back_freed

PIECE, N_PIECES = 100_000, 1000


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def take() -> list[bytearray]:
    return [bytearray(b"\1") * PIECE for _ in range(N_PIECES)]


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="glibc keeps what is freed"
)
def test_what_another_thread_took_goes_back_though_something_stays_between() -> None:
    with ThreadPoolExecutor(1) as pool:
        pieces = pool.submit(take).result()
        kept = pieces[::50] + pieces[-1:]  # the last one holds the end of the heap
        del pieces
        before = resident_bytes()

        give_back_freed()

    assert before - resident_bytes() > PIECE * N_PIECES // 2
    assert len(kept) == 21
