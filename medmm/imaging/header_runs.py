"""A header as runs of elements that the next slice repeats byte for byte, and the few elements that change.

The slices of a series differ in a dozen of their hundred elements. Where the bytes of a run come again at the start of
an element, so do its elements: they need not be walked again, nor their values converted again.
"""

from __future__ import annotations

import struct
from itertools import groupby
from typing import Any, NamedTuple

from medmm.imaging.quick_walk import (
    META_START,
    PIXEL_DATA,
    Doubt,
    Element,
    read_explicit,
    read_implicit,
    require_pixels,
)

CHARSET, SERIES_UID, PIXEL_REPRESENTATION = 0x00080005, 0x0020000E, 0x00280103
# What other values are converted by; where one of these changes, nothing else may be carried over.
CONTEXT = (CHARSET, PIXEL_REPRESENTATION)
FIXED = frozenset((*CONTEXT, SERIES_UID))
# VR, empty where the file states none, and bytes of a value.
Value = tuple[bytes, bytes]
# A converted value, and whether it could be converted.
Answer = tuple[Any, bool]


class _Part(NamedTuple):
    tag: int
    vr: bytes
    raw: bytes
    value: bytes
    changes: bool


class Followed(NamedTuple):
    """What one file has of its own: the values of the elements that change, and its pixel data."""

    changing: dict[int, Value]
    pixels: Element | None


class HeaderRuns:
    """The headers of a series, learned file by file.

    repeated: the values of all runs; answers: what was made of them so far, empty again when an element leaves a run;
    has_items: the items of a sequence were asked for.
    """

    def __init__(self, head: bytes, elements: list[Element]) -> None:
        self.has_items = False
        self._has_pixels = elements[-1].tag == PIXEL_DATA
        self._read_pixels = read_explicit if elements[-1].vr else read_implicit
        starts = [META_START, *(element.end for element in elements)]
        self._parts = [
            _Part(tag, vr, head[before:end], head[start:end], False)
            for before, (tag, vr, start, end) in zip(starts, elements, strict=False)
            if tag != PIXEL_DATA
        ]
        self._arrange()

    def follow(self, head: bytes, size: int) -> Followed:
        """Take the values of another file of `size` bytes that begins with `head`.

        Raises Doubt where its elements are not the same ones in the same order, struct.error where they go on
        beyond `head`.
        """
        position, changing = META_START, {}
        for step in self._steps:
            if isinstance(step, bytes):
                if not head.startswith(step, position):
                    self._learn(head)
                    return self.follow(head, size)
                position += len(step)
            else:
                tag, vr, start, end = _same_element(head, position, step)
                changing[tag] = vr, head[start:end]
                position = end
        if self._has_pixels:
            return Followed(changing, require_pixels(self._read_pixels(head, position, 1)))
        if position != size:
            raise Doubt
        return Followed(changing, None)

    def _learn(self, head: bytes) -> None:
        position, parts = META_START, []
        for part in self._parts:
            if not part.changes and head.startswith(part.raw, position):
                position += len(part.raw)
                parts.append(part)
                continue
            position = _same_element(head, position, part).end
            if part.tag in FIXED:
                raise Doubt
            parts.append(part._replace(changes=True))
        self._parts = parts
        self._arrange()

    def _arrange(self) -> None:
        self._steps: list[bytes | _Part] = []
        for changes, parts in groupby(self._parts, key=lambda part: part.changes):
            group = list(parts)
            self._steps += group if changes else [b"".join(part.raw for part in group)]
        self.repeated: dict[int, Value] = {part.tag: (part.vr, part.value) for part in self._parts if not part.changes}
        self.answers: dict[tuple[object, ...], Answer] = {}


def _same_element(head: bytes, position: int, part: _Part) -> Element:
    element = (read_explicit if part.vr else read_implicit)(head, position, 1)
    if element.tag != part.tag or element.vr != part.vr or element.end < position:
        raise Doubt
    if element.end > len(head):
        raise struct.error("the value goes on beyond the bytes read")
    return element
