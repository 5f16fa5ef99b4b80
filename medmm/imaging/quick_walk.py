"""Find every element of a sound little-endian header in one pass over its first bytes; doubt ends the pass.

Only what this walk and pydicom must read alike is accepted: known VRs, or none at all (implicit VR), ascending tags,
values that end where their sequence and file end. Anything else is left to `prescan` and pydicom, which are slower and
know the odd cases.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from medmm.imaging.element_walk import ITEM, ITEM_END, LONG_VRS, SEQUENCE_END, UNDEFINED
from medmm.imaging.sniff import VRS

FLOAT_PIXELS, PIXEL_DATA = 0x7FE00008, 0x7FE00010
META_START, DELIMITERS = 132, 0xFFFE
META_GROUP, ITEM_HEAD = b"\x02\x00", b"\xfe\xff\x00\xe0"
TRANSFER_SYNTAX, IMPLICIT = 0x00020010, b"1.2.840.10008.1.2"
LEAST_CAPITALS = 0x4141
MAX_DEPTH = 16
# Elements and items take 8 bytes or more: so many bytes hold fewer of them than the pre-scan would refuse.
MAX_HEAD_BYTES = 1 << 19

_head = struct.Struct("<HH2sH").unpack_from
_length = struct.Struct("<I").unpack_from
_item = struct.Struct("<HHI").unpack_from


class Doubt(Exception):
    """The header is not of the kind that may be read quickly."""


class Element(NamedTuple):
    """One outermost element: its value lies at start to end; end is -1 where the length is not stated.

    vr is empty where the file states none (implicit VR).
    """

    tag: int
    vr: bytes
    start: int
    end: int


Reader = Callable[[bytes, int, int], Element]


def quick_walk(head: bytes, size: int) -> list[Element]:
    """List the elements from the file meta information to the pixel data, which comes last where there is any.

    head: the first bytes, at most MAX_HEAD_BYTES, of a file of `size` bytes.
    Raises Doubt, and struct.error where the header goes on beyond `head`.
    """
    found: list[Element] = []
    position, last_tag = META_START, 0x0001FFFF
    is_implicit = False
    while position < size:
        is_meta = head.startswith(META_GROUP, position)
        element = (read_implicit if is_implicit and not is_meta else read_explicit)(head, position, 1)
        # Ascending: pydicom takes the last of two, and tells nobody (PS3.5 7.1).
        if element.tag <= last_tag:
            raise Doubt
        last_tag = element.tag
        if last_tag == TRANSFER_SYNTAX:
            is_implicit = head[element.start : element.end].rstrip(b"\0 ") == IMPLICIT
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


def read_explicit(head: bytes, position: int, depth: int) -> Element:
    """Read the element at a position, which states its VR.

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
    if vr == b"SQ":
        end = _sequence_end(head, start, end, depth, read_explicit)
    return Element(group << 16 | number, vr, start, end)


def read_implicit(head: bytes, position: int, depth: int) -> Element:
    """Read the element at a position, whose VR is known from its tag alone.

    Raises Doubt, and struct.error beyond `head`.
    """
    group, number, length = _item(head, position)
    # A length that spells two capitals would be taken for a VR.
    if length >= LEAST_CAPITALS and head[position + 4 : position + 6].isupper():
        raise Doubt
    tag, start = group << 16 | number, position + 8
    end = start + length if length != UNDEFINED else -1
    has_items = end < 0 and group % 2 == 1 and head.startswith(ITEM_HEAD, start)
    if has_items or tag in sequence_tags():
        end = _sequence_end(head, start, end, depth, read_implicit)
    return Element(tag, b"", start, end)


def require_pixels(element: Element) -> Element:
    """Give the element back if it is ordinary pixel data.

    Raises Doubt for anything else.
    """
    is_known = element.vr in (b"OB", b"OW") or (element.vr == b"" and element.end >= 0)
    if element.tag != PIXEL_DATA or not is_known:
        raise Doubt
    return element


@lru_cache(maxsize=1)
def sequence_tags() -> frozenset[int]:
    """Give the tags of all sequences of the standard."""
    from pydicom.datadict import DicomDictionary

    return frozenset(tag for tag, entry in DicomDictionary.items() if entry[0] == "SQ")


def _sequence_end(head: bytes, position: int, end: int, depth: int, read: Reader) -> int:
    # Every item is walked, for a header is sound only if its sequences are (PS3.5 7.5).
    if depth > MAX_DEPTH:
        raise Doubt
    while position != end:
        group, number, length = _item(head, position)
        position += 8
        if group != DELIMITERS:
            raise Doubt
        if number == SEQUENCE_END and end < 0 and length == 0:
            return position
        if number != ITEM:
            raise Doubt
        position = _item_end(head, position, position + length if length != UNDEFINED else -1, (depth, read))
        if 0 <= end < position:
            raise Doubt
    return position


def _item_end(head: bytes, position: int, end: int, inside: tuple[int, Reader]) -> int:
    depth, read = inside
    while position != end:
        group, number, length = _item(head, position)
        if group == DELIMITERS:
            if number == ITEM_END and end < 0 and length == 0:
                return position + 8
            raise Doubt
        element = read(head, position, depth + 1)
        if element.end < position or 0 <= end < element.end:
            raise Doubt
        position = element.end
    return position
