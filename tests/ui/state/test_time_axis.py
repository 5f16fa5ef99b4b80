"""The time axis: zoom, pan and round ticks, with times counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ui.state.time_axis import DAY, HOUR, TimeAxis, axis_over, edges, ticks, wall_seconds, wall_time
from ui.state.time_words import CONTEXT, context_words, moment_words, tick_words, written_words


def axis(start: datetime, end: datetime) -> TimeAxis:
    first, last = wall_seconds(start), wall_seconds(end)
    return TimeAxis(first, last, first, last)


def words(shown: TimeAxis, n_most: int) -> list[str]:
    return [tick_words(tick) for tick in ticks(shown, n_most=n_most)]


def test_the_clock_on_the_wall_counts_not_the_zone() -> None:
    there = datetime(2026, 3, 5, 8, 15, tzinfo=timezone(timedelta(hours=9)))

    assert wall_seconds(there) == wall_seconds(datetime(2026, 3, 5, 8, 15))
    assert wall_seconds(datetime(1970, 1, 2, tzinfo=UTC)) == DAY
    assert wall_time(DAY) == datetime(1970, 1, 2)


def test_zoom_holds_the_time_under_the_pointer_and_stops_at_the_ends() -> None:
    whole = TimeAxis(0.0, 100 * HOUR, 0.0, 100 * HOUR)

    closer = whole.zoomed(4, at=0.25)

    assert (closer.start, closer.end) == (18.75 * HOUR, 43.75 * HOUR)
    assert closer.fraction(25 * HOUR) == pytest.approx(0.25)
    assert closer.zoomed(0.001).is_whole
    assert closer.zoomed(1e9).span == 600


def test_pan_stops_at_the_ends() -> None:
    part = TimeAxis(10 * HOUR, 20 * HOUR, 0.0, 40 * HOUR)

    assert part.panned(0.5).start == 15 * HOUR
    assert part.panned(100).end == 40 * HOUR
    assert part.panned(-100).start == 0
    assert part.panned(-100).span == part.span


def test_a_time_out_of_sight_is_brought_in() -> None:
    part = TimeAxis(10 * HOUR, 20 * HOUR, 0.0, 40 * HOUR)

    assert part.including(15 * HOUR) is part
    assert part.including(30 * HOUR).fraction(30 * HOUR) == pytest.approx(0.96)
    assert part.including(5 * HOUR).fraction(5 * HOUR) == pytest.approx(0.04)


def test_one_moment_still_has_an_axis_and_none_has_none() -> None:
    lone = axis_over([5.0])

    assert lone is not None
    assert lone.fraction(5.0) == pytest.approx(0.5)
    assert axis_over([]) is None


@pytest.mark.parametrize(
    ("start", "end", "n_most", "expected"),
    [
        (datetime(2026, 11, 3, 7, 50), datetime(2026, 11, 3, 12, 10), 5, ["08:00", "09:00", "10:00", "11:00", "12:00"]),
        (datetime(2026, 11, 3, 12, 0), datetime(2026, 11, 4, 12, 0), 4, ["12:00", "18:00", "00:00", "06:00", "12:00"]),
        (datetime(2026, 2, 27), datetime(2026, 3, 2), 4, ["27", "28", "1", "2"]),
        (datetime(2026, 1, 15), datetime(2026, 5, 2), 5, ["Feb", "Mar", "Apr", "May"]),
        (datetime(2019, 6, 1), datetime(2026, 6, 1), 8, ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]),
        (datetime(1, 1, 1), datetime(9999, 12, 1), 10, [str(year) for year in range(1_000, 10_000, 1_000)]),
    ],
)
def test_ticks_stand_at_round_times(start: datetime, end: datetime, n_most: int, expected: list[str]) -> None:
    assert words(axis(start, end), n_most) == expected


def test_under_the_ticks_stands_what_they_lie_in() -> None:
    shown = axis(datetime(2026, 11, 3, 12, 0), datetime(2026, 11, 5, 12, 0))
    unit = CONTEXT[ticks(shown, n_most=8)[0].unit]

    assert [context_words(edge.time, edge.unit) for edge in edges(shown, unit)] == ["4 Nov 2026", "5 Nov 2026"]
    months = edges(axis(datetime(2026, 11, 20), datetime(2027, 1, 2)), "month")
    assert [context_words(edge.time, "month") for edge in months] == ["Dec 2026", "Jan 2027"]
    years = edges(axis(datetime(2024, 11, 20), datetime(2026, 1, 2)), "year")
    assert [context_words(edge.time, "year") for edge in years] == ["2025", "2026"]


def test_a_moment_is_written_with_the_month_in_letters() -> None:
    assert moment_words(datetime(2026, 3, 4, 8, 5)) == "4 Mar 2026 08:05"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-01-03", "3 Jan 2026"),
        ("2026-01-03 10:15:00", "3 Jan 2026 10:15"),
        ("2026-01-03 10:15:00+0100", "2026-01-03 10:15:00+0100"),
        ("last week", "last week"),
        ("", ""),
    ],
)
def test_the_time_a_document_states_is_written_with_the_month_in_letters(text: str, words: str) -> None:
    assert written_words(text) == words
