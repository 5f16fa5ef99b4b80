"""Vital signs on their way into the network."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from medmm.inference.prepare_vitals import prepare_vitals, summarise, usable_measurements
from tests.inference.builders import NOON, make_vitals
from tests.models.builders import make_vitals_spec


def test_statistics_of_three_values() -> None:
    table = make_vitals(("heart_rate", 80, 3), ("heart_rate", 90, 2), ("heart_rate", 100, 1))

    statistics = summarise(table.of("heart_rate"), until=NOON)

    # last, mean, min, max, slope per hour, count, hours since
    assert statistics == pytest.approx((100, 90, 80, 100, 10, 3, 1))


def test_missing_sign_has_zeros_and_its_flag() -> None:
    spec = make_vitals_spec()

    prepared = prepare_vitals([make_vitals(("heart_rate", 80, 1))], spec)

    assert prepared is not None
    assert prepared.features[spec.columns_of("spo2")].tolist() == [0, 0, 0, 0, 0, 0, 0, 1]
    assert prepared.features[spec.columns_of("heart_rate")].tolist() == [80, 80, 80, 80, 0, 1, 0, 0]
    assert dict(zip(spec.names, prepared.last, strict=True))["spo2"] is None


def test_implausible_and_later_values_are_left_out() -> None:
    late = make_vitals(("spo2", 70, -1), ("spo2", 95, 1))
    wrong = make_vitals(("heart_rate", 900, 1), implausible=frozenset({"heart_rate"}))

    kept = usable_measurements([late, wrong], index_time=NOON)

    assert [(m.name, m.value) for m in kept] == [("spo2", 95)]


def test_table_without_a_usable_value_counts_as_absent() -> None:
    wrong = make_vitals(("heart_rate", 900, 1), implausible=frozenset({"heart_rate"}))

    assert prepare_vitals([wrong], make_vitals_spec()) is None


def test_values_at_one_time_have_no_slope() -> None:
    table = make_vitals(("heart_rate", 80, 1), ("heart_rate", 120, 1))

    assert summarise(table.of("heart_rate"), until=NOON)[4] == 0


def test_time_zone_of_the_index_time_does_not_stop_the_comparison() -> None:
    later = (NOON + timedelta(hours=1)).replace(tzinfo=UTC)

    assert len(usable_measurements([make_vitals(("spo2", 95, 1))], index_time=later)) == 1


def test_two_tables_are_one_series() -> None:
    spec = make_vitals_spec()
    apart = prepare_vitals([make_vitals(("spo2", 90, 2)), make_vitals(("spo2", 96, 1))], spec)
    together = prepare_vitals([make_vitals(("spo2", 90, 2), ("spo2", 96, 1))], spec)

    assert apart is not None
    assert together is not None
    assert apart.features.tolist() == together.features.tolist()
