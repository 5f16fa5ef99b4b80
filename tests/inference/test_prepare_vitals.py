"""Vital signs on their way into the network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from medmm.inference.prepare_vitals import prepare_vitals, summarise, usable_measurements
from medmm.models.spec import VitalsSpec
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


def make_series_spec(max_steps: int = 64) -> VitalsSpec:
    return replace(make_vitals_spec(), encoder="tab.gru", max_steps=max_steps)


def test_a_series_holds_value_mask_and_gap_of_every_time() -> None:
    spec = make_series_spec()
    table = make_vitals(("heart_rate", 80, 4), ("spo2", 95, 4), ("heart_rate", 90, 1), ("spo2", 93, 0.5))

    prepared = prepare_vitals([table], spec)

    assert prepared is not None
    heart, oxygen = (prepared.series[:, spec.names.index(name)].tolist() for name in ("heart_rate", "spo2"))
    assert heart == [[80, 1, 0], [90, 1, 3], [0, 0, 0.5]]
    assert oxygen == [[95, 1, 0], [0, 0, 3], [93, 1, 3.5]]
    assert prepared.series[:, spec.names.index("temperature_c")].tolist() == [[0, 0, 0], [0, 0, 3], [0, 0, 3.5]]
    assert [NOON - time for time in prepared.times] == [timedelta(hours=h) for h in (4, 1, 0.5)]


def test_the_order_of_rows_and_tables_does_not_matter_to_a_series() -> None:
    one, two = make_vitals(("heart_rate", 80, 4), ("spo2", 95, 2)), make_vitals(("heart_rate", 90, 1))

    found = [prepare_vitals(tables, make_series_spec()) for tables in ([one, two], [two, one])]

    assert (found[0].series == found[1].series).all()


def test_more_times_than_steps_are_averaged_none_is_left_out() -> None:
    rows = [("heart_rate", 60.0 + k, 10.0 - k) for k in range(10)]

    prepared = prepare_vitals([make_vitals(*rows)], make_series_spec(max_steps=3))

    # Stretches of three hours from the first to the last: 60..62, 63..65, 66..69.
    assert prepared.series[:, 1, 0].tolist() == [61, 64, 67.5]
    assert prepared.series[:, 1, 1].tolist() == [1, 1, 1]


def test_a_model_of_summaries_gets_no_series() -> None:
    assert prepare_vitals([make_vitals(("spo2", 95, 1))], make_vitals_spec()).series is None
