"""One cell of a table: missing, a plain finite number, or text that is no number."""

from __future__ import annotations

import re
from dataclasses import dataclass

MISSING = frozenset({"", "-", "--", "na", "n/a", "#n/a", "nan", "null", "none", "nil", ".", "缺失", "未测"})
# ASCII digits only: Python's float() also takes inf, 1_000, 1e308 and Arabic digits, which no chart writes on purpose.
_NUMBER = re.compile(r"([+-]?\d{1,9}(?:[.,]\d{1,9})?)\s*([^\d\s.,+\-].{0,15})?", re.ASCII)


@dataclass(frozen=True)
class Number:
    """A value as written: the number, the unit text behind it, and whether a comma was its decimal point."""

    value: float
    unit_text: str = ""
    has_comma: bool = False


def is_missing(cell: str) -> bool:
    """Tell whether a cell says that there is no value."""
    return cell.strip().casefold() in MISSING


def parse_number(cell: str, *, decimal_comma: bool) -> Number | None:
    """Read "38.1", "38.1 °C" or, where commas do not separate cells, "38,1"; None for anything else."""
    match = _NUMBER.fullmatch(cell.strip())
    if match is None:
        return None
    digits, unit_text = match[1], (match[2] or "").strip()
    if "," in digits and not decimal_comma:
        return None
    return Number(float(digits.replace(",", ".")), unit_text, "," in digits)


def shown(cell: str) -> str:
    """Write a cell for a message: short, with every odd character escaped."""
    return ascii(cell if len(cell) <= 40 else cell[:37] + "...") if not cell.isprintable() else repr(cell[:40])
