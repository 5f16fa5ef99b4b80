"""The value of one DICOM element as text for display: cut, with its full length told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

MAX_TEXT = 500
FIRST_BYTES = 16
BULK_VRS = frozenset({"OB", "OB or OW", "OD", "OF", "OL", "OV", "OW", "UN"})


def value_text(element: Any) -> str:
    """Write a converted element's value: numbers as stored, several values joined by a backslash, UIDs with names."""
    value = element.value
    if value is None:
        return ""
    if isinstance(value, bytes):
        return bytes_text(value, len(value))
    if element.VR in BULK_VRS and isinstance(value, Sequence) and not isinstance(value, str):
        return cut_text("\\".join(bytes_text(part, len(part)) for part in value))
    parts = value if element.VM > 1 else (value,)
    # Half as many values as characters fill the text: the rest needs no writing.
    shown = "\\".join(_one(part, element.VR) for part in islice(parts, MAX_TEXT // 2 + 1))
    more = f" ({element.VM:,} values)" if element.VM > MAX_TEXT // 2 else ""
    return cut_text(shown, more=more)


def bytes_text(first: bytes, length: int) -> str:
    """Write a binary value as its length and first bytes; a vendor's readable words are shown as words."""
    words = first.rstrip(b"\0 ")
    if words and len(first) == length and length <= MAX_TEXT and words.isascii() and words.decode().isprintable():
        return f'{length:,} bytes "{words.decode()}"'
    more = "…" if length > FIRST_BYTES else ""
    shown = first[:FIRST_BYTES].hex(" ").upper()
    return f"{length:,} bytes {shown}{more}".rstrip()


def cut_text(text: str, *, more: str = "") -> str:
    """Cut a long text and tell its full length; `more` stands in place of the length where that is not known."""
    if len(text) <= MAX_TEXT:
        return text + more
    return f"{text[:MAX_TEXT]}…{more or f' ({len(text):,} characters)'}"


def _one(part: Any, vr: str) -> str:
    if vr == "AT":
        return f"({int(part) >> 16:04X},{int(part) & 0xFFFF:04X})"
    text = str(part)
    if vr != "UI":
        return text
    name = getattr(part, "name", text)
    return text if name == text else f"{text} = {name}"
