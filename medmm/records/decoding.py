"""From a file's bytes to its characters, strictly: nothing is guessed and nothing is replaced."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from medmm.core.errors import InvalidRecord, MedMMError, UnreadableFile
from medmm.core.lookup import find_entry
from medmm.core.words import NOTHING, Words
from medmm.records.formats import UTF16_BOMS, name_binary

UTF8_BOM = b"\xef\xbb\xbf"

# Spelling that may be declared -> Python codec. A list, because Python also knows codecs that are no text encodings.
ENCODINGS: dict[str, str] = {
    name: codec
    for codec, names in {
        "utf-8": ("utf-8", "utf8"),
        "utf-16-le": ("utf-16-le", "utf-16le"),
        "utf-16-be": ("utf-16-be", "utf-16be"),
        "gb18030": ("gb18030",),
        "gbk": ("gbk", "gb2312", "cp936"),
        "big5": ("big5", "cp950"),
        "shift_jis": ("shift_jis", "shift-jis", "cp932"),
        "euc_jp": ("euc-jp", "euc_jp"),
        "euc_kr": ("euc-kr", "euc_kr"),
        "latin-1": ("latin-1", "latin1", "iso-8859-1"),
        "iso8859-2": ("iso-8859-2",),
        "iso8859-5": ("iso-8859-5",),
        "iso8859-15": ("iso-8859-15",),
        "koi8-r": ("koi8-r",),
        "cp1250": ("cp1250", "windows-1250"),
        "cp1251": ("cp1251", "windows-1251"),
        "cp1252": ("cp1252", "windows-1252"),
    }.items()
    for name in names
}


@dataclass(frozen=True)
class DecodedText:
    """The characters of a file without a byte order mark; sha256 is of the bytes as they lie on disk."""

    text: str
    encoding: str
    sha256: str


def read_text(path: Path, *, encoding: str, max_bytes: int) -> DecodedText:
    """Read a text file strictly as BOM-marked UTF-8/16, else UTF-8, else the declared encoding.

    Raises UnreadableFile (missing, too large, binary, NUL bytes) and InvalidRecord (no encoding fits).
    """
    raw = _read_bytes(path, max_bytes)
    if kind := name_binary(raw[:512]):
        raise UnreadableFile(
            Words("{name} is {kind}, not a text", name=path.name, kind=kind),
            Words("Save its text as .txt in UTF-8."),
            path,
        )
    text, used = _decode(raw, path, encoding)
    if "\x00" in text:
        raise UnreadableFile(
            Words(
                "{name} holds NUL bytes ({count:,} found): damaged, binary or UTF-16 without a mark",
                name=path.name,
                count=text.count(chr(0)),
            ),
            Words("Save it again as UTF-8."),
            path,
        )
    return DecodedText(text, used, hashlib.sha256(raw).hexdigest())


def codec_for(encoding: str, source: Path | None = None) -> str:
    """Give Python's codec for a declared encoding. Raises InvalidRecord for one that is not known."""
    try:
        return find_entry(ENCODINGS, encoding.strip().casefold(), what="text encoding")
    except ValueError as error:
        raise InvalidRecord(
            Words("{error}", error=error), Words("Correct the encoding in medmm.toml or in the settings."), source
        ) from error


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(
                Words("{name} is not a regular file", name=path.name), Words("Copy the file itself here."), path
            )
        if status.st_size > max_bytes:
            raise _too_large(path, status.st_size, max_bytes)
        with path.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableFile(
            Words("{name} cannot be read: {reason}", name=path.name, reason=error.strerror),
            Words("Check its rights."),
            path,
        ) from error
    if len(raw) > max_bytes:
        raise _too_large(path, len(raw), max_bytes)
    return raw


def _too_large(path: Path, size: int, max_bytes: int) -> MedMMError:
    return UnreadableFile(
        Words(
            "{name} has {size:,} bytes; at most {max_bytes:,} are read", name=path.name, size=size, max_bytes=max_bytes
        ),
        Words("Keep the part that matters."),
        path,
    )


def _decode(raw: bytes, path: Path, encoding: str) -> tuple[str, str]:
    candidates = _candidates(raw, codec_for(encoding, path) if encoding else "")
    failure = NOTHING
    for codec, skip in candidates:
        try:
            return raw[skip:].decode(codec, errors="strict"), codec
        except UnicodeDecodeError as error:
            failure = Words("{codec} fails at byte {byte:,}", codec=codec.upper(), byte=error.start + skip)
    raise InvalidRecord(
        Words("{name} is not text in a known encoding: {failure}", name=path.name, failure=failure),
        Words(
            "Save it as UTF-8; a note's encoding (gb18030, cp1252, ...) can be declared as note_encoding in medmm.toml."
        ),
        path,
    )


def _candidates(raw: bytes, declared: str) -> list[tuple[str, int]]:
    if raw.startswith(UTF8_BOM):
        return [("utf-8", len(UTF8_BOM))]
    if raw.startswith(UTF16_BOMS):
        return [("utf-16-le" if raw.startswith(b"\xff\xfe") else "utf-16-be", 2)]
    if declared.startswith("utf-16"):
        return [(declared, 0)]  # plain UTF-16 text of ASCII letters would also pass as UTF-8 full of NUL bytes
    return [("utf-8", 0), *([(declared, 0)] if declared and declared != "utf-8" else [])]
