"""Read one frame of a multi-frame object from its place in the file, without the frames around it."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from numpy.typing import NDArray

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words
from medmm.imaging.dicom import read_facts
from medmm.imaging.facts import InstanceFacts
from medmm.imaging.pixels import CODEC_TROUBLE, decode_pixels
from medmm.imaging.prescan import DEFLATED, EXPLICIT_BE, IMPLICIT_LE, NATIVE
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.sniff import open_regular

PIXEL_DATA = (0x7FE0, 0x0010)


@dataclass(frozen=True)
class FrameRequest:
    """A frame, from 0, of an object; most_bytes: what it may take decoded and in the file."""

    path: Path
    frame: int
    most_bytes: int


def read_one_frame(request: FrameRequest) -> tuple[InstanceFacts, NDArray[Any]] | None:
    """Read a frame: the facts of the whole object, and [1, rows, cols] as stored or [1, rows, cols, 3] uint8 RGB.

    Gives None where a frame has no place of its own (deflated files, single bits) or is too large.
    Raises as `read_instance`.
    """
    facts = read_facts(request.path)
    layout, syntax = facts.layout, facts.header.transfer_syntax_uid
    single = replace(layout, n_frames=1)
    if syntax == DEFLATED or layout.bits_allocated % 8 or single.n_bytes > request.most_bytes:
        return None
    with quiet(), open_regular(request.path) as stream:
        try:
            data_set = _header(stream)
            data_set.PixelData = _frame_value(stream, facts, data_set, request)
        except CODEC_TROUBLE as error:
            raise UnreadableFile(
                Words(
                    "{name!r} is a damaged DICOM file: {value}",
                    name=request.path.name,
                    value=error or type(error).__name__,
                ),
                Words("Copy it again from its source."),
                request.path,
            ) from error
        data_set.NumberOfFrames = 1
        return facts, decode_pixels(data_set, replace(facts, layout=single), syntax)


def _header(stream: BinaryIO) -> Any:
    import pydicom

    # The stream is left at the tag of the pixel data.
    return pydicom.dcmread(stream, force=True, stop_before_pixels=True)


def _frame_value(stream: BinaryIO, facts: InstanceFacts, data_set: Any, request: FrameRequest) -> bytes:
    _pass_head(stream, facts.header.transfer_syntax_uid)
    if facts.header.transfer_syntax_uid in NATIVE:
        return _native(stream, facts, request)
    return _encapsulated(stream, facts, data_set, request)


def _pass_head(stream: BinaryIO, syntax: str) -> None:
    # Tag, VR, two reserved bytes and a length of four; implicit VR has only tag and length (PS3.5 7.1).
    order = ">" if syntax == EXPLICIT_BE else "<"
    head = stream.read(8 if syntax == IMPLICIT_LE else 12)
    if len(head) < 8 or struct.unpack_from(f"{order}HH", head) != PIXEL_DATA:
        raise ValueError("no pixel data")


def _native(stream: BinaryIO, facts: InstanceFacts, request: FrameRequest) -> bytes:
    n_bytes = replace(facts.layout, n_frames=1).n_bytes
    if facts.layout.photometric_interpretation == "YBR_FULL_422":
        n_bytes = n_bytes * 2 // 3
    stream.seek(request.frame * n_bytes, 1)
    return stream.read(n_bytes)


def _encapsulated(stream: BinaryIO, facts: InstanceFacts, data_set: Any, request: FrameRequest) -> bytes:
    from pydicom.encaps import encapsulate, get_frame

    tables = ("ExtendedOffsetTable", "ExtendedOffsetTableLengths")
    extended = tuple(data_set[name].value for name in tables) if all(name in data_set for name in tables) else None
    # Found by an offset table where there is one, else by the heads of the fragments before it (PS3.5 A.4).
    raw = get_frame(stream, request.frame, extended_offsets=extended, number_of_frames=facts.layout.n_frames)
    for name in tables:
        if name in data_set:
            del data_set[name]
    framed: bytes = encapsulate([raw])
    return framed
