"""Read dates and times only where they have one meaning; 03/04/2024 has two and is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",), ("jun", "june"),
            ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"), ("oct", "october"),
            ("nov", "november"), ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_CLOCK = r"(?:(?:[T ]\s*)(?P<hh>\d{1,2}):(?P<mm>\d{2})(?::(?P<ss>\d{2})(?:\.\d{1,6})?)?)?"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{1,2})[- ](?P<mon>[a-z]{3,9})\.?[-, ]+(?P<y>\d{4})",
        r"(?P<mon>[a-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
    )
)
_COMPACT_TIME = re.compile(r"(\d{8})T?(\d{2})(\d{2})(\d{2})?", re.ASCII)
_ISO_WITH_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})", re.ASCII)
MAX_LENGTH = 40


def parse_time(text: str) -> datetime | None:
    """Read a point in time: ISO 8601, 20240102T0300, 2024/1/2 03:00, 2 Jan 2024 03:00, 2024年1月2日 03:00.

    Gives None for anything else, above all for day/month orders that cannot be told apart.
    """
    text = " ".join(text.split())
    if not text or len(text) > MAX_LENGTH:
        return None
    if _ISO_WITH_ZONE.fullmatch(text):
        return _checked(lambda: datetime.fromisoformat(text.replace(" +", "+").replace(" Z", "Z")))
    if match := _COMPACT_TIME.fullmatch(text):
        parts = [match[1][:4], match[1][4:6], match[1][6:], match[2], match[3], match[4] or "0"]
        return _make(*[int(part) for part in parts])
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    return _from_match(found) if found else None


def parse_date(text: str) -> date | None:
    """Read a calendar date in the same forms as `parse_time`, without its clock."""
    found = parse_time(text)
    return found.date() if found else None


def has_clock(text: str) -> bool:
    """Tell whether a time says an hour."""
    return ":" in text or bool(_COMPACT_TIME.fullmatch(text.strip()))


def dicom_date(text: str) -> str:
    """Write a date as DICOM DA (YYYYMMDD), empty where it cannot be read (PS3.5 6.2)."""
    found = parse_date(text)
    return f"{found.year:04d}{found.month:02d}{found.day:02d}" if found else ""


def _from_match(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    month = MONTHS.get(parts["mon"].casefold(), 0) if parts.get("mon") else int(parts["m"])
    clock = [int(parts[key] or 0) for key in ("hh", "mm", "ss")]
    return _make(int(parts["y"]), month, int(parts["d"]), *clock)


def _make(*parts: int) -> datetime | None:
    year, month, day, hour, minute, second = parts
    return _checked(lambda: datetime(year, month, day, hour, minute, second))


def _checked(build: Callable[[], datetime]) -> datetime | None:
    try:
        return build()
    except ValueError:
        return None  # the 13th month, the 30th of February, 24:00: no such time
