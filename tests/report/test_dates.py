"""Dates and ages in the report."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from medmm.report.dates import age_in_words, read_date, spell_date, spell_moment, spell_time


def test_spell_date_spells_the_month() -> None:
    assert spell_date("20261103") == "3 November 2026"


@pytest.mark.parametrize("text", ["20260231", "1961", "", "٢٠٢٦١١٠٣"])
def test_spell_date_gives_back_what_is_no_date(text: str) -> None:
    assert read_date(text) is None
    assert spell_date(text) == text


@pytest.mark.parametrize(("text", "spelled"), [("140211.500", "14:02"), ("09:30", "09:30"), ("14", ""), ("", "")])
def test_spell_time_needs_hours_and_minutes(text: str, spelled: str) -> None:
    assert spell_time(text) == spelled


def test_spell_moment_joins_date_and_time() -> None:
    assert spell_moment(datetime(2026, 1, 5, 7, 4)) == "5 January 2026, 07:04"


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("19610312", "65 y"),
        ("19611104", "64 y"),  # the birthday is tomorrow
        ("19611103", "65 y"),  # the birthday is today
        ("20250903", "14 mo"),
        ("20261025", "9 d"),
        ("20270101", ""),
        ("", ""),
    ],
)
def test_age_is_counted_on_the_day_of_the_study(born: str, words: str) -> None:
    assert age_in_words(born, on=date(2026, 11, 3)) == words
