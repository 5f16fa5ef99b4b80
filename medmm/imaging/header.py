"""The DICOM header as rows for display."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medmm.core.errors import UnreadableFile
from medmm.imaging.prescan import prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.tags import TAG_TROUBLE

MAX_ROWS = 20_000
MAX_TEXT = 500
BULK_VRS = ("OB", "OD", "OF", "OL", "OV", "OW", "UN")


@dataclass(frozen=True)
class HeaderRow:
    """One element: depth counts the sequences around it."""

    tag: str
    name: str
    vr: str
    value: str
    depth: int = 0


def rows(path: Path) -> tuple[HeaderRow, ...]:
    """Read every element up to the pixel data, sequences opened, long values cut.

    Raises UnreadableFile when the file cannot be read as DICOM.
    """
    import pydicom
    from pydicom.errors import InvalidDicomError

    prescan(path)
    with quiet():
        try:
            data_set = pydicom.dcmread(path, force=True, stop_before_pixels=True)
        except (*TAG_TROUBLE, InvalidDicomError, OSError) as error:
            raise UnreadableFile(
                f"{path.name!r} is a damaged DICOM file: {error}", "Copy it again from its source.", path
            ) from error
        found = []
        for row in _rows([data_set.file_meta, data_set] if "file_meta" in vars(data_set) else [data_set]):
            found.append(row)
            if len(found) == MAX_ROWS:
                break
    return tuple(found)


def _rows(data_sets: list[Any]) -> Iterator[HeaderRow]:
    # An explicit stack: the depth was checked, but a recursion would still be 64 generators deep.
    waiting = [(data_set, iter(sorted(data_set.keys())), 0) for data_set in reversed(data_sets)]
    while waiting:
        data_set, tags, depth = waiting[-1]
        tag = next(tags, None)
        if tag is None:
            waiting.pop()
            continue
        row, items = _row(data_set, tag, depth)
        yield row
        waiting += [(item, iter(sorted(item.keys())), depth + 1) for item in reversed(items)]


def _row(data_set: Any, tag: Any, depth: int) -> tuple[HeaderRow, list[Any]]:
    text = f"({tag.group:04X},{tag.element:04X})"
    try:
        element = data_set[tag]
        if element.VR == "SQ":
            items = list(element.value)
            return HeaderRow(text, element.name, "SQ", f"{len(items)} items", depth), items
        return HeaderRow(text, element.name, element.VR, _value(element), depth), []
    except TAG_TROUBLE:
        return HeaderRow(text, "", "", "malformed value", depth), []


def _value(element: Any) -> str:
    value = element.value
    if element.VR in BULK_VRS or isinstance(value, bytes):
        return f"{len(value or b''):,} bytes"
    shown = "\\".join(str(part) for part in value) if element.VM > 1 else str(value if value is not None else "")
    return shown if len(shown) <= MAX_TEXT else f"{shown[:MAX_TEXT]}… ({len(shown):,} characters)"
