"""Name a file format by its first bytes, so that a refusal can say what the file really is."""

from __future__ import annotations

BINARY_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"RIFF", "a RIFF (sound or video) file"),
)
TEXT_SIGNATURES: tuple[tuple[str, str], ...] = (
    ("{\\rtf", "an RTF document"),
    ("<?xml", "an XML document"),
    ("<!doctype", "an HTML or XML document"),
    ("<html", "an HTML document"),
    ("<clinicaldocument", "a CDA document"),
    ("msh|", "an HL7 v2 message"),
    ('{"', "a JSON document"),
    ("[{", "a JSON document"),
)
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def name_binary(head: bytes) -> str:
    """Say what the bytes are when they are a known binary format, else an empty string."""
    if head[128:132] == b"DICM":
        return "a DICOM file"
    if head[:2] == b"MZ" and not head[:64].isascii():
        return "a program"
    return next((name for magic, name in BINARY_SIGNATURES if head.startswith(magic)), "")


def name_structured(text: str) -> str:
    """Say what a text is when it is markup or a message rather than prose, else an empty string."""
    start = text[:400].lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(("{", "[")) and start[1:].lstrip()[:1] in ('"', "{", "[", "}"):
        return "a JSON document"
    return next((name for magic, name in TEXT_SIGNATURES if start.startswith(magic)), "")
