"""Values and notes from after the index time: at that moment nobody knew them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from medmm.training.leaks.values import Leak, Material, leak, place

# Clocks of devices and rounding to the minute.
SLACK = timedelta(minutes=1)


def check_times(material: Material) -> Iterator[Leak]:
    """Find vital signs and notes stamped after the time of the image."""
    rows, notes = [], []
    for row, reading in zip(material.rows, material.readings, strict=True):
        index_time = reading.facts.index_time
        if index_time is None:
            continue
        late = [m.time for table in reading.vitals for m in table.measurements if _is_late(m.time, index_time)]
        if late:
            rows.append(
                f"{place(row)}: {len(late)} values, the last {_behind(max(late, key=_naive), index_time)} later"
            )
        written = [time for time in reading.facts.note_times if time is not None and _is_late(time, index_time)]
        if written:
            notes.append(f"{place(row)}: written {_behind(max(written, key=_naive), index_time)} later")
    if rows:
        yield leak("vitals_after_index_time", f"{len(rows)} cases have vital signs from after the image", rows)
    if notes:
        yield leak("note_after_index_time", f"{len(notes)} cases have a note from after the image", notes)


def _is_late(time: datetime, index_time: datetime) -> bool:
    return _naive(time) > _naive(index_time) + SLACK


def _naive(time: datetime) -> datetime:
    return time.replace(tzinfo=None)


def _behind(time: datetime, index_time: datetime) -> str:
    hours = (_naive(time) - _naive(index_time)).total_seconds() / 3600
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.0f} days"
