"""Tables that cannot be one patient's, that are old, or whose unit was refused, are told apart by their codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from medmm.core.case import Case
from medmm.core.quality import InputKind, SkippedFile
from medmm.core.words import Words
from medmm.inference.gate import check_inputs, choose_measurements
from medmm.models.spec import ModelSpec, VitalsSpec
from tests.inference.builders import make_case, make_spec, make_vitals

SIGNS = ("temperature_c", "heart_rate", "respiratory_rate", "spo2", "systolic_bp", "diastolic_bp")
SOUND = {
    "temperature_c": (37.8, 38.1, 38.4, 38.2, 38.6, 38.5),
    "heart_rate": (96.0, 99.0, 104.0, 101.0, 98.0, 107.0),
    "respiratory_rate": (20.0, 22.0, 22.0, 21.0, 24.0, 22.0),
    "spo2": (94.0, 94.0, 94.0, 94.0, 94.0, 94.0),
}


def codes(values: dict[str, tuple[float, ...]], *, first_hour: float = 6.0) -> tuple[bool, set[str]]:
    rows = [(name, value, first_hour - k) for name, series in values.items() for k, value in enumerate(series)]
    return codes_of(make_case(vitals=(make_vitals(*rows),)))


def spec_of_all() -> ModelSpec:
    n = len(SIGNS) * 7
    return replace(make_spec(), vitals=VitalsSpec(names=SIGNS, centre=(50.0,) * n, scale=(25.0,) * n))


def codes_of(case: Case) -> tuple[bool, set[str]]:
    use = check_inputs(case, spec_of_all())[InputKind.VITALS]
    return use.used, {note.code for note in use.gate} - {"vitals_missing"}


def test_a_fever_with_one_sign_that_stands_still_is_used() -> None:
    assert codes(SOUND) == (True, set())


def test_signs_that_never_change_were_not_measured() -> None:
    frozen = {name: (series[0],) * 6 for name, series in SOUND.items()}
    assert codes(frozen) == (False, {"vitals_constant"})
    assert choose_measurements(make_case(vitals=(make_vitals(*rows_of(frozen)),)), SIGNS) == ()


def test_three_values_of_three_signs_are_enough_to_stand_still() -> None:
    frozen = {name: (series[0],) * 3 for name, series in SOUND.items()}
    assert codes(frozen) == (False, {"vitals_constant"})


def test_a_breath_a_temperature_and_a_saturation_may_stay_as_written_down() -> None:
    frozen = {name: (series[0],) * 6 for name, series in SOUND.items() if name != "heart_rate"}
    assert codes(frozen) == (True, set())


def test_five_values_within_an_hour_may_be_the_same() -> None:
    rows = [(name, series[0], 1.0 - k / 10) for name, series in SOUND.items() for k in range(5)]
    assert codes_of(make_case(vitals=(make_vitals(*rows),))) == (True, set())


def test_a_heart_slower_than_the_breath_is_two_columns_exchanged() -> None:
    wrong = {**SOUND, "heart_rate": SOUND["respiratory_rate"], "respiratory_rate": SOUND["heart_rate"]}
    assert codes(wrong) == (False, {"vitals_exchanged"})


def test_rows_of_two_patients_jump() -> None:
    mixed = {
        "temperature_c": (36.2, 40.1, 36.4, 40.0, 36.3, 39.9),
        "heart_rate": (60.0, 140.0, 62.0, 138.0, 61.0, 144.0),
        "systolic_bp": (182.0, 88.0, 180.0, 90.0, 178.0, 86.0),
    }
    assert codes(mixed) == (False, {"vitals_erratic"})


def test_two_signs_that_jump_and_are_taken_back_are_enough() -> None:
    assert codes({"heart_rate": (70.0, 110.0, 72.0), "systolic_bp": (150.0, 95.0, 148.0)}) == (
        False,
        {"vitals_erratic"},
    )


def test_a_patient_who_is_treated_goes_one_way() -> None:
    treated = {"heart_rate": (150.0, 118.0, 88.0, 84.0), "systolic_bp": (70.0, 104.0, 138.0, 141.0)}
    assert codes(treated) == (True, set())


@pytest.mark.parametrize(("first_hour", "found"), [(11.0, set()), (20.0, {"vitals_not_recent"})])
def test_the_age_of_the_newest_value_is_told_beyond_six_hours(first_hour: float, found: set[str]) -> None:
    assert codes(SOUND, first_hour=first_hour) == (True, found)


def test_old_values_are_counted_by_their_zone_before_the_study() -> None:
    case = make_case(vitals=(make_vitals(("heart_rate", 90.0, 30.0), ("heart_rate", 88.0, 26.0), ("spo2", 95.0, 9.0)),))
    note = next(note for note in check_inputs(case, spec_of_all())[InputKind.VITALS].gate if "recent" in note.code)
    assert "9 hours older" in note.message
    assert "(1 values of 6 to 24 hours before, 2 of 24 to 48 hours)" in note.message


def test_later_rows_are_left_out_and_listed_with_their_times() -> None:
    case = make_case(vitals=(make_vitals(("heart_rate", 90.0, 1.0), ("heart_rate", 140.0, -0.5)),))
    note = next(note for note in check_inputs(case, spec_of_all())[InputKind.VITALS].gate if "after" in note.code)
    assert "1 of 2 values" in note.message
    assert "(2024-03-05 12:30)" in note.message


def test_a_table_refused_for_its_unit_says_so_under_a_code_of_its_own() -> None:
    refused = SkippedFile(Path("vitals.csv"), "vitals_units", Words("Vitals not used: temp_c looks like °F."))
    case = replace(make_case(vitals=()), skipped=(refused,))
    assert codes_of(case) == (False, {"vitals_units"})


def test_exchanged_columns_that_were_refused_when_read_keep_their_code() -> None:
    refused = SkippedFile(Path("vitals.csv"), "vitals_exchanged", Words("Vitals not used: columns exchanged."))
    assert codes_of(replace(make_case(vitals=()), skipped=(refused,))) == (False, {"vitals_exchanged"})


def rows_of(values: dict[str, tuple[float, ...]]) -> list[tuple[str, float, float]]:
    return [(name, value, 6.0 - k) for name, series in values.items() for k, value in enumerate(series)]


def test_a_table_that_could_not_be_read_is_told_under_its_own_code() -> None:
    refused = SkippedFile(Path("vitals.csv"), "invalid_record", Words("Vitals not used: no time column."))
    other = SkippedFile(Path("readme.csv"), "not_an_input", Words("Neither an image nor a note."))
    assert codes_of(replace(make_case(vitals=()), skipped=(other, refused))) == (False, {"vitals_unreadable"})
