"""Decode the compressed pixels of one plain grey object whose header is known, without reading the header again."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medmm.imaging.dicom import read_instance
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.limits import MAX_PIXEL_BYTES
from medmm.imaging.native_pixels import GREY
from medmm.imaging.pixels import CODEC_TROUBLE, PLUGINS
from medmm.imaging.prescan import NATIVE
from medmm.imaging.sniff import open_regular

UNDEFINED = 0xFFFFFFFF
ITEM, END = struct.pack("<HH", 0xFFFE, 0xE000), struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
HEADS = tuple(struct.pack("<HH2sHI", 0x7FE0, 0x0010, vr, 0, UNDEFINED) for vr in (b"OB", b"OW"))


def read_stored(facts: InstanceFacts) -> NDArray[Any]:
    """Read the pixels of an object; gives and raises what `read_instance` gives and raises for them."""
    raw = _fragments(facts) if _is_plain(facts) else None
    pixels = _decode(facts, raw) if raw is not None else None
    # The whole object has the better words where this fails, and perhaps more luck.
    return pixels if pixels is not None else read_instance(facts.path)[1]


def _is_plain(facts: InstanceFacts) -> bool:
    layout, syntax = facts.layout, facts.header.transfer_syntax_uid
    is_grey = layout.samples == 1 and layout.photometric_interpretation in GREY
    fits = layout.bits_allocated in (8, 16) and layout.n_bytes <= MAX_PIXEL_BYTES
    return facts.pixel_place is not None and syntax not in NATIVE and is_grey and layout.n_frames == 1 and fits


def _fragments(facts: InstanceFacts) -> bytes | None:
    # The value of the pixel data with its end mark, where the file ends with it.
    assert facts.pixel_place is not None, "only plain objects"
    try:
        with open_regular(facts.path) as stream:
            stream.seek(facts.pixel_place.start - len(HEADS[0]))
            head, raw = stream.read(len(HEADS[0])), stream.read()
    except OSError:
        return None
    return raw if head in HEADS and _ends_with_mark(raw) else None


def _ends_with_mark(raw: bytes) -> bool:
    # Items one after the other, then the mark and nothing more (PS3.5 A.4).
    at = 0
    while raw.startswith(ITEM, at) and at + 8 <= len(raw):
        at += 8 + int(struct.unpack_from("<I", raw, at + 4)[0])
    return at == len(raw) - len(END) and raw.endswith(END)


def _decode(facts: InstanceFacts, raw: bytes) -> NDArray[Any] | None:
    layout = facts.layout
    decoder, plugin = _decoder(facts.header.transfer_syntax_uid)
    if decoder is None:
        return None
    try:
        found, _ = decoder.as_array(
            raw,
            decoding_plugin=plugin,
            rows=layout.rows,
            columns=layout.cols,
            bits_allocated=layout.bits_allocated,
            bits_stored=layout.bits_stored,
            number_of_frames=1,
            samples_per_pixel=1,
            photometric_interpretation=layout.photometric_interpretation,
            pixel_keyword="PixelData",
            pixel_representation=int(layout.is_signed),
        )
    except CODEC_TROUBLE:
        return None
    pixels: NDArray[Any] = np.asarray(found)
    if pixels.shape != (layout.rows, layout.cols) or pixels.dtype.itemsize > 2:
        return None
    return pixels.astype(pixels.dtype.newbyteorder("="), copy=False)[None]


@lru_cache(maxsize=16)
def _decoder(transfer_syntax: str) -> tuple[Any, str]:
    # With the plugin that `decode_pixels` would try first.
    from pydicom.pixels import get_decoder
    from pydicom.uid import UID

    try:
        decoder = get_decoder(UID(transfer_syntax))
    except (NotImplementedError, ValueError):
        return None, ""
    return decoder, next((name for name in PLUGINS if name in decoder.available_plugins), "")
