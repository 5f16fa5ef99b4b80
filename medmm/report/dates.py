"""Dates and ages in words: the month is spelled, so that 3/11 cannot be read as 11/3 (ACR)."""

from __future__ import annotations

from datetime import date, datetime

# Not strftime("%B"): the machine's language must not change the report.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def read_date(text: str) -> date | None:
    """Read a DICOM date (PS3.5 6.2, DA: YYYYMMDD, or the older YYYY.MM.DD); None where it is not a real date."""
    digits = text.strip().replace(".", "").replace("-", "")
    if len(digits) != 8 or not digits.isascii() or not digits.isdigit():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def spell_date(text: str) -> str:
    """Write "20261103" as "3 November 2026"; anything that is no date comes back as it is."""
    day = read_date(text)
    return spell_day(day) if day else text


def spell_day(day: date) -> str:
    """Write a date with the month spelled."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spell_time(text: str) -> str:
    """Write a DICOM time (PS3.5 6.2, TM: HHMMSS.FFFFFF) as "14:02"; empty where there is none."""
    digits = text.strip().replace(":", "")
    return f"{digits[:2]}:{digits[2:4]}" if len(digits) >= 4 and digits[:4].isdigit() else ""


def spell_moment(moment: datetime) -> str:
    """Write a point in time as "3 November 2026, 14:02"."""
    return f"{spell_day(moment.date())}, {moment:%H:%M}"


def age_in_words(birth_date: str, *, on: date | None) -> str:
    """Give the age on a day: "65 y", "14 mo" below two years, "9 d" below two months; empty if unknown."""
    born = read_date(birth_date)
    if born is None or on is None or on < born:
        return ""
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return f"{months // 12} y"
    return f"{months} mo" if months >= 2 else f"{(on - born).days} d"
