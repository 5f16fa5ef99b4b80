"""Fill one array with the pixels of a stack, slice by slice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import IncompleteSeries
from medmm.core.progress import CancelToken
from medmm.imaging.dicom import needs_own_process, read_instance
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.isolation import DecoderProcess
from medmm.imaging.native_pixels import native_kind, read_native
from medmm.imaging.slices import SliceOrder

Filled = tuple[NDArray[Any], int]


def read_pixels(facts: InstanceFacts, decoder: DecoderProcess) -> NDArray[Any]:
    """Read the frames of one object: as they are, decoded here, or in a process of their own where that is needed."""
    kind = native_kind(facts)
    if kind is not None:
        stored = np.empty((facts.layout.n_frames, facts.layout.rows, facts.layout.cols), kind)
        if read_native(facts, stored):
            return stored
    read = decoder.read if needs_own_process(facts) else read_instance
    return read(facts.path)[1]


def fill_stack(
    order: SliceOrder, sequence: Iterable[int], *, decoder: DecoderProcess, cancel: CancelToken
) -> Iterator[Filled]:
    """Read single-frame objects in the given sequence; give the array, always the same, and the index just filled.

    Raises IncompleteSeries where a slice differs in shape or kind from the first one read.
    """
    # One array from the start: a list of slices joined at the end would need twice the memory.
    stored: NDArray[Any] | None = None
    for index in sequence:
        cancel.raise_if_set()
        facts = order.slices[index].facts
        if stored is None:
            stored = _make_stack(len(order.slices), facts)
        if stored is not None and _fill_in_place(stored[index], facts):
            yield stored, index
            continue
        pixels = read_pixels(facts, decoder)[0]
        if stored is None:
            stored = np.zeros((len(order.slices), *pixels.shape), dtype=pixels.dtype)
        _require_same_kind(stored, pixels, facts)
        stored[index] = pixels
        yield stored, index


def _make_stack(n_slices: int, facts: InstanceFacts) -> NDArray[Any] | None:
    kind = native_kind(facts)
    return np.zeros((n_slices, facts.layout.rows, facts.layout.cols), kind) if kind is not None else None


def _fill_in_place(target: NDArray[Any], facts: InstanceFacts) -> bool:
    kind, shape = native_kind(facts), (facts.layout.rows, facts.layout.cols)
    return kind == target.dtype and shape == target.shape and read_native(facts, target)


def _require_same_kind(stored: NDArray[Any], pixels: NDArray[Any], facts: InstanceFacts) -> None:
    if pixels.shape != stored.shape[1:] or pixels.dtype != stored.dtype:
        raise IncompleteSeries(
            f"slice {facts.path.name!r} has {pixels.shape} {pixels.dtype}, the first one "
            f"{stored.shape[1:]} {stored.dtype}",
            "Open the parts of the series one by one.",
            facts.path,
        )


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


def require_equal_twins(order: SliceOrder, stored: NDArray[Any], decoder: DecoderProcess) -> None:
    """Compare slices that lie at one place.

    Raises IncompleteSeries when their pixels differ.
    """
    index_of = {part.facts.path: index for index, part in enumerate(order.slices)}
    for kept, twin in order.twins:
        if not np.array_equal(stored[index_of[kept.facts.path]], read_pixels(twin.facts, decoder)[0]):
            raise IncompleteSeries(
                f"{kept.facts.path.name!r} and {twin.facts.path.name!r} lie at one place "
                f"({kept.distance_mm:.2f} mm) with different pixels",
                "Choose one of the two series or time points and leave the other out.",
                twin.facts.path,
            )
