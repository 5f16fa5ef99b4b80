"""Read uncompressed pixels from their place in the file into an array, without a copy between."""

from __future__ import annotations

import struct
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.imaging.facts import InstanceFacts, PixelPlace
from medmm.imaging.limits import MAX_PIXEL_BYTES
from medmm.imaging.prescan import EXPLICIT_LE, IMPLICIT_LE
from medmm.imaging.sniff import open_regular

GREY = ("MONOCHROME1", "MONOCHROME2")
HEAD_BYTES = 12
LITTLE_ENDIAN = (EXPLICIT_LE, IMPLICIT_LE)
IMPLICIT_HEAD = struct.pack("<HH", 0x7FE0, 0x0010)
HEADS = tuple(struct.pack("<HH2sH", 0x7FE0, 0x0010, vr, 0) for vr in (b"OW", b"OB"))


def native_kind(facts: InstanceFacts) -> np.dtype[Any] | None:
    """Give the kind of array that the pixels of an object fill as they are, None where they must be decoded."""
    layout, place = facts.layout, facts.pixel_place
    if place is None or facts.header.transfer_syntax_uid not in LITTLE_ENDIAN or sys.byteorder != "little":
        return None
    is_plain = layout.samples == 1 and layout.photometric_interpretation in GREY
    is_whole = layout.n_bytes <= place.n_bytes <= layout.n_bytes + layout.n_bytes % 2
    fits = layout.bits_allocated in (8, 16) and 1 <= layout.bits_stored <= layout.bits_allocated
    if not (is_plain and is_whole and fits) or layout.n_bytes > MAX_PIXEL_BYTES:
        return None
    return np.dtype(f"{'i' if layout.is_signed else 'u'}{layout.bits_allocated // 8}")


def read_native(facts: InstanceFacts, out: NDArray[Any]) -> bool:
    """Fill `out`, contiguous and of the kind and size that the object needs; False where the file is not as it was."""
    place = facts.pixel_place
    assert place is not None, "native_kind was asked first"
    with open_regular(facts.path) as stream:
        try:
            stream.seek(place.start - HEAD_BYTES)
            if not _is_head(stream.read(HEAD_BYTES), facts.header.transfer_syntax_uid, place):
                return False
            n_read = stream.readinto(out.data)
        except OSError:
            return False
    if n_read != out.nbytes:
        return False
    _drop_unused_bits(out, facts.layout.bits_allocated - facts.layout.bits_stored)
    return True


def _is_head(raw: bytes, transfer_syntax: str, place: PixelPlace) -> bool:
    # The file may have been written anew since its header was read.
    length = struct.pack("<I", place.n_bytes)
    if transfer_syntax == IMPLICIT_LE:
        return raw[4:] == IMPLICIT_HEAD + length
    return raw[:8] in HEADS and raw[8:] == length


def _drop_unused_bits(pixels: NDArray[Any], n_bits: int) -> None:
    # Bits above Bits Stored say nothing about the value (PS3.5 8.1.1); the sign is in the highest one stored.
    if n_bits:
        np.left_shift(pixels, n_bits, out=pixels)
        np.right_shift(pixels, n_bits, out=pixels)
