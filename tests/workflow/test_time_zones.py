"""Times of several zones are brought to one before anybody subtracts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals
from medmm.workflow.time_zones import in_one_zone

EAST = timezone(timedelta(hours=8))


def make_case(index_time: datetime | None, measured: datetime) -> Case:
    table = Vitals((VitalMeasurement("heart_rate", measured, 80.0),), Path("vitals.csv"))
    return Case(Path(), PatientIdentity(), vitals=(table,), index_time=index_time)


def test_vitals_in_another_zone_are_carried_to_that_of_the_index_time() -> None:
    case = in_one_zone(make_case(datetime(2024, 3, 5, 16, 30, tzinfo=EAST), datetime(2024, 3, 5, 8, 0, tzinfo=UTC)))

    assert case.vitals[0].measurements[0].time.replace(tzinfo=None) == datetime(2024, 3, 5, 16, 0)
    assert case.checks == ()


def test_a_note_is_carried_too() -> None:
    case = make_case(datetime(2024, 3, 5, 16, 30, tzinfo=EAST), datetime(2024, 3, 5, 8, 0, tzinfo=UTC))
    note = ClinicalNote("cough", Path("note.txt"), written_at=datetime(2024, 3, 5, 8, 15, tzinfo=UTC))

    found = in_one_zone(replace(case, notes=(note,)))

    assert f"{found.notes[0].written_at:%H:%M}" == "16:15"


def test_a_zone_on_one_side_only_is_told_and_nothing_is_shifted() -> None:
    case = in_one_zone(make_case(datetime(2024, 3, 5, 16, 30), datetime(2024, 3, 5, 8, 0, tzinfo=UTC)))

    assert [check.code for check in case.checks] == ["time_zone_unsure"]
    assert case.checks[0].message.startswith(
        "The index time states no time zone and the times of these do: vital signs;"
    )
    assert case.vitals[0].measurements[0].time.hour == 8


def test_times_without_any_zone_are_as_they_are() -> None:
    case = make_case(datetime(2024, 3, 5, 16, 30), datetime(2024, 3, 5, 8, 0))

    assert in_one_zone(case) == case
