"""Name a file format by its first bytes, so that a refusal can say what the file really is."""

from __future__ import annotations

from medmm.core.words import NOTHING, Words

BINARY_SIGNATURES: tuple[tuple[bytes, Words], ...] = (
    (b"%PDF", Words("a PDF")),
    (b"PK\x03\x04", Words("a zip archive or an Office document")),
    (b"PK\x05\x06", Words("an empty zip archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Words("an old Office document")),
    (b"\xff\xd8\xff", Words("a JPEG image")),
    (b"\x89PNG\r\n\x1a\n", Words("a PNG image")),
    (b"GIF8", Words("a GIF image")),
    (b"\x1f\x8b", Words("a gzip archive")),
    (b"\x7fELF", Words("a program")),
    (b"PAR1", Words("a Parquet table")),
    (b"SQLite format 3\x00", Words("an SQLite database")),
    (b"RIFF", Words("a RIFF (sound or video) file")),
)
TEXT_SIGNATURES: tuple[tuple[str, Words], ...] = (
    ("{\\rtf", Words("an RTF document")),
    ("<?xml", Words("an XML document")),
    ("<!doctype", Words("an HTML or XML document")),
    ("<html", Words("an HTML document")),
    ("<clinicaldocument", Words("a CDA document")),
    ("msh|", Words("an HL7 v2 message")),
    ('{"', Words("a JSON document")),
    ("[{", Words("a JSON document")),
)
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def name_binary(head: bytes) -> Words:
    """Say what the bytes are when they are a known binary format, else an empty string."""
    if head[128:132] == b"DICM":
        return Words("a DICOM file")
    if head[:2] == b"MZ" and not head[:64].isascii():
        return Words("a program")
    return next((name for magic, name in BINARY_SIGNATURES if head.startswith(magic)), NOTHING)


def name_structured(text: str) -> Words:
    """Say what a text is when it is markup or a message rather than prose, else an empty string."""
    start = text[:400].lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(("{", "[")) and start[1:].lstrip()[:1] in ('"', "{", "[", "}"):
        return Words("a JSON document")
    return next((name for magic, name in TEXT_SIGNATURES if start.startswith(magic)), NOTHING)
