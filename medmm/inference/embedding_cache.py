"""Embeddings kept by the content that they were made from: what was encoded once is not encoded again."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.quality import InputKind
from medmm.inference.model_input import ModelInput

# Some four hundred films with their maps.
MOST_BYTES = 64 * 1024**2


@dataclass(frozen=True)
class Embedding:
    """One input's vector z [1, d_k], with the maps [1, C, h, w] of an image, or [N, C, h, w] of a recording's windows;
    float32 on the CPU, never written to."""

    z: Tensor
    maps: Tensor | None = None

    @property
    def n_bytes(self) -> int:
        """Count the bytes that it holds."""
        return self.z.nbytes + (self.maps.nbytes if self.maps is not None else 0)


class EmbeddingCache:
    """The embeddings used last, up to a number of bytes. Safe to use from several threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[bytes, Embedding] = OrderedDict()
        self._n_bytes = 0
        self._lock = threading.Lock()

    def get(self, key: bytes) -> Embedding | None:
        """Give what was kept under a key, None where nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: bytes, embedding: Embedding) -> None:
        """Keep an embedding and let go of those that were not used for longest."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = embedding
            self._n_bytes += embedding.n_bytes
            while self._n_bytes > self._most_bytes:
                _, oldest = self._kept.popitem(last=False)
                self._n_bytes -= oldest.n_bytes

    def clear(self) -> None:
        """Let go of everything, so that what comes next is computed anew."""
        with self._lock:
            self._kept.clear()
            self._n_bytes = 0


def content_key(kind: InputKind, case: ModelInput) -> bytes:
    """Give a digest of everything that an encoder reads of a present input: equal content, equal embedding."""
    digest = hashlib.blake2b(kind.value.encode(), digest_size=16)
    for values in _read_of(kind, case):
        digest.update(repr((values.shape, values.dtype.str)).encode())
        digest.update(np.ascontiguousarray(values).data)
    return digest.digest()


def _read_of(kind: InputKind, case: ModelInput) -> Iterator[NDArray[np.generic]]:
    if kind is InputKind.IMAGE and case.image is not None:
        yield case.image.pixels
    elif kind is InputKind.NOTE and case.note is not None:
        yield case.note.token_ids
        yield case.note.token_mask
    elif kind is InputKind.VITALS and case.vitals is not None:
        yield case.vitals.features
        if case.vitals.series is not None:
            yield case.vitals.series
    elif kind is InputKind.AUDIO and case.audio is not None:
        yield case.audio.windows
