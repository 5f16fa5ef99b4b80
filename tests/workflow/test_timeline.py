"""The timeline of a case: what stands on it, in which order, and how sure its time is."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from medmm.core.case import Case
from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, SeriesSummary, StudyHeader
from medmm.core.quality import InputKind
from medmm.core.record import ClinicalNote, VitalMeasurement, Vitals
from medmm.workflow.timeline import newest_note, timeline_of

WHO = PatientIdentity("7")


def image(**facts: str) -> MedicalImage:
    stored = np.zeros((1, 2, 2), np.int16)
    return MedicalImage(stored, WHO, StudyHeader(**facts), ImageGeometry(), (ImageInstance("1", Path("a.dcm")),))


def series(date: str, time: str = "", **facts: str) -> SeriesSummary:
    return SeriesSummary(
        StudyHeader(study_uid="1", study_date=date, study_time=time, **facts), WHO, (Path("a.dcm"),), 1, 2, 2
    )


def note(written_at: datetime | None = None) -> ClinicalNote:
    return ClinicalNote("Cough.", Path("note.txt"), written_at=written_at)


def test_studies_notes_and_tables_stand_in_order_of_time_and_undated_ones_last() -> None:
    measurements = (
        VitalMeasurement("spo2", datetime(2026, 11, 3, 8, 0), 90.0),
        VitalMeasurement("spo2", datetime(2026, 11, 3, 12, 0), 98.0),
        VitalMeasurement("heart_rate", datetime(2026, 11, 3, 12, 0), 400.0, is_plausible=False),
    )
    case = Case(
        Path("/a"),
        WHO,
        images=(
            image(study_uid="2", study_date="20261103", study_time="1402"),
            image(study_uid="1", study_date="20250101"),
        ),
        notes=(note(), note(datetime(2026, 11, 3, 9, 30))),
        vitals=(Vitals(measurements, Path("vitals.csv")),),
    )  # fmt: skip

    items = timeline_of(case)

    assert [(item.kind, item.places) for item in items] == [
        (InputKind.IMAGE, (1,)),
        (InputKind.VITALS, (0,)),
        (InputKind.NOTE, (1,)),
        (InputKind.IMAGE, (0,)),
        (InputKind.NOTE, (0,)),
    ]
    table = items[1]
    assert (table.start, table.end) == (datetime(2026, 11, 3, 8, 0), datetime(2026, 11, 3, 12, 0))
    assert (table.n_parts, table.n_unusual) == (2, 2)
    assert items[-1].start is None


def test_the_series_of_a_study_are_one_item_with_all_its_modalities() -> None:
    case = Case(
        Path("/a"),
        WHO,
        series=(
            series("20261103", modality="PT"),
            series("20261103", "101500", modality="CT", study_description="PET/CT"),
            series("20261103", "110000", modality="CT"),
        ),
    )  # fmt: skip

    (item,) = timeline_of(case)

    assert (item.modality, item.title, item.places, item.n_parts) == ("PT/CT", "PET/CT", (0, 1, 2), 3)
    assert (item.start, item.has_clock) == (datetime(2026, 11, 3, 10, 15), True)


def test_a_date_without_an_hour_is_its_whole_day() -> None:
    case = Case(
        Path("/a"), WHO, images=(image(study_uid="1", study_date="20261103"),), notes=(note(datetime(2026, 11, 4)),)
    )

    film, written = timeline_of(case)

    assert (film.start, film.end, film.has_clock) == (datetime(2026, 11, 3), datetime(2026, 11, 4), False)
    assert (written.start, written.end, written.has_clock) == (datetime(2026, 11, 4), datetime(2026, 11, 5), False)


def test_pictures_without_a_study_stay_apart_and_undated() -> None:
    items = timeline_of(Case(Path("/a"), WHO, images=(image(), image())))

    assert [item.places for item in items] == [(0,), (1,)]
    assert all(item.start is None for item in items)


def test_zones_are_read_as_the_clock_on_the_wall() -> None:
    there = timezone(timedelta(hours=8))
    items = timeline_of(Case(Path("/a"), WHO, notes=(note(datetime(2026, 11, 3, 9, 30, tzinfo=there)),)))

    assert items[0].start == datetime(2026, 11, 3, 9, 30)


def test_a_case_without_anything_has_an_empty_timeline() -> None:
    assert timeline_of(Case(Path("/a"), WHO)) == ()


def test_the_note_shown_first_is_the_last_one_before_the_study() -> None:
    notes = (note(), note(datetime(2026, 11, 1)), note(datetime(2026, 11, 3, 9)), note(datetime(2026, 11, 9)))

    assert newest_note(Case(Path("/a"), WHO, notes=notes, index_time=datetime(2026, 11, 3, 14))) == 2
    assert newest_note(Case(Path("/a"), WHO, notes=notes, index_time=datetime(2020, 1, 1))) == 3
    assert newest_note(Case(Path("/a"), WHO, notes=notes)) == 3
    assert newest_note(Case(Path("/a"), WHO, notes=(note(), note()))) == 0
