"""What a decoder's child does with the memory that it frees."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from medmm.imaging.isolation import DecoderProcess

BUFFER, N_AT_ONCE = 1 << 19, 4


def fill_buffers(n_rounds: int) -> int:
    """Take, fill and free what a slice needs at once, so many times; tell how many pages the system had to bring."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(n_rounds):
        held = [bytearray(b"\1") * BUFFER for _ in range(N_AT_ONCE)]
        del held
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(sys.platform != "linux", reason="the allocator is told so with glibc only")
def test_freed_buffers_are_used_again_for_the_next_slice() -> None:
    with DecoderProcess(work=fill_buffers) as child:
        child.ask(2, Path("warm"))
        n_pages = child.ask(10, Path("measured"))

    assert n_pages < BUFFER // resource.getpagesize()
