"""Every element of a DICOM file as rows for display: group 2, private tags with their creator, sequences nested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from medmm.core.errors import UnreadableFile
from medmm.core.words import Words
from medmm.imaging.dicom_header import damaged
from medmm.imaging.header_values import BULK_VRS, FIRST_BYTES, bytes_text, value_text
from medmm.imaging.prescan import DEFLATED, prescan
from medmm.imaging.pydicom_quiet import quiet
from medmm.imaging.sniff import FileKind, file_kind, open_regular
from medmm.imaging.tags import TAG_TROUBLE

MAX_ROWS = 100_000
# Values above this stay on the disk: a header must not cost the memory of a document or a waveform.
DEFER_BYTES = 1 << 20
UNDEFINED = 0xFFFFFFFF
ITEM = 0xFFFEE000
OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """One element, or one item of a sequence.

    tag: 0xGGGGEEEE; keyword: empty for private elements; creator: who defined a private element, empty for others;
    n_values: the value multiplicity; value: text, cut with its full length told;
    depth: how many sequences and items lie around it; parent: the place of the row that holds it, -1 for none.
    """

    tag: int
    keyword: str
    name: str
    vr: str
    n_values: int
    value: str
    creator: str = ""
    depth: int = 0
    parent: int = OUTSIDE

    @property
    def tag_text(self) -> str:
        """Write the tag as the standard does."""
        return f"({self.tag >> 16:04X},{self.tag & 0xFFFF:04X})"

    @property
    def is_private(self) -> bool:
        """Tell whether the element is a vendor's own: its group is odd (PS3.5 7.8)."""
        return bool(self.tag >> 16 & 1)

    @property
    def is_item(self) -> bool:
        """Tell whether the row stands for an item of a sequence."""
        return self.tag == ITEM


@dataclass(frozen=True)
class HeaderTable:
    """The rows of one file in the file's order; is_cut: the file holds more than are given."""

    path: Path
    rows: tuple[HeaderRow, ...]
    is_cut: bool = False


def read_header_rows(path: Path) -> HeaderTable:
    """Read every element of a file; pixel data is told by its length and first bytes, never loaded.

    Raises UnreadableFile when the file cannot be read as DICOM.
    """
    from pydicom.errors import InvalidDicomError

    if file_kind(path) is not FileKind.DICOM:
        raise UnreadableFile(
            Words("{name!r} is no DICOM file", name=path.name),
            Words("Only DICOM files have a header to look at."),
            path,
        )
    is_deflated = prescan(path).transfer_syntax == DEFLATED
    with quiet(), open_regular(path) as stream:
        try:
            data_sets = _data_sets(stream, is_deflated=is_deflated)
            rows: list[HeaderRow] = []
            for data_set in data_sets:
                _add_elements(rows, data_set, stream)
        except (*TAG_TROUBLE, InvalidDicomError, MemoryError, OSError) as error:
            raise damaged(path, error) from error
    return HeaderTable(path, tuple(rows[:MAX_ROWS]), len(rows) > MAX_ROWS)


def row_path(rows: Sequence[HeaderRow], place: int) -> str:
    """Write where a row lies, e.g. "(0040,A730)[2](0008,0100)": items are counted from 1."""
    parts: list[str] = []
    while place != OUTSIDE:
        row = rows[place]
        parts.append(f"[{row.name.removeprefix('Item ')}]" if row.is_item else row.tag_text)
        place = row.parent
    return "".join(reversed(parts))


def _data_sets(stream: BinaryIO, *, is_deflated: bool) -> list[Any]:
    # File meta, everything in front of the pixel data, and what begins with the pixel data.
    import pydicom

    # A deflated data set is inflated in memory as a whole: its positions say nothing about the file.
    defer = None if is_deflated else DEFER_BYTES
    body = pydicom.dcmread(stream, force=True, stop_before_pixels=not is_deflated, defer_size=defer)
    tail = {} if is_deflated else _tail(stream, body.original_encoding)
    meta = getattr(body, "file_meta", None) or {}
    return [data_set for data_set in (meta, body, pydicom.Dataset(tail)) if len(data_set)]


