"""What a decoder child is asked for: the pixels of one object, put into memory that it shares with its parent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.imaging.encapsulated_pixels import read_stored
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.pydicom_quiet import quiet_for_good


@dataclass(frozen=True)
class PixelRequest:
    """An object, and the place for its pixels: n_bytes of the shared memory of this name, from `start` on."""

    facts: InstanceFacts
    memory: str
    start: int
    n_bytes: int


@dataclass(frozen=True)
class PixelAnswer:
    """The kind and shape of what lies in the shared memory; pixels: themselves, where they did not fit into it."""

    kind: str
    shape: tuple[int, ...]
    pixels: NDArray[Any] | None = None


def decode_into_memory(request: PixelRequest) -> PixelAnswer:
    """Decode in the child.

    Raises what `read_instance` raises.
    """
    _be_quiet()
    pixels = read_stored(request.facts)
    if pixels.nbytes > request.n_bytes:
        return PixelAnswer(pixels.dtype.str, pixels.shape, pixels)
    view(_attached(request.memory), request.start, pixels.dtype.str, pixels.shape)[...] = pixels
    return PixelAnswer(pixels.dtype.str, pixels.shape)


def view(memory: SharedMemory, start: int, kind: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Give an array that lies in shared memory."""
    return np.ndarray(shape, np.dtype(kind), buffer=memory.buf, offset=start)


@lru_cache(maxsize=1)
def _be_quiet() -> None:
    quiet_for_good()


@lru_cache(maxsize=1)
def _attached(name: str) -> SharedMemory:
    return SharedMemory(name)
