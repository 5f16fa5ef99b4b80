"""Vitals: plausible, correlated, with gaps, and telling of fever as the table says."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import numpy as np
import pytest

from medmm.simulate.person import Person, draw_person
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import FINDINGS, Truth, draw_truth
from medmm.simulate.vitals import LIMITS, LOINC, UNITS, Levels, VitalRow, draw_levels, draw_vitals


def make_truth(*present: str) -> Truth:
    drawn = draw_truth(open_stream(1, 1, "truth"))
    found = MappingProxyType({name: name in present for name in FINDINGS})
    quiet = replace(drawn, present=found, copd=False, failing=False, infection=False, scar=False)
    return replace(quiet, vitals_silent=False, age=60)


def make_person(index: int) -> Person:
    return draw_person(open_stream(9, index, "p"), seed=9, index=index, age=60, is_female=False, language="en")


def levels_of(truth: Truth, n: int = 400) -> list[Levels]:
    return [draw_levels(open_stream(9, index, "levels"), truth) for index in range(n)]


def rows_of(index: int, *present: str) -> tuple[VitalRow, ...]:
    levels = draw_levels(open_stream(9, index, "levels"), make_truth(*present))
    return draw_vitals(open_stream(9, index, "vitals"), levels, make_person(index))


def test_fever_runs_with_most_pneumonias_and_few_others() -> None:
    ill, well = levels_of(make_truth("pneumonia")), levels_of(make_truth())

    # .76 and .03 by the table; three standard errors of 400 draws are .07.
    assert np.mean([level.has_fever for level in ill]) == pytest.approx(0.77, abs=0.07)
    assert np.mean([level.has_fever for level in well]) < 0.07
    assert np.mean([level.temperature for level in ill]) > np.mean([level.temperature for level in well]) + 1


def test_pneumothorax_lowers_saturation_and_drives_heart_and_breath() -> None:
    ill, well = levels_of(make_truth("pneumothorax")), levels_of(make_truth())

    assert np.mean([level.spo2 for level in ill]) < np.mean([level.spo2 for level in well]) - 2
    assert np.mean([level.respiratory_rate for level in ill]) > np.mean([level.respiratory_rate for level in well]) + 3


def test_values_and_units_are_plausible() -> None:
    names = {code: name for name, code in LOINC.items()} | {name: name for name in LOINC}
    for index in range(40):
        for row in rows_of(index, "pneumonia", "pulmonary_edema"):
            name = names[row.name]
            low, high = LIMITS[name]
            assert low <= float(row.value) <= high
            assert row.unit == UNITS[name]


def test_systolic_stays_above_diastolic() -> None:
    pairs = 0
    for index in range(40):
        values = {(row.time, row.name): float(row.value) for row in rows_of(index)}
        for (time, name), systolic in values.items():
            if name == "systolic_bp" and (time, "diastolic_bp") in values:
                pairs += 1
                assert systolic > values[time, "diastolic_bp"] + 10
    assert pairs > 100


def test_rows_span_hours_in_order_and_have_gaps() -> None:
    spans, shares = [], []
    for index in range(30):
        rows = rows_of(index)
        times = [datetime.fromisoformat(row.time) for row in rows]
        assert times == sorted(times)
        spans.append((times[-1] - times[0]).total_seconds() / 3600)
        shares.append(len(rows) / (6 * len(set(times))))
    assert min(spans) > 3.5
    assert max(spans) < 24.5
    assert 0.75 < np.mean(shares) < 0.95


def test_some_tables_use_loinc_codes() -> None:
    coded = np.mean([rows_of(index)[0].name in LOINC.values() for index in range(200)])

    assert coded == pytest.approx(0.15, abs=0.08)
