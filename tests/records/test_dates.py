"""Dates and times are read only where they have one meaning."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from medmm.records.dates import dicom_date, parse_time


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02 03:04",
        "2024-01-02T03:04:00",
        "2024/1/2 03:04",
        "20240102T0304",
        "202401020304",
        "2 Jan 2024 03:04",
        "02-JAN-2024 03:04",
        "January 2, 2024 03:04",
        "2024年1月2日 03:04",
    ],
)
def test_forms_with_one_meaning_are_read(text: str) -> None:
    assert parse_time(text) == datetime(2024, 1, 2, 3, 4)


def test_zones_are_kept() -> None:
    assert parse_time("2024-01-02T03:04+14:00") == datetime(2024, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=14)))


@pytest.mark.parametrize(
    "text",
    ["", "0", "45293.5", "03/04/2024", "99/99/2024", "2024-13-01", "2024-02-30", "2024-01-02 24:00", "٢٠٢٤-٠١-٠٢"],
)
def test_everything_else_is_not(text: str) -> None:
    assert parse_time(text) is None


def test_birth_dates_are_written_as_dicom_does() -> None:
    assert (dicom_date("1970-1-31"), dicom_date("31.01.1970")) == ("19700131", "")
