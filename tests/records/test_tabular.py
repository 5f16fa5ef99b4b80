"""Vital-sign tables: long and wide, units, strictness, and numbers equal to what was written."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medmm.core.errors import IdentityMismatch, InvalidRecord, UnreadableFile
from medmm.core.quality import Severity
from medmm.core.record import Vitals
from medmm.records.tabular import read_vitals

HEADER = "patient_id,time,temperature_c,heart_rate,respiratory_rate,spo2,systolic_bp,diastolic_bp"
ROWS = ("004211,2024-01-02 03:00,38.1,92,18,95,121,79", "004211,2024-01-02 04:00,37.4,88,17,96,118,75")


def table(tmp_path: Path, *lines: str, name: str = "vitals.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(("\n".join(lines) + "\n").encode())
    return path


def values(vitals: Vitals, name: str) -> list[float]:
    return [found.value for found in vitals.of(name)]


def warnings(vitals: Vitals) -> list[str]:
    return [note.code for note in vitals.notes if note.severity is Severity.WARNING]


def test_wide_table_gives_every_value_with_its_time(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, HEADER, *ROWS))

    assert values(vitals, "temperature_c") == [38.1, 37.4]
    assert values(vitals, "diastolic_bp") == [79.0, 75.0]
    assert vitals.of("spo2")[1].time == datetime(2024, 1, 2, 4)
    assert vitals.identity.patient_id == "004211"
    assert vitals.notes == ()


def test_rows_come_out_in_time_order(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, HEADER, ROWS[1], ROWS[0]))

    assert values(vitals, "heart_rate") == [92.0, 88.0]


def test_long_table_takes_loinc_codes_usual_names_and_ucum_units(tmp_path: Path) -> None:
    vitals = read_vitals(
        table(
            tmp_path,
            "patient_id,time,name,value,unit",
            "1,2024-01-02T03:00,8310-5,98.6,[degF]",
            "1,2024-01-02T03:00,心率,82,次/分",
            "1,2024-01-02T03:00,SBP,16,kPa",
            "1,2024-01-02T03:00,SpO2,0.97,1",
            "1,2024-01-02T03:00,RR,16,/min",
            "1,2024-01-02T03:00,diastolic blood pressure,80,mm[Hg]",
            "1,2024-01-02T03:00,potassium,4.1,mmol/L",
        )
    )

    # 98.6 °F is 37.0 °C; 16 kPa / 0.133322 kPa is 120.0102 mmHg.
    assert values(vitals, "temperature_c") == [pytest.approx(37.0, abs=1e-6)]
    assert values(vitals, "systolic_bp") == [pytest.approx(120.0102, abs=1e-4)]
    assert values(vitals, "spo2") == [97.0]
    assert values(vitals, "heart_rate") == [82.0]
    assert [note.message for note in vitals.notes] == ["Not used by MedMM: potassium."]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("temp_f", "101.3"),
        ("Temp (°F)", "101.3"),
        ("体温(℃)", "38.5"),
        ("temperature", "38.5 °C"),
        ("temperature", "101.3 F"),
        ("body_temp_k", "311.65"),
    ],
)
def test_a_declared_unit_of_temperature_is_converted(tmp_path: Path, column: str, cell: str) -> None:
    vitals = read_vitals(table(tmp_path, f"time,{column}", f"2024-01-02 03:00,{cell}"))

    assert values(vitals, "temperature_c") == [pytest.approx(38.5, abs=1e-6)]


def test_a_temperature_without_a_unit_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord) as caught:
        read_vitals(table(tmp_path, "time,temperature", "2024-01-02 03:00,101.3"))

    assert caught.value.message == "Vitals not used: temperature 101.3 has no unit"
    assert caught.value.hint == "Say C or F in the column name or in medmm.toml."


def test_units_and_columns_can_be_declared_from_outside(tmp_path: Path) -> None:
    path = table(tmp_path, "when,Fieber,sat", "2024-01-02 03:00,101.3,0.95")

    vitals = read_vitals(
        path, columns={"when": "time", "Fieber": "temperature"}, units={"Fieber": "F", "spo2": "fraction"}
    )

    assert values(vitals, "temperature_c") == [pytest.approx(38.5, abs=1e-6)]
    assert values(vitals, "spo2") == [95.0]


def test_a_declaration_that_meets_no_column_is_told(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, HEADER, *ROWS), units={"Feiber": "F", "spo2": "%", "pulse": "/min"})

    assert [note.message for note in vitals.notes] == ["medmm.toml declares 'Feiber', which the table does not have."]


@pytest.mark.parametrize(
    ("column", "cells", "found"),
    [
        (
            "temp_c",
            ("98.6", "99.1", "100.2"),
            "temp_c is read in °C, but its median is 99.1; 3 of 3 values look like °F",
        ),
        ("temp_c", ("37.0", "98.6", "37.2"), "1 of 3 values look like °F"),
        (
            "temp_f",
            ("37.0", "37.5", "38.0"),
            "temp_f is read in °F, but its median is 37.5; 3 of 3 values look like °C",
        ),
        ("sbp", ("15.9", "16.2"), "2 of 2 values look like kPa"),
        ("dbp", ("10.5", "11.2", "10.9"), "3 of 3 values look like kPa"),
        ("dbp_kpa", ("80", "75"), "dbp_kpa is read in kPa, but its median is 77.5; 2 of 2 values look like mmHg"),
        ("spo2", ("0.97", "0.95"), "2 of 2 values look like a fraction of 1"),
        ("spo2_fraction", ("97", "95"), "2 of 2 values look like %"),
    ],
)
def test_values_in_another_unit_than_said_refuse_the_table(
    tmp_path: Path, column: str, cells: tuple[str, ...], found: str
) -> None:
    lines = [f"2024-01-02 0{hour}:00,{cell}" for hour, cell in enumerate(cells)]

    with pytest.raises(InvalidRecord) as caught:
        read_vitals(table(tmp_path, f"time,{column}", *lines))

    assert found in caught.value.message


def test_units_that_contradict_each_other_refuse_the_table(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecord, match="is said to be in °C and in °F"):
        read_vitals(table(tmp_path, "time,temp_c", "2024-01-02 03:00,98.6 F"))


def test_joined_blood_pressure_is_split(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, "time,BP", "2024-01-02 03:00,120/80", "2024-01-02 04:00,118"))

    assert (values(vitals, "systolic_bp"), values(vitals, "diastolic_bp")) == ([120.0], [80.0])
    assert "value_unreadable" in warnings(vitals)


def test_impossible_values_are_kept_and_marked(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, HEADER, *ROWS, "004211,2024-01-02 05:00,37,999,16,97,120,80"))

    assert [found.is_plausible for found in vitals.of("heart_rate")] == [True, True, False]
    assert "Heart rate: 1 of 3 values outside 10 to 300 /min (first: 999 in line 4)" in vitals.notes[0].message


def test_a_diastolic_pressure_above_the_systolic_marks_both(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, HEADER, ROWS[0], "004211,2024-01-02 04:00,37,88,16,97,75,118"))

    assert [found.is_plausible for found in vitals.of("systolic_bp")] == [True, False]
    assert [found.is_plausible for found in vitals.of("diastolic_bp")] == [True, False]
    assert warnings(vitals) == ["diastolic_above_systolic"]


@pytest.mark.parametrize("cell", ["inf", "-inf", "1e308", "1e5", "9" * 400, "0x1F", "1_000", "١٢٣", "TRUE", "1,234"])
def test_what_is_no_plain_number_is_left_out_and_told(tmp_path: Path, cell: str) -> None:
    lines = [f"{hour};8{hour};97" for hour in range(3)]
    header = "time,heart_rate,spo2"
    rows = [f"2024-01-02 0{line.replace(';', ':00,', 1).replace(';', ',')}" for line in lines]

    vitals = read_vitals(table(tmp_path, header, *rows, f'2024-01-02 09:00,"{cell}",97'))

    assert values(vitals, "heart_rate") == [80.0, 81.0, 82.0]
    assert "value_unreadable" in warnings(vitals)


def test_decimal_commas_are_points_where_semicolons_separate(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, "time;temp_c", "2024-01-02 03:00;36,6"))

    assert values(vitals, "temperature_c") == [36.6]
    assert "decimal_comma" in warnings(vitals)


def test_blanks_are_missing_and_not_zero(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, "time,heart_rate,spo2", "2024-01-02 03:00,,97", "2024-01-02 04:00,NaN,96"))

    assert values(vitals, "heart_rate") == []
    assert vitals.notes[-1].message.startswith("Not measured in this table: Temperature, Heart rate, Respiratory rate")


def test_repeated_rows_count_once_and_contradictions_are_told(tmp_path: Path) -> None:
    other = ROWS[0].replace(",92,", ",99,")

    vitals = read_vitals(table(tmp_path, HEADER, ROWS[0], ROWS[0], other))

    assert values(vitals, "heart_rate") == [92.0, 99.0]
    assert warnings(vitals) == ["values_repeated", "values_contradict"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((), "has no header line with cells"),
        ((HEADER,), "has a header and no rows"),
        (ROWS, "has no column of a known vital sign"),
        (("time,heart_rate", "2024-01-02 03:00,80,1"), "line 2 has 3 cells, the header has 2"),
        (("time,heart_rate", "2024-01-02 03:00"), "line 2 has 1 cells, the header has 2"),
        (("time,heart_rate,note", '2024-01-02 03:00,80,"open'), "has a quote that is never closed"),
        (("time,heart_rate,heart_rate", "2024-01-02 03:00,80,90"), "has two columns named 'heart_rate'"),
        (
            ("time,heart_rate,pulse", "2024-01-02 03:00,80,90"),
            "has two columns for heart rate, 'heart_rate' and 'pulse'",
        ),
        (("heart_rate,spo2", "80,97"), "has no time column"),
        (("time,heart_rate", "2024-01-02 03:00,NULL"), "has 1 rows and no value that can be read"),
        (("time,heart_rate", "03/04/2024 03:00,80"), "the time '03/04/2024 03:00' in line 2 cannot be read"),
        (("time,heart_rate", ",80"), "line 2 has no time"),
        (("time,heart_rate", "2024-01-02 24:00,80"), "cannot be read"),
        (("time,heart_rate", "2024-01-02 03:00,80", "2024-01-02T04:00+01:00,80"), "mixes times with and without"),
        (("patient_id,time,heart_rate", ",2024-01-02 03:00,80"), "the column 'patient_id' is empty in every row"),
        (
            ("patient_id,time,heart_rate", "1,2024-01-02 03:00,80", ",2024-01-02 04:00,80"),
            r"rows of more than one patient id: '1' \(1 rows\), '' \(1 rows\)",
        ),
        ((f"time,heart_rate,{','.join(f'x{n}' for n in range(1000))}", "1"), "has 1,002 columns; at most 1,000"),
        (("time,heart_rate,note", f"2024-01-02 03:00,80,{'A' * 40_000}"), "has a cell of 40,000 characters"),
    ],
)
def test_damaged_or_ambiguous_tables_are_refused_with_the_place(
    tmp_path: Path, lines: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(InvalidRecord, match=reason) as caught:
        read_vitals(table(tmp_path, *lines))

    assert caught.value.hint


@pytest.mark.parametrize(
    ("lines", "values_found"),
    [
        (("patient_id,time,hr", "1,2024-01-02 03:00,80", "01,2024-01-02 04:00,80"), "'1' .*, '01'"),
        (("dob,time,hr", "19600101,2024-01-02 03:00,80", "19610101,2024-01-02 04:00,80"), "'19600101' .* '19610101'"),
    ],
)
def test_a_table_of_two_patients_is_a_conflict_of_identity(
    tmp_path: Path, lines: tuple[str, ...], values_found: str
) -> None:
    with pytest.raises(IdentityMismatch, match=values_found):
        read_vitals(table(tmp_path, *lines))


def test_nul_bytes_and_foreign_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "vitals.csv"
    path.write_bytes(b"time,heart_rate\n2024-01-02 03:00,8\x000\n")
    with pytest.raises(UnreadableFile, match="holds NUL bytes"):
        read_vitals(path)

    path.write_bytes("time,heart_rate,comment\n2024-01-02 03:00,80,发热\n".encode("gbk"))
    with pytest.raises(InvalidRecord, match="not text in a known encoding"):
        read_vitals(path)
    assert values(read_vitals(path, encoding="gbk"), "heart_rate") == [80.0]


def test_a_last_row_without_line_break_is_told(tmp_path: Path) -> None:
    path = tmp_path / "vitals.csv"
    path.write_bytes(f"{HEADER}\r\n{ROWS[0]}".encode())

    assert warnings(read_vitals(path)) == ["last_row_open"]


def test_quoted_line_breaks_and_formulas_in_other_columns_change_nothing(tmp_path: Path) -> None:
    vitals = read_vitals(
        table(tmp_path, "time,heart_rate,comment", '2024-01-02 03:00,80,"a\nb"', "2024-01-02 04:00,81,\r=1+1")
    )

    assert values(vitals, "heart_rate") == [80.0, 81.0]


def test_doubtful_times_are_told(tmp_path: Path) -> None:
    vitals = read_vitals(
        table(tmp_path, "time,heart_rate", "2999-01-02 03:00,80", "1900-01-01 03:00,81", "2024-01-02,82")
    )

    assert warnings(vitals)[:3] == ["time_in_future", "time_long_ago", "time_without_hour"]


def test_date_and_time_columns_are_joined(tmp_path: Path) -> None:
    vitals = read_vitals(table(tmp_path, "date,time,hr", "2024-01-02,03:00,80"))

    assert vitals.measurements[0].time == datetime(2024, 1, 2, 3)


def test_all_identity_columns_are_read(tmp_path: Path) -> None:
    vitals = read_vitals(
        table(tmp_path, "MRN,Name,DOB,Sex,time,hr", ' 00012345 ,"Smith, John",1970-01-31,male,2024-01-02 03:00,80')
    )

    found = vitals.identity
    assert (found.patient_id, found.name, found.birth_date, found.sex) == ("00012345", "Smith^John", "19700131", "M")
    assert "id_spaces" in warnings(vitals)


@settings(max_examples=50, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rates=st.lists(st.integers(30, 200), min_size=1, max_size=20),
    patient_id=st.text(alphabet="0123456789ABCxyz-", min_size=1, max_size=12).filter(str.strip),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_numbers_and_ids_survive_the_round_trip(
    tmp_path: Path, rates: list[int], patient_id: str, delimiter: str
) -> None:
    lines = [
        delimiter.join((patient_id, f"2024-01-02 {hour:02d}:00", f"{rate / 10:.1f}", str(rate)))
        for hour, rate in enumerate(rates)
    ]
    header = delimiter.join(("patient_id", "time", "respiratory_rate", "heart_rate"))

    vitals = read_vitals(table(tmp_path, header, *lines))

    assert vitals.identity.patient_id == patient_id
    assert values(vitals, "heart_rate") == [float(rate) for rate in rates]
    assert values(vitals, "respiratory_rate") == [rate / 10 for rate in rates]


def test_a_table_across_a_change_of_the_clocks_is_read_in_one_zone(tmp_path: Path) -> None:
    rows = ("2024-03-31T01:30+01:00,80", "2024-03-31T03:30+02:00,90")

    first, second = read_vitals(table(tmp_path, "time,heart_rate", *rows)).of("heart_rate")

    assert second.time.replace(tzinfo=None) - first.time.replace(tzinfo=None) == timedelta(hours=1)
