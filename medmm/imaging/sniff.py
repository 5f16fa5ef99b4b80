"""What kind of file this is, by its first bytes; suffixes are only hints."""

from __future__ import annotations

import os
import stat
import struct
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words

HEAD_BYTES = 4096
# Nearly every header lies in so many bytes; more would cost more than it saves.
FIRST_BYTES = 1 << 14
VRS = frozenset(
    b"AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV".split()
)


class FileKind(StrEnum):
    """What the first bytes say."""

    DICOM = "dicom"
    PNG = "png"
    JPEG = "jpeg"
    OTHER = "other"


@dataclass(frozen=True)
class FileHead:
    """The first bytes of a file of `size` bytes."""

    path: Path
    size: int
    first: bytes

    @property
    def kind(self) -> FileKind:
        """Tell what the bytes say."""
        return kind_of_bytes(self.first[:HEAD_BYTES])


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading without ever waiting for a FIFO or a device.

    Raises UnreadableFile when the path is missing, protected or no regular file.
    """
    return os.fdopen(_open(path)[0], "rb")


def read_head(path: Path, n_bytes: int = FIRST_BYTES) -> FileHead:
    """Read the first bytes of a regular file; raises as `open_regular`."""
    handle, size = _open(path)
    try:
        return FileHead(path, size, os.read(handle, n_bytes))
    except OSError as error:
        raise _unopened(path, Words("{reason}", reason=error.strerror or error)) from error
    finally:
        os.close(handle)


def _open(path: Path) -> tuple[int, int]:
    # (handle, size)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise _unopened(path, Words("{reason}", reason=error.strerror or error)) from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise _unopened(path, Words("it is no regular file"))
    return handle, status.st_size


def file_kind(path: Path) -> FileKind:
    """Tell the kind of a regular file by its content."""
    return kind_of_bytes(read_head(path, HEAD_BYTES).first)


def kind_of_bytes(head: bytes) -> FileKind:
    """Tell the kind by the first bytes."""
    if head[128:132] == b"DICM":
        return FileKind.DICOM
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    return FileKind.DICOM if starts_data_set(head) else FileKind.OTHER


def starts_data_set(head: bytes) -> bool:
    """Tell whether bytes without preamble start a DICOM data set: two plausible elements of group 2 or 8."""
    first = _element(head, 0)
    if first is None or first[0] not in (0x0002, 0x0008):
        return False
    second = _element(head, first[2])
    return second is not None and second[0] in (0x0002, 0x0008) and second[:2] > first[:2]


def _element(head: bytes, start: int) -> tuple[int, int, int] | None:
    # (group, element, start of the next); explicit or implicit, either byte order (PS3.5 7.1).
    if start + 12 > len(head):
        return None
    order = ">" if head[start : start + 2] == b"\x00\x08" else "<"
    group, element = struct.unpack_from(f"{order}HH", head, start)
    vr = head[start + 4 : start + 6]
    if vr in (b"OB", b"OW", b"SQ", b"UN", b"UT"):
        return group, element, start + 12 + int(struct.unpack_from(f"{order}I", head, start + 8)[0])
    if vr in VRS:
        return group, element, start + 8 + int(struct.unpack_from(f"{order}H", head, start + 6)[0])
    length = int(struct.unpack_from(f"{order}I", head, start + 4)[0])
    return (group, element, start + 8 + length) if length < HEAD_BYTES else None


def _unopened(path: Path, reason: Words) -> UnreadableFile:
    return UnreadableFile(
        Words("{name!r} cannot be opened: {reason}", name=path.name, reason=reason),
        Words("Check the file and its permissions."),
        path,
    )
