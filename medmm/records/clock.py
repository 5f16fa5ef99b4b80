"""When each row of a table was measured, and what is doubtful about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from medmm.core.errors import InvalidRecord
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.words import Words
from medmm.records.cells import shown
from medmm.records.columns import Layout
from medmm.records.dates import has_clock, parse_time
from medmm.records.rows import Row, Table

FIRST_YEAR = 1970


def read_times(table: Table, layout: Layout) -> tuple[dict[int, datetime], tuple[QualityNote, ...]]:
    """Give the time of each row by its line, and notes on doubtful ones.

    Raises InvalidRecord for a time with no or two meanings, and where times with and without a zone are mixed.
    """
    times: dict[int, datetime] = {}
    n_without_clock = 0
    for row in table.rows:
        text = _text(row, layout)
        found = parse_time(text)
        if found is None:
            raise _unreadable(table, row, text)
        n_without_clock += not has_clock(text)
        times[row.line] = found
    zones = {time.tzinfo is not None for time in times.values()}
    if len(zones) > 1:
        raise InvalidRecord(
            Words("Vitals not used: {name} mixes times with and without a time zone", name=table.path.name),
            Words("Write all of them the same way."),
            table.path,
        )
    # One zone for the whole table: +01:00 and +02:00 around a change of the clocks are an hour apart on its face.
    zone = next(iter(times.values())).tzinfo
    if zone is not None:
        times = {line: time.astimezone(zone) for line, time in times.items()}
    return times, tuple(_doubts(times, n_without_clock))


def _text(row: Row, layout: Layout) -> str:
    parts = [row.cells[layout.roles[role]].strip() for role in ("date", "time") if role in layout.roles]
    return " ".join(parts)


def _unreadable(table: Table, row: Row, text: str) -> InvalidRecord:
    what = Words("the time {time} in line {line} cannot be read or has two meanings", time=shown(text), line=row.line)
    if not text:
        what = Words("line {line} has no time", line=row.line)
    return InvalidRecord(
        Words("Vitals not used: {what}", what=what), Words("Write times as 2024-01-31 13:05."), table.path
    )


def _doubts(times: dict[int, datetime], n_without_clock: int) -> list[QualityNote]:
    now = datetime.now().astimezone()
    limit = now + timedelta(days=1)
    # De-identified collections shift dates by centuries, and clocks stand wrong: a remark, not a refusal.
    n_future = sum((time if time.tzinfo else time.astimezone()) > limit for time in times.values() if time.year < 9000)
    n_future += sum(time.year >= 9000 for time in times.values())
    n_old = sum(time.year < FIRST_YEAR for time in times.values())
    found = []
    if n_future:
        found.append(
            _warning(
                "time_in_future",
                Words("{n_future} of {n_times} rows lie in the future.", n_future=n_future, n_times=len(times)),
            )
        )
    if n_old:
        found.append(
            _warning(
                "time_long_ago",
                Words(
                    "{n_old} of {n_times} rows lie before {first_year}.",
                    n_old=n_old,
                    n_times=len(times),
                    first_year=FIRST_YEAR,
                ),
            )
        )
    if n_without_clock:
        text = Words(
            "{n_without_clock} of {n_times} rows have a date and no hour; midnight was taken.",
            n_without_clock=n_without_clock,
            n_times=len(times),
        )
        found.append(_warning("time_without_hour", text))
    return found


def _warning(code: str, message: Words) -> QualityNote:
    return QualityNote(code, message, Severity.WARNING, InputKind.VITALS)
