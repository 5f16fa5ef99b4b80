"""Count and follow DICOM elements without building them, with limits and without recursion."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words
from medmm.imaging.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_ITEMS
from medmm.imaging.sniff import VRS

UNDEFINED = 0xFFFFFFFF
LONG_VRS = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
FRAGMENT_VRS = (b"OB", b"OW")
PIXEL_TAGS = frozenset({(0x7FE0, 0x0008), (0x7FE0, 0x0009), (0x7FE0, 0x0010)})
ITEM, ITEM_END, SEQUENCE_END = 0xE000, 0xE00D, 0xE0DD


@dataclass(frozen=True)
class Encoding:
    """How elements are written: VR stated or not, byte order as in `struct`."""

    is_explicit: bool
    order: str


@dataclass(frozen=True)
class _Level:
    end: float
    is_sequence: bool
    encoding: Encoding


@dataclass
class Walk:
    """The state of a walk and what it found: is_clean = all VRs known and all values inside the file.

    pixel_bytes: stated length of the pixel data, -1 where there is none or it is in fragments.
    """

    path: Path
    stream: BinaryIO
    size: int
    encoding: Encoding
    position: int
    levels: list[_Level] = field(default_factory=list)
    n_elements: int = 0
    n_items: int = 0
    is_clean: bool = True
    is_done: bool = False
    is_ordered: bool = True
    last_tag: tuple[int, int] = (0, 0)
    pixel_bytes: int = -1


def walk(path: Path, stream: BinaryIO, start: int, size: int, encoding: Encoding) -> Walk:
    """Follow every element up to the pixel data.

    Raises UnreadableFile above 64 nested sequences or 100,000 elements or items.
    """
    state = Walk(path, stream, size, encoding, start)
    while not state.is_done and state.position + 8 <= size:
        while state.levels and state.position >= state.levels[-1].end:
            state.levels.pop()
        stream.seek(state.position)
        raw = stream.read(12)
        current = state.levels[-1].encoding if state.levels else encoding
        group, element = struct.unpack_from(f"{current.order}HH", raw)
        if group == 0xFFFE:
            _enter_item(state, element, struct.unpack_from(f"{current.order}I", raw, 4)[0], current)
        else:
            _enter_element(state, (group, element), raw, current)
    return state


def _enter_item(state: Walk, element: int, length: int, encoding: Encoding) -> None:
    state.position += 8
    if element == ITEM:
        state.n_items += 1
        _limit(state.path, state.n_items, MAX_ITEMS, Words("items"))
        end = math.inf if length == UNDEFINED else state.position + length
        state.levels.append(_Level(end, False, encoding))
        _limit(
            state.path, sum(level.is_sequence for level in state.levels), MAX_DEPTH, Words("levels of nested sequences")
        )
        return
    closes_sequence = element == SEQUENCE_END
    while state.levels:
        if state.levels.pop().is_sequence == closes_sequence:
            return


def _enter_element(state: Walk, tag: tuple[int, int], raw: bytes, encoding: Encoding) -> None:
    state.n_elements += 1
    _limit(state.path, state.n_elements, MAX_ELEMENTS, Words("elements"))
    vr, header, length = _lengths(raw, encoding)
    if vr and vr not in VRS:
        state.is_clean = False
    if not state.levels:
        state.is_ordered &= tag > state.last_tag
        state.last_tag = tag
    if tag in PIXEL_TAGS and not state.levels:
        state.is_done = True
        state.pixel_bytes = -1 if length == UNDEFINED else length
        return
    state.position += header
    if vr in FRAGMENT_VRS and length == UNDEFINED:
        _skip_fragments(state, encoding)
    elif length == UNDEFINED or vr == b"SQ" or (not vr and _is_sequence(tag)):
        # Unknown VR of undefined length is implicit little endian inside (PS3.5 6.2.2 note 2).
        inner = Encoding(False, "<") if vr == b"UN" else encoding
        state.levels.append(_Level(math.inf if length == UNDEFINED else state.position + length, True, inner))
    else:
        state.position += length
    if state.position > state.size:
        state.is_clean = False


def _lengths(raw: bytes, encoding: Encoding) -> tuple[bytes, int, int]:
    # (VR or b"", bytes of the element's head, length of its value)
    if not encoding.is_explicit or not raw[4:6].isalpha():
        return b"" if not encoding.is_explicit else b"??", 8, int(struct.unpack_from(f"{encoding.order}I", raw, 4)[0])
    vr = raw[4:6]
    if vr not in LONG_VRS:
        return vr, 8, int(struct.unpack_from(f"{encoding.order}H", raw, 6)[0])
    if len(raw) < 12:
        return vr, 12, 0
    return vr, 12, int(struct.unpack_from(f"{encoding.order}I", raw, 8)[0])


def _skip_fragments(state: Walk, encoding: Encoding) -> None:
    while state.position + 8 <= state.size:
        state.stream.seek(state.position)
        group, element, length = struct.unpack(f"{encoding.order}HHI", state.stream.read(8))
        state.position += 8
        if (group, element) != (0xFFFE, ITEM):
            return
        state.n_items += 1
        _limit(state.path, state.n_items, MAX_ITEMS, Words("items"))
        state.position += length


def _is_sequence(tag: tuple[int, int]) -> bool:
    from pydicom.datadict import DicomDictionary

    entry = DicomDictionary.get((tag[0] << 16) | tag[1])
    return entry is not None and entry[0] == "SQ"


def _limit(path: Path, found: int, limit: int, what: Words) -> None:
    if found > limit:
        raise UnreadableFile(
            Words("{name!r} holds more than {limit:,} {what}", name=path.name, limit=limit, what=what),
            Words("It is damaged or made to exhaust memory; do not use it."),
            path,
        )