def _tail(stream: BinaryIO, encoding: tuple[bool | None, bool | None]) -> dict[Any, Any]:
    """Read the elements from the pixel data on, where pydicom has stopped; their values stay on the disk."""
    from pydicom.dataelem import RawDataElement
    from pydicom.filereader import data_element_generator

    found: dict[Any, Any] = {}
    try:
        for element in data_element_generator(stream, bool(encoding[0]), encoding[1] is not False, defer_size=0):
            if isinstance(element, RawDataElement) and element.length == UNDEFINED:
                # The delimiter behind the fragments takes 8 bytes (PS3.5 A.4).
                element = element._replace(length=stream.tell() - 8 - element.value_tell)
            found[element.tag] = element
    except EOFError:
        # Cut off within its fragments: what stands in front of them can still be looked at.
        return found
    return found


def _add_elements(
    rows: list[HeaderRow], data_set: Any, stream: BinaryIO, *, depth: int = 0, parent: int = OUTSIDE
) -> None:
    # A recursion: the pre-scan has refused files with more than 64 levels.
    for tag in sorted(data_set.keys()):
        if len(rows) > MAX_ROWS:
            return
        row, items = _element_row(data_set, tag, stream)
        place = len(rows)
        rows.append(replace(row, depth=depth, parent=parent))
        for number, item in enumerate(items, start=1):
            inner, size = len(rows), _count(len(item), "element")
            rows.append(HeaderRow(ITEM, "Item", f"Item {number}", "", 0, size, depth=depth + 1, parent=place))
            _add_elements(rows, item, stream, depth=depth + 2, parent=inner)


def _element_row(data_set: Any, tag: Any, stream: BinaryIO) -> tuple[HeaderRow, list[Any]]:
    creator = _creator(data_set, tag)
    keyword, name = _names(tag, creator)
    raw = data_set.get_item(tag, keep_deferred=True)
    stated, length = str(raw.VR or ""), int(getattr(raw, "length", 0) or 0)
    try:
        if raw.value is None and length and _known_vr(raw, tag) != "SQ":
            stream.seek(raw.value_tell)
            first = stream.read(min(length, FIRST_BYTES))
            return HeaderRow(int(tag), keyword, name, stated, 1, bytes_text(first, length), creator), []
        element = data_set[tag]
        if isinstance(element.value, bytes) and (stated or element.VR) not in BULK_VRS:
            raise ValueError(f"{length} bytes do not fit {stated}")
    except TAG_TROUBLE:
        value = f"malformed: {bytes_text(raw.value or b'', length)}"
        return HeaderRow(int(tag), keyword, name, stated, 0, value, creator), []
    items = list(element.value) if element.VR == "SQ" else []
    value = _count(len(items), "item") if element.VR == "SQ" else value_text(element)
    vr = stated if stated not in ("", "UN") else str(element.VR)
    return HeaderRow(int(tag), keyword, name, vr, element.VM, value, creator), items


def _known_vr(raw: Any, tag: Any) -> str:
    from pydicom.datadict import dictionary_VR

    try:
        return str(raw.VR or dictionary_VR(tag))
    except KeyError:
        return ""


def _creator(data_set: Any, tag: Any) -> str:
    # (gggg,00bb) names the owner of the elements (gggg,bb00) to (gggg,bbFF) (PS3.5 7.8.1).
    block = tag.element >> 8
    if not tag.is_private or not block:
        return ""
    try:
        return str(data_set[tag.group, block].value or "").strip()
    except TAG_TROUBLE:
        return ""


def _names(tag: Any, creator: str) -> tuple[str, str]:
    # (keyword, name)
    from pydicom.datadict import dictionary_description, keyword_for_tag, private_dictionary_description

    if tag.is_private and 0x10 <= tag.element <= 0xFF:
        return "", "Private Creator"
    try:
        if tag.is_private:
            return "", private_dictionary_description(tag, creator)
        return keyword_for_tag(tag), dictionary_description(tag)
    except KeyError:
        return "", "Group Length" if tag.element == 0 else ""


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
