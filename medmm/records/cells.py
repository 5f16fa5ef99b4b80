"""One cell of a table: missing, a plain finite number, or text that is no number."""

from __future__ import annotations

import re
from dataclasses import dataclass

MISSING = frozenset({"", "-", "--", "na", "n/a", "#n/a", "nan", "null", "none", "nil", ".", "缺失", "未测"})
# ASCII digits only: Python's float() also takes inf, 1_000, 1e308 and Arabic digits, which no chart writes on purpose.
_NUMBER = re.compile(r"([+-]?\d{1,9}(?:[.,]\d{1,9})?)\s*([^\d\s.,+\-]\D{0,15})?", re.ASCII)


_PRESSURES = re.compile(r"(\d{1,3}(?:\.\d)?)\s*/\s*(\d{1,3}(?:\.\d)?)(\s*[A-Za-z\[\]]{2,7})?", re.ASCII)


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


def split_pressures(cell: str) -> tuple[str, str] | None:
    """Split "120/80 mmHg" into its systolic and diastolic cell, each with the unit; None for anything else."""
    match = _PRESSURES.fullmatch(cell.strip())
    if match is None:
        return None
    unit_text = match[3] or ""
    return match[1] + unit_text, match[2] + unit_text


def shown(cell: str) -> str:
    """Write a cell for a message: short, with every odd character escaped."""
    return ascii(cell if len(cell) <= 40 else cell[:37] + "...") if not cell.isprintable() else repr(cell[:40])
