"""When an image was taken, whatever its header says and leaves out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.workflow.order import image_time, reading_order


def image(**header: str) -> MedicalImage:
    return MedicalImage(
        np.zeros((1, 2, 2), dtype=np.uint16),
        PatientIdentity(),
        StudyHeader(**header),
        ImageGeometry(),
        (ImageInstance("1.2", Path("film.dcm")),),
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"study_date": "20241231", "study_time": "153042.125"}, datetime(2024, 12, 31, 15, 30, 42)),
        ({"study_date": "20241231", "study_time": "1530"}, datetime(2024, 12, 31, 15, 30)),
        ({"study_date": "20241231"}, datetime(2024, 12, 31, 23, 59, 59)),
        ({"acquisition_datetime": "20241231153042.5-0500"}, datetime(2024, 12, 31, 15, 30, 42)),
        ({"study_date": "2024.12.31", "study_time": "15:30:42"}, datetime(2024, 12, 31, 15, 30, 42)),
        ({"study_date": "20241341"}, None),
        ({}, None),
    ],
)
def test_time_of_an_image(header: dict[str, str], expected: datetime | None) -> None:
    assert image_time(image(**header)) == expected


def test_the_newest_film_comes_first_and_one_without_a_date_last() -> None:
    dates = ("00010101", "19650301", "20241231", "")
    films = [image(study_date=date, modality="DX") for date in dates]

    ordered = sorted(films, key=reading_order)

    assert [film.header.study_date for film in ordered] == ["20241231", "19650301", "00010101", ""]


def test_a_newer_film_of_the_hand_does_not_come_before_the_chest() -> None:
    chest = image(study_date="20241201", modality="DX", body_part="CHEST")
    hand = image(study_date="20241208", modality="DX", body_part="HAND")

    assert [film.header.body_part for film in sorted([hand, chest], key=reading_order)] == ["CHEST", "HAND"]


def test_the_newer_study_comes_first_where_both_state_one_acquisition_time() -> None:
    # Some archives write the acquisition time anew for everything they send at once.
    taken = {"acquisition_datetime": "20221208140300", "modality": "CT", "body_part": "ABDOMEN"}
    prior = image(study_date="20230611", series_uid="1", **taken)
    current = image(study_date="20240105", series_uid="2", **taken)

    ordered = sorted([prior, current], key=reading_order)

    assert [one.header.study_date for one in ordered] == ["20240105", "20230611"]


def test_series_of_one_time_come_by_their_number_and_not_by_their_uid() -> None:
    numbers = ("10", "2", "", "1")
    series = [
        image(study_date="20240105", modality="CT", series_number=number, series_uid=str(place))
        for place, number in enumerate(numbers)
    ]

    assert [one.header.series_number for one in sorted(series, key=reading_order)] == ["1", "2", "10", ""]


def test_a_study_of_the_neck_begins_at_its_first_series_and_not_at_its_last_exposure() -> None:
    # The times and views of a real study: seconds apart, the lateral first.
    films = [("1", "20010101000000", "LL"), ("2", "20010101000009", "AP"), ("3", "20010101000017", "AP")]
    series = [
        image(
            study_date="20010101",
            acquisition_datetime=taken,
            modality="CR",
            body_part="CSPINE",
            series_number=number,
            view_position=view,
        )
        for number, taken, view in reversed(films)
    ]

    assert [one.header.series_number for one in sorted(series, key=reading_order)] == ["1", "2", "3"]


def test_a_film_of_the_chest_taken_again_comes_before_the_one_it_replaces() -> None:
    again = {"study_date": "20240105", "modality": "DX", "body_part": "CHEST", "view_position": "AP"}
    first = image(acquisition_datetime="20240105080000", series_number="1", **again)
    second = image(acquisition_datetime="20240105160000", series_number="2", **again)

    assert [one.header.series_number for one in sorted([first, second], key=reading_order)] == ["2", "1"]
