"""A stretch of time on the screen: zoom, pan, and where its ticks stand. Time is what the clock on the wall shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

EPOCH = datetime(1970, 1, 1)
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
SHORTEST_S = 10 * MINUTE
# Room beside the first and the last item.
MARGIN = 0.04
FIRST_S = (datetime.min - EPOCH).total_seconds()
LAST_S = (datetime(9999, 12, 31) - EPOCH).total_seconds()


def wall_seconds(time: datetime) -> float:
    """Give the seconds since 1970 on the clock's face: zones were settled when the case was read."""
    return ((time if time.tzinfo is None else time.replace(tzinfo=None)) - EPOCH).total_seconds()


def wall_time(seconds: float) -> datetime:
    """Give the time on the clock's face."""
    return EPOCH + timedelta(seconds=min(max(seconds, FIRST_S), LAST_S))


@dataclass(frozen=True)
class TimeAxis:
    """Seconds start..end are seen; first..last is everything there is, with a margin; shortest: span to zoom to."""

    start: float
    end: float
    first: float
    last: float
    shortest: float = SHORTEST_S

    @property
    def span(self) -> float:
        """Seconds from end to end."""
        return self.end - self.start

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is seen."""
        return self.start <= self.first and self.end >= self.last

    def fraction(self, seconds: float) -> float:
        """Give a time's place, 0 at the left end and 1 at the right."""
        return (seconds - self.start) / self.span

    def seconds_at(self, fraction: float) -> float:
        """Give the time at a place from 0 to 1."""
        return self.start + fraction * self.span

    def zoomed(self, factor: float, *, at: float = 0.5) -> TimeAxis:
        """Show a span shorter by `factor` in which the time at a place stays there."""
        span = self.span / factor
        held = self.seconds_at(at)
        return self.between(held - at * span, held + (1 - at) * span)

    def panned(self, fraction: float) -> TimeAxis:
        """Show what lies a part of the span later; it stops at the ends."""
        by = fraction * self.span
        by = min(max(by, self.first - self.start), self.last - self.end)
        return replace(self, start=self.start + by, end=self.end + by)

    def between(self, start: float, end: float) -> TimeAxis:
        """Show from start to end, as far as there is anything and no closer than the shortest span."""
        span = min(max(end - start, self.shortest), self.last - self.first)
        middle = (start + end) / 2
        begin = min(max(middle - span / 2, self.first), self.last - span)
        return replace(self, start=begin, end=begin + span)

    def including(self, seconds: float) -> TimeAxis:
        """Move as little as needed so that a time is seen, not at the very edge."""
        room = MARGIN * self.span
        if seconds < self.start + room:
            return self.panned((seconds - room - self.start) / self.span)
        if seconds > self.end - room:
            return self.panned((seconds + room - self.end) / self.span)
        return self

    def reset(self) -> TimeAxis:
        """Show everything."""
        return replace(self, start=self.first, end=self.last)


def axis_over(seconds: list[float]) -> TimeAxis | None:
    """Make the axis that shows all of these times, or None where there is none."""
    if not seconds:
        return None
    first, last = min(seconds), max(seconds)
    margin = max(MARGIN * (last - first), SHORTEST_S)
    first, last = max(first - margin, FIRST_S), min(last + margin, LAST_S)
    return TimeAxis(first, last, first, last)


@dataclass(frozen=True)
class Tick:
    """A mark on the axis."""

    seconds: float
    time: datetime
    unit: str


_FIXED = [
    ("minute", step * MINUTE) for step in (1, 2, 5, 10, 15, 30)
] + [("hour", step * HOUR) for step in (1, 2, 3, 6, 12)] + [("day", step * DAY) for step in (1, 2, 7, 14)]  # fmt: skip
_MONTHS = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
MONTH, YEAR = 30.4 * DAY, 365.25 * DAY


def ticks(axis: TimeAxis, *, n_most: int) -> list[Tick]:
    """Give at most about `n_most` ticks at round times: whole hours, days, months, years."""
    wanted = axis.span / max(1, n_most)
    for unit, step in _FIXED:
        if step >= wanted:
            return [Tick(at, wall_time(at), unit) for at in _steps(axis, step)]
    months = next((n for n in _MONTHS if n * MONTH >= wanted), None)
    years = next((n for n in _YEARS if n * YEAR >= wanted), _YEARS[-1])
    unit, n_months = ("month", months) if months else ("year", 12 * years)
    return [Tick(wall_seconds(time), time, unit) for time in _month_steps(axis, n_months)]


def edges(axis: TimeAxis, unit: str) -> list[Tick]:
    """Give where a new day, month or year begins within the axis, for the line under the ticks."""
    if unit == "day":
        return [Tick(at, wall_time(at), unit) for at in _steps(axis, DAY)]
    return [Tick(wall_seconds(time), time, unit) for time in _month_steps(axis, 1 if unit == "month" else 12)]


def _steps(axis: TimeAxis, step: float) -> Iterator[float]:
    at = -(-axis.start // step) * step
    while at <= axis.end:
        yield at
        at += step


def _month_steps(axis: TimeAxis, n_months: int) -> Iterator[datetime]:
    begin = wall_time(axis.start)
    month = (begin.year * 12 + begin.month - 1) // n_months * n_months
    while True:
        year, at = divmod(month, 12)
        month += n_months
        if year > 9999 or (year >= 1 and wall_seconds(datetime(year, at + 1, 1)) > axis.end):
            return
        if year >= 1 and wall_seconds(datetime(year, at + 1, 1)) >= axis.start:
            yield datetime(year, at + 1, 1)
