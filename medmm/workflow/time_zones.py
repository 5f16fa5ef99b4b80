"""Bring the times of a case to one zone, and say where a zone is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo

from medmm.core.case import Case
from medmm.core.quality import QualityNote, Severity
from medmm.core.record import Vitals
from medmm.core.words import Words, in_a_row


def in_one_zone(case: Case) -> Case:
    """Carry times that state a zone to the index time's zone; a mix of stated and unstated zones becomes a check.

    Everything after this reads the clock's face, as the ward does: two zones side by side would shift by hours.
    """
    zone = case.index_time.tzinfo if case.index_time else None
    if zone is not None:
        notes = tuple(replace(note, written_at=_carried(note.written_at, zone)) for note in case.notes)
        case = replace(case, notes=notes, vitals=tuple(_table(table, zone) for table in case.vitals))
    return case.with_checks(*_doubts(case))


def _table(table: Vitals, zone: tzinfo) -> Vitals:
    return replace(
        table, measurements=tuple(replace(m, time=_carried(m.time, zone) or m.time) for m in table.measurements)
    )


def _carried(time: datetime | None, zone: tzinfo) -> datetime | None:
    return time if time is None or time.tzinfo is None else time.astimezone(zone)


def _doubts(case: Case) -> Iterator[QualityNote]:
    if case.index_time is None:
        return
    has_zone = case.index_time.tzinfo is not None
    times = {Words("vital signs"): [m.time for table in case.vitals for m in table.measurements]}
    times[Words("notes")] = [note.written_at for note in case.notes if note.written_at is not None]
    mixed = [what for what, found in times.items() if any((time.tzinfo is not None) != has_zone for time in found)]
    if mixed:
        if has_zone:
            what = Words(
                "The index time states a time zone and the times of these do not: {mixed}", mixed=in_a_row(mixed)
            )
        else:
            what = Words("The index time states no time zone and the times of these do: {mixed}", mixed=in_a_row(mixed))
        message = Words("{what}; all were read as one clock on the wall. Hours may be wrong.", what=what)
        yield QualityNote("time_zone_unsure", message, Severity.WARNING)
