"""Unpack a zip or tar of a patient folder: nothing outside the target, nothing twice, no more than was declared."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from medmm.core.errors import InputError, UnreadableFile
from medmm.core.words import Words

MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_MEMBERS = 100_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
IS_ENCRYPTED = 0x1
BY_HAND = Words("Unpack it by hand and name the folder.")


def unpack(path: Path, target: Path) -> None:
    """Write the files of an archive below an empty folder.

    Raises UnreadableFile for a damaged archive, InputError for one that is unsafe, protected or too large.
    """
    try:
        if path.name.lower().endswith(".zip"):
            _unpack_zip(path, target)
        else:
            _unpack_tar(path, target)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError) as error:
        raise UnreadableFile(
            Words("{name} is damaged: its end or its sums do not fit", name=path.name), BY_HAND, path
        ) from error
    except OSError as error:
        raise UnreadableFile(
            Words("{name} cannot be unpacked: {value}", name=path.name, value=error.strerror or Words("it is damaged")),
            BY_HAND,
            path,
        ) from error


def _unpack_zip(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        _check_sizes(path, [info.file_size for info in members])
        for info in members:
            _check_readable(path, info)
            with archive.open(info) as source:
                _copy(source, _safe_place(path, target, info.filename), info.file_size, path)


def _unpack_tar(path: Path, target: Path) -> None:
    with tarfile.open(path) as archive:
        members = [member for member in archive if member.isfile()]
        _check_sizes(path, [member.size for member in members])
        for member in members:
            source = archive.extractfile(member)
            if source is not None:
                _copy(source, _safe_place(path, target, member.name), member.size, path)


def _check_sizes(path: Path, sizes: list[int]) -> None:
    if len(sizes) > MAX_MEMBERS or sum(sizes) > MAX_UNPACKED_BYTES:
        raise InputError(
            Words(
                "{name} unpacks to {n_files:,} files and {n_bytes:,} bytes",
                name=path.name,
                n_files=len(sizes),
                n_bytes=sum(sizes),
            ),
            Words(
                "At most {max_members:,} files and {max_unpacked_bytes:,} bytes are unpacked. {by_hand}",
                max_members=MAX_MEMBERS,
                max_unpacked_bytes=MAX_UNPACKED_BYTES,
                by_hand=BY_HAND,
            ),
            path,
        )


def _check_readable(path: Path, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & IS_ENCRYPTED:
        raise InputError(Words("{name} is protected by a password", name=path.name), BY_HAND, path)
    if info.compress_type not in METHODS:
        raise InputError(
            Words(
                "{name} is packed by method {compress_type}, which is not known",
                name=path.name,
                compress_type=info.compress_type,
            ),
            BY_HAND,
            path,
        )


def _safe_place(path: Path, target: Path, name: str) -> Path:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    # On Windows a drive's letter in any place would start anew from that drive.
    has_drive = any(part[1:2] == ":" for part in parts)
    if not parts or ".." in parts or parts[0] == "/" or has_drive:
        raise InputError(
            Words("{name} holds a member outside its folder", name=path.name), Words("The archive is not opened."), path
        )
    place = target.joinpath(*parts)
    if place.exists():
        # The later one would hide the earlier one: which of the two is the patient's?
        raise InputError(
            Words(
                "{name} holds two members named {name_within!r} in one folder", name=path.name, name_within=parts[-1]
            ),
            BY_HAND,
            path,
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _copy(source: IO[bytes], place: Path, size: int, path: Path) -> None:
    # A declared size may lie: never write more than was declared.
    with place.open("wb") as stream:
        left = size + 1
        while left > 0 and (chunk := source.read(min(left, 1 << 20))):
            stream.write(chunk)
            left -= len(chunk)
    if left <= 0:
        raise InputError(
            Words("{name} holds more than it declares", name=path.name), Words("The archive is not opened."), path
        )
