"""Fill one array with the pixels of a stack, slice by slice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import IncompleteSeries
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.imaging.decoder_pool import DecoderPool
from medmm.imaging.dicom import needs_own_process, read_instance
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.native_pixels import native_kind, read_native
from medmm.imaging.slices import SliceOrder

Filled = tuple[NDArray[Any], int]


def read_pixels(facts: InstanceFacts, pool: DecoderPool) -> NDArray[Any]:
    """Read the frames of one object: as they are, decoded here, or in a process of their own where that is needed."""
    kind = native_kind(facts)
    if kind is not None:
        stored = np.empty((facts.layout.n_frames, facts.layout.rows, facts.layout.cols), kind)
        if read_native(facts, stored):
            return stored
    return pool.read(facts) if needs_own_process(facts) else read_instance(facts.path)[1]


def fill_stack(
    order: SliceOrder, sequence: Iterable[int], *, pool: DecoderPool, cancel: CancelToken
) -> Iterator[Filled]:
    """Read single-frame objects in the given sequence; give the array, always the same, and the index just filled.

    Raises IncompleteSeries where a slice differs in shape or kind from the first one read.
    """
    stack = _Stack(order)
    for in_child, indexes in groupby(sequence, key=stack.needs_child):
        parts = [(index, order.slices[index].facts) for index in indexes]
        for index in pool.read_each(parts, stack.put) if in_child else map(stack.read, parts):
            cancel.raise_if_set()
            yield stack.filled, index


class _Stack:
    """One array from the start: a list of slices joined at the end would need twice the memory."""

    def __init__(self, order: SliceOrder) -> None:
        self._slices = order.slices
        self._stored: NDArray[Any] | None = None

    @property
    def filled(self) -> NDArray[Any]:
        assert self._stored is not None, "asked for after the first slice"
        return self._stored

    def needs_child(self, index: int) -> bool:
        facts = self._slices[index].facts
        return native_kind(facts) is None and needs_own_process(facts)

    def put(self, index: int, pixels: NDArray[Any]) -> None:
        # pixels: [1, rows, cols] or [1, rows, cols, 3]
        stored = self._array(pixels.shape[1:], pixels.dtype)
        if pixels.shape[1:] != stored.shape[1:] or pixels.dtype != stored.dtype:
            path = self._slices[index].facts.path
            raise IncompleteSeries(
                Words(
                    "slice {name!r} has {shape} {dtype}, the first one {first_shape} {first_dtype}",
                    name=path.name,
                    shape=pixels.shape[1:],
                    dtype=pixels.dtype,
                    first_shape=stored.shape[1:],
                    first_dtype=stored.dtype,
                ),
                Words("Open the parts of the series one by one."),
                path,
            )
        stored[index] = pixels[0]

    def read(self, part: tuple[int, InstanceFacts]) -> int:
        index, facts = part
        kind, shape = native_kind(facts), (facts.layout.rows, facts.layout.cols)
        if kind is not None:
            stored = self._array(shape, kind)
            if stored.shape[1:] == shape and stored.dtype == kind and read_native(facts, stored[index]):
                return index
        self.put(index, read_instance(facts.path)[1])
        return index

    def _array(self, shape: tuple[int, ...], kind: np.dtype[Any]) -> NDArray[Any]:
        if self._stored is None:
            self._stored = np.zeros((len(self._slices), *shape), kind)
        return self._stored


def take_frames(stored: NDArray[Any], frames: list[int]) -> NDArray[Any]:
    """Give these frames in this order; all of them are put in order where they lie, without a second array."""
    if frames == list(range(len(stored))):
        return stored
    if len(frames) < len(stored) or not stored.flags.writeable:
        return stored[frames]
    waiting = set(range(len(frames)))
    while waiting:
        # Follow one cycle of the permutation: each frame goes where the one before it has been taken from.
        first = at = waiting.pop()
        moved = stored[first].copy()
        while (source := frames[at]) != first:
            stored[at] = stored[source]
            at = source
            waiting.discard(at)
        stored[at] = moved
    return stored


def require_equal_twins(order: SliceOrder, stored: NDArray[Any], pool: DecoderPool) -> None:
    """Compare slices that lie at one place.

    Raises IncompleteSeries when their pixels differ.
    """
    index_of = {part.facts.path: index for index, part in enumerate(order.slices)}
    for kept, twin in order.twins:
        if not np.array_equal(stored[index_of[kept.facts.path]], read_pixels(twin.facts, pool)[0]):
            raise IncompleteSeries(
                Words(
                    "{name!r} and {other!r} lie at one place ({distance_mm:.2f} mm) with different pixels",
                    name=kept.facts.path.name,
                    other=twin.facts.path.name,
                    distance_mm=kept.distance_mm,
                ),
                Words("Choose one of the two series or time points and leave the other out."),
                twin.facts.path,
            )
