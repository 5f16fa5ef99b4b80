"""The next series and the next study, by the order of the list."""

from __future__ import annotations

from pathlib import Path

from medmm.core.identity import PatientIdentity
from medmm.core.image import SeriesSummary, StudyHeader
from ui.state.series_walk import next_series, next_study


def make_series(study: str, date: str, number: int) -> SeriesSummary:
    header = StudyHeader(study_uid=study, study_date=date, series_number=str(number), modality="CT")
    return SeriesSummary(header, PatientIdentity("7"), (Path(f"{study}-{number}.dcm"),), 1, 4, 4)


OLD_1, NEW_2, NEW_1 = make_series("a", "20200101", 1), make_series("b", "20240101", 2), make_series("b", "20240101", 1)
ALL = (OLD_1, NEW_2, NEW_1)


def test_series_follow_each_other_by_number_and_over_the_border_of_a_study() -> None:
    assert next_series(ALL, NEW_1.key, 1) == NEW_2.key
    assert next_series(ALL, NEW_2.key, 1) == OLD_1.key
    assert next_series(ALL, OLD_1.key, -1) == NEW_2.key


def test_nothing_follows_the_last_and_nothing_goes_before_the_first() -> None:
    assert next_series(ALL, OLD_1.key, 1) == ""
    assert next_series(ALL, NEW_1.key, -1) == ""


def test_a_study_is_entered_at_its_first_series() -> None:
    assert next_study(ALL, NEW_2.key, 1) == OLD_1.key
    assert next_study(ALL, OLD_1.key, -1) == NEW_1.key
    assert next_study(ALL, OLD_1.key, 1) == ""


def test_without_a_series_the_first_one_is_next() -> None:
    assert next_series(ALL, "", 1) == NEW_1.key
