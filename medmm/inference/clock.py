"""Compare times of which some carry a time zone and some do not."""

from __future__ import annotations

from datetime import datetime


def is_after(time: datetime, reference: datetime) -> bool:
    """Tell whether `time` lies after `reference`; where only one has a zone, both are read as local wall clocks."""
    return seconds_between(reference, time) > 0


def seconds_between(start: datetime, end: datetime) -> float:
    """Give end - start in seconds; where only one has a zone, both are read as local wall clocks."""
    if (start.tzinfo is None) != (end.tzinfo is None):
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    return (end - start).total_seconds()
