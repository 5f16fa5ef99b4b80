"""Times as words for axes, tables and tooltips: months in letters, so that no reader can turn a date around."""

from __future__ import annotations

from datetime import datetime

from ui.language import tr
from ui.state.identity_line import MONTHS, date_words
from ui.state.time_axis import Tick

# Under clock times stand days, under days months, under months years.
CONTEXT = {"minute": "day", "hour": "day", "day": "month", "month": "year", "year": ""}


def moment_words(time: datetime) -> str:
    """Write day, month in letters, year and clock: 3 Nov 2026 14:02."""
    return f"{date_words(time.date())} {time:%H:%M}"


def written_words(text: str) -> str:
    """Write the day and clock of an ISO time, such as documents bear; anything else stays as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is not None:
        return text
    return date_words(moment.date()) if len(text) <= len("2026-01-03") else moment_words(moment)


def short_moment(time: datetime) -> str:
    """Write day and clock without a year: 3 Nov 14:02."""
    return f"{day_words(time)} {time:%H:%M}"


def day_words(time: datetime) -> str:
    """Write day and month: 3 Nov."""
    return tr("{day} {month}").format(day=time.day, month=tr(MONTHS[time.month - 1]))


def tick_words(tick: Tick) -> str:
    """Write what a tick stands for, as short as its unit allows."""
    if tick.unit in ("minute", "hour"):
        return f"{tick.time:%H:%M}"
    if tick.unit == "day":
        return str(tick.time.day)
    return tr(MONTHS[tick.time.month - 1]) if tick.unit == "month" else str(tick.time.year)


def context_words(time: datetime, unit: str) -> str:
    """Write the day, month or year that ticks lie in."""
    if unit == "day":
        return date_words(time.date())
    if unit == "month":
        return tr("{month} {year}").format(month=tr(MONTHS[time.month - 1]), year=time.year)
    return str(time.year)
