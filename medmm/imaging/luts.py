"""Windows and lookup tables of a data set (PS3.3 C.11.1, C.11.2)."""

from __future__ import annotations

import numpy as np

from medmm.core.image import LookupTable, Window
from medmm.imaging.tags import TAG_TROUBLE, Tags

FUNCTIONS = frozenset({"LINEAR", "LINEAR_EXACT", "SIGMOID"})


def read_windows(tags: Tags) -> tuple[Window, ...]:
    """Give the windows that the standard allows; others (width below 1, or 0) are left out (PS3.3 C.11.2.1.2)."""
    function = tags.text("VOILUTFunction").upper()
    function = function if function in FUNCTIONS else "LINEAR"
    centers, widths = tags.numbers("WindowCenter"), tags.numbers("WindowWidth")
    names = tags.text("WindowCenterWidthExplanation").split("\\")
    names += [""] * len(centers)
    least = 1.0 if function == "LINEAR" else np.finfo(float).tiny
    return tuple(
        Window(center, width, name, function)
        for center, width, name in zip(centers, widths, names, strict=False)
        if width >= least
    )


def has_bad_window(tags: Tags) -> bool:
    """Tell whether a window was stated that cannot be used."""
    return max(len(tags.numbers("WindowCenter")), len(tags.numbers("WindowWidth"))) > len(read_windows(tags))


def read_tables(tags: Tags, keyword: str, *, is_signed: bool) -> tuple[LookupTable, ...]:
    """Give the tables of a Modality LUT or VOI LUT sequence; a malformed one is left out and named as unreadable."""
    found = []
    for item in tags.items(keyword):
        table = _table(item, is_signed=is_signed)
        if table is None:
            tags.unreadable.append(keyword)
        else:
            found.append(table)
    return tuple(found)


def _table(item: Tags, *, is_signed: bool) -> LookupTable | None:
    descriptor = [int(number) for number in item.numbers("LUTDescriptor")]
    if len(descriptor) != 3:
        return None
    # A count of 0 stands for 65,536 (PS3.3 C.11.1.1.1).
    count, first, bits = descriptor[0] or 1 << 16, descriptor[1], descriptor[2]
    if is_signed and first > 0x7FFF:
        first -= 1 << 16
    values = _values(item.value("LUTData"), count)
    if values is None or not 1 <= bits <= 16:
        return None
    # Some writers state 16 bits for data of fewer; the largest value then never shows white.
    return LookupTable(first, values, bits, item.text("LUTExplanation") or item.text("ModalityLUTType"))


def _values(data: object, count: int) -> np.ndarray[tuple[int], np.dtype[np.uint16]] | None:
    try:
        if isinstance(data, (bytes, bytearray)):
            kind = "<u2" if len(data) >= 2 * count else "u1"
            values = np.frombuffer(data, dtype=kind).astype(np.uint16)
        else:
            values = np.atleast_1d(np.asarray(data, dtype=np.int64)).astype(np.uint16)
    except TAG_TROUBLE:
        return None
    return values[:count].copy() if values.size >= count else None
