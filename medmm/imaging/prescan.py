"""Walk a DICOM file's elements with limits before pydicom sees it: depth, counts, lengths, deflate bombs."""

from __future__ import annotations

import io
import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from medmm.core.errors import UnreadableFile
from medmm.core.words import NOTHING, Words
from medmm.imaging.element_walk import Encoding, walk
from medmm.imaging.facts import PixelPlace
from medmm.imaging.limits import (
    MAX_FILE_BYTES,
    MAX_INFLATE_RATIO,
    MAX_INFLATED_BYTES,
    MIN_RATIO_BYTES,
    megabytes,
)
from medmm.imaging.sniff import open_regular

IMPLICIT_LE = "1.2.840.10008.1.2"
EXPLICIT_LE = "1.2.840.10008.1.2.1"
DEFLATED = "1.2.840.10008.1.2.1.99"
EXPLICIT_BE = "1.2.840.10008.1.2.2"
NATIVE = frozenset({IMPLICIT_LE, EXPLICIT_LE, DEFLATED, EXPLICIT_BE})
# Files that other programs would run; the standard allows only TIFF in the preamble (CVE-2019-11687).
PROGRAM_STARTS = {
    b"MZ": Words("a Windows program"),
    b"\x7fELF": Words("a Linux program"),
    b"\xcf\xfa\xed\xfe": Words("a macOS program"),
    b"\xce\xfa\xed\xfe": Words("a macOS program"),
    b"\xca\xfe\xba\xbe": Words("a macOS or Java program"),
    b"#!": Words("a script"),
    b"PK": Words("a zip archive"),
    b"%PDF": Words("a PDF document"),
    b"<": Words("an HTML or XML page"),
}


@dataclass(frozen=True)
class PreScan:
    """What the walk found.

    transfer_syntax: as the file meta says, or guessed from the first element where the file meta is missing;
    is_ordered: no element of the outermost level comes twice or out of order (PS3.5 7.1);
    is_clean: every element had a known VR and ended inside the file; pydicom may read such a file in this process;
    preamble_kind: what else the file pretends to be, empty for nothing;
    pixel_place: where the pixel data lies, None where that is not known;
    pixel_bytes: its stated length, -1 where it is in fragments.
    """

    transfer_syntax: str
    is_stated: bool
    is_clean: bool
    is_ordered: bool = True
    preamble_kind: Words = NOTHING
    pixel_place: PixelPlace | None = None
    pixel_bytes: int = -1


def prescan(path: Path) -> PreScan:
    """Walk the file up to its pixel data.

    Raises UnreadableFile when it is empty, too large, nested too deep or a bomb.
    """
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size == 0:
            raise UnreadableFile(
                Words("{name!r} is empty (0 bytes)", name=path.name), Words("Copy it again from its source."), path
            )
        if size > MAX_FILE_BYTES:
            raise UnreadableFile(
                Words(
                    "{name!r} has {size}; at most {limit} are read",
                    name=path.name,
                    size=megabytes(size),
                    limit=megabytes(MAX_FILE_BYTES),
                ),
                Words("Split the object or export it with fewer frames."),
                path,
            )
        try:
            return _prescan(path, stream, size)
        except OSError as error:
            raise UnreadableFile(
                Words("{name!r} cannot be read: {reason}", name=path.name, reason=error.strerror),
                Words("Check the drive and try again."),
                path,
            ) from error


def _prescan(path: Path, stream: BinaryIO, size: int) -> PreScan:
    head = stream.read(132)
    has_preamble = head[128:] == b"DICM"
    start, stated = _read_meta(stream, 132 if has_preamble else 0, size)
    body: BinaryIO = stream
    if stated == DEFLATED:
        body = inflate(path, stream, start, size)
        start, size = 0, body.seek(0, os.SEEK_END)
    syntax = stated or _guess(body, start)
    encoding = Encoding(is_explicit=syntax != IMPLICIT_LE, order=">" if syntax == EXPLICIT_BE else "<")
    walked = walk(path, body, start, size, encoding)
    program = program_kind(head) if has_preamble else NOTHING
    return PreScan(syntax, bool(stated), walked.is_clean, walked.is_ordered, program, pixel_bytes=walked.pixel_bytes)


def program_kind(preamble: bytes) -> Words:
    """Say what else a file begins like, empty for nothing."""
    return next((words for first, words in PROGRAM_STARTS.items() if preamble.startswith(first)), NOTHING)


def _read_meta(stream: BinaryIO, start: int, size: int) -> tuple[int, str]:
    # File meta information is always explicit little endian (PS3.10 7.1).
    syntax = ""
    while start + 12 <= size:
        stream.seek(start)
        raw = stream.read(12)
        group, element = struct.unpack_from("<HH", raw)
        if group != 0x0002:
            break
        is_long = raw[4:6] in (b"OB", b"OW", b"UN", b"SQ", b"UT")
        length = struct.unpack_from("<I", raw, 8)[0] if is_long else struct.unpack_from("<H", raw, 6)[0]
        value = start + (12 if is_long else 8)
        if element == 0x0010 and length <= 64:
            stream.seek(value)
            syntax = stream.read(length).rstrip(b"\0 ").decode("ascii", "replace")
        start = value + length
    return start, syntax


def _guess(stream: BinaryIO, start: int) -> str:
    stream.seek(start)
    raw = stream.read(8)
    if raw[:2] in (b"\x00\x08", b"\x00\x02"):
        return EXPLICIT_BE
    return EXPLICIT_LE if raw[4:6].isalpha() and raw[4:6].isupper() else IMPLICIT_LE


def inflate(path: Path, stream: BinaryIO, start: int, size: int) -> io.BytesIO:
    """Inflate a deflated data set piece by piece (PS3.5 A.5).

    Raises UnreadableFile when it is damaged or grows beyond the cap.
    """
    stream.seek(start)
    unpacker, out = zlib.decompressobj(-zlib.MAX_WBITS), io.BytesIO()
    limit = min(MAX_INFLATED_BYTES, max(MIN_RATIO_BYTES, MAX_INFLATE_RATIO * (size - start)))
    try:
        while (piece := stream.read(1 << 16)) and not unpacker.eof:
            # At the end mark zlib keeps what it did not consume: asked again, it would give nothing for ever.
            while piece and not unpacker.eof:
                out.write(unpacker.decompress(piece, 1 << 20))
                piece = unpacker.unconsumed_tail
                if out.tell() > limit:
                    raise UnreadableFile(
                        Words(
                            "{name!r} inflates beyond {limit} from {size}",
                            name=path.name,
                            limit=megabytes(limit),
                            size=megabytes(size),
                        ),
                        Words("It is damaged or made to exhaust memory; do not use it."),
                        path,
                    )
    except zlib.error as error:
        raise UnreadableFile(
            Words("{name!r} cannot be inflated: {error}", name=path.name, error=error),
            Words("Copy it again from its source."),
            path,
        ) from error
    if not unpacker.eof:
        raise UnreadableFile(
            Words(
                "{name!r} is cut off: its deflated data ends after {size:,} bytes without an end mark",
                name=path.name,
                size=size,
            ),
            Words("Copy it again from its source."),
            path,
        )
    return out
