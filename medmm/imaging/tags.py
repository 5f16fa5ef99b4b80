"""Read single DICOM values: each is optional, each may be malformed, and nothing here raises."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Made = TypeVar("Made")
# What pydicom raises while it converts one malformed value; OSError for a sequence that breaks off within an item.
TAG_TROUBLE = (
    ValueError, TypeError, AttributeError, KeyError, IndexError, NotImplementedError, OverflowError, EOFError, OSError,
    struct.error, zlib.error, RecursionError,
)  # fmt: skip


class Tags:
    """One data set, asked by keyword; `unreadable` collects the keywords whose values could not be converted."""

    def __init__(self, dataset: Any, unreadable: list[str] | None = None) -> None:
        self._dataset = dataset
        self.unreadable: list[str] = [] if unreadable is None else unreadable

    def value(self, keyword: str) -> Any:
        """Give the converted value, None where absent, empty or malformed."""
        try:
            return self._dataset.get(keyword)
        except TAG_TROUBLE:
            self.unreadable.append(keyword)
            return None

    def text(self, keyword: str) -> str:
        """Give one line of text; several values are joined by a backslash."""
        value = self.value(keyword)
        if value is None:
            return ""
        try:
            joined = str(value) if not _is_many(value) else "\\".join(str(part) for part in value)
        except TAG_TROUBLE:
            self.unreadable.append(keyword)
            return ""
        return joined.replace("\0", "").strip()

    def numbers(self, keyword: str) -> tuple[float, ...]:
        """Give every finite number; an empty tuple if one of them is none."""
        value = self.value(keyword)
        if value is None or value == "":
            return ()
        try:
            found = tuple(float(part) for part in (value if _is_many(value) else (value,)))
        except TAG_TROUBLE:
            self.unreadable.append(keyword)
            return ()
        if all(math.isfinite(number) for number in found):
            return found
        self.unreadable.append(keyword)
        return ()

    def number(self, keyword: str) -> float | None:
        """Give the first number, None where absent or malformed."""
        return next(iter(self.numbers(keyword)), None)

    def integer(self, keyword: str) -> int | None:
        """Give a whole number, None where absent or malformed."""
        found = self.number(keyword)
        return int(found) if found is not None and found == int(found) else None

    def items(self, keyword: str) -> tuple[Tags, ...]:
        """Give the items of a sequence."""
        value = self.value(keyword)
        if value is None or isinstance(value, (str, bytes, int, float)):
            return ()
        try:
            return tuple(Tags(item, self.unreadable) for item in value)
        except TAG_TROUBLE:
            self.unreadable.append(keyword)
            return ()

    def once(self, make: Callable[..., Made], *values: object) -> Made:
        """Give make(self, *values); headers that repeat those of a series may remember it."""
        return make(self, *values)

    def groups(self) -> frozenset[int]:
        """Give the group numbers of all elements."""
        return frozenset(tag >> 16 for tag in map(int, self._dataset.keys()))

    def first_item(self, keyword: str) -> Tags | None:
        """Give the first item of a sequence, None where there is none."""
        return next(iter(self.items(keyword)), None)


def _is_many(value: object) -> bool:
    # PersonName is iterable but one value.
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))
