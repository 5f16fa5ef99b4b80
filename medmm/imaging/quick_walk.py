"""Find every element of a sound explicit little-endian header in one pass over its first bytes; doubt ends the pass.

Only what this walk and pydicom must read alike is accepted: known VRs, ascending tags, values that end where their
sequence and file end. Anything else is left to `prescan` and pydicom, which are slower and know the odd cases.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from medmm.imaging.element_walk import ITEM, ITEM_END, LONG_VRS, SEQUENCE_END, UNDEFINED
from medmm.imaging.sniff import VRS

FLOAT_PIXELS, PIXEL_DATA = 0x7FE00008, 0x7FE00010
META_START, META_GROUP, DELIMITERS = 132, 0x0002, 0xFFFE
MAX_DEPTH = 16
# Elements and items take 8 bytes or more: so many bytes hold fewer of them than the pre-scan would refuse.
MAX_HEAD_BYTES = 1 << 19

_head = struct.Struct("<HH2sH").unpack_from
_length = struct.Struct("<I").unpack_from
_item = struct.Struct("<HHI").unpack_from


class Doubt(Exception):
    """The header is not of the kind that may be read quickly."""


class Element(NamedTuple):
    """One outermost element: its value lies at start to end; end is -1 where the length is not stated."""

    tag: int
    vr: bytes
    start: int
    end: int


def quick_walk(head: bytes, size: int) -> list[Element]:
    """List the elements from the file meta information to the pixel data, which comes last where there is any.

    head: the first bytes, at most MAX_HEAD_BYTES, of a file of `size` bytes.
    Raises Doubt, and struct.error where the header goes on beyond `head`.
    """
    found: list[Element] = []
    position, last_tag = META_START, 0x0001FFFF
    while position < size:
        element = read_element(head, position)
        # Ascending: pydicom takes the last of two, and tells nobody (PS3.5 7.1).
        if element.tag <= last_tag:
            raise Doubt
        last_tag = element.tag
        found.append(element)
        if element.tag >= FLOAT_PIXELS:
            require_pixels(element)
            return found
        if element.end < position:  # not stated
            raise Doubt
        position = element.end
        if len(head) < position <= size:
            raise struct.error("the header goes on beyond the bytes read")
    if position > size:
        raise Doubt
    return found


def read_element(head: bytes, position: int) -> Element:
    """Read one outermost element at a position.

    Raises Doubt, and struct.error beyond `head`.
    """
    group, number, vr, length = _head(head, position)
    start = position + 8
    if vr in LONG_VRS:
        (length,) = _length(head, start)
        start += 4
    elif vr not in VRS:
        raise Doubt
    end = start + length if length != UNDEFINED else -1
    return Element(group << 16 | number, vr, start, end if vr != b"SQ" else _sequence_end(head, start, length, 1))


def require_pixels(element: Element) -> Element:
    """Give the element back if it is ordinary pixel data.

    Raises Doubt for anything else.
    """
    if element.tag != PIXEL_DATA or element.vr not in (b"OB", b"OW"):
        raise Doubt
    return element


def _sequence_end(head: bytes, position: int, length: int, depth: int) -> int:
    # Every item is walked, for a header is sound only if its sequences are (PS3.5 7.5).
    if depth > MAX_DEPTH:
        raise Doubt
    end = position + length if length != UNDEFINED else -1
    while position != end:
        group, number, item_length = _item(head, position)
        position += 8
        if group != DELIMITERS:
            raise Doubt
        if number == SEQUENCE_END and end < 0 and item_length == 0:
            return position
        if number != ITEM:
            raise Doubt
        position = _item_end(head, position, item_length, depth)
        if 0 <= end < position:
            raise Doubt
    return position


def _item_end(head: bytes, position: int, length: int, depth: int) -> int:
    end = position + length if length != UNDEFINED else -1
    while position != end:
        group, number, vr, length = _head(head, position)
        if group == DELIMITERS:
            if number == ITEM_END and end < 0 and vr == b"\0\0" and length == 0:
                return position + 8
            raise Doubt
        if vr not in VRS:
            raise Doubt
        position += 8
        if vr in LONG_VRS:
            (length,) = _length(head, position)
            position += 4
            if length == UNDEFINED and vr != b"SQ":
                raise Doubt
        position = position + length if vr != b"SQ" else _sequence_end(head, position, length, depth + 1)
        if 0 <= end < position:
            raise Doubt
    return position
