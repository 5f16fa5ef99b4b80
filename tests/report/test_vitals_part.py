"""The vitals table of the report."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from medmm.core.record import VitalMeasurement, Vitals
from medmm.report.value import VitalRow
from medmm.report.vitals_part import vitals_part
from tests.report.builders import INDEX_TIME, make_case, make_result


def rows_by_title() -> dict[str, VitalRow]:
    """The rows of the standard case."""
    return {row.title: row for row in vitals_part(make_case(), make_result()).rows}


def test_last_value_is_shown_with_its_side_and_distance() -> None:
    row = rows_by_title()["Temperature"]

    assert (row.last, row.unit, row.side, row.measured) == ("38.8", "°C", "above", "−2 h")
    assert (row.reference, row.spread) == ("36.1–38.0", "37.4–39.1, 5")


def test_value_inside_the_reference_has_no_side() -> None:
    assert rows_by_title()["Systolic BP"].side == ""
    assert rows_by_title()["SpO₂"].side == "below"


def test_implausible_value_is_kept_apart() -> None:
    row = rows_by_title()["Heart rate"]

    assert row.doubt == "1 implausible"
    assert row.spread == "88–112, 5"
    assert [point.is_plausible for point in row.points].count(False) == 1


def test_missing_sign_that_the_model_filled_in_says_so() -> None:
    row = rows_by_title()["Diastolic BP"]

    assert (row.last, row.measured, row.is_imputed, row.points) == ("–", "not measured", True, ())


def test_chart_runs_from_the_first_value_to_the_index_time() -> None:
    measured = (
        VitalMeasurement("spo2", INDEX_TIME - timedelta(hours=8), 96.0),
        VitalMeasurement("spo2", INDEX_TIME - timedelta(hours=2), 92.0),
    )

    part = vitals_part(make_case(vitals=(Vitals(measured, Path("v.csv")),)), make_result(explanations={}))

    assert [point.x for point in part.rows[0].points] == [0.0, 0.75]
    assert part.rows[0].points[0].y > part.rows[0].points[1].y
    assert (part.start, part.end) == ("−8 h", "index time")


def test_weights_belong_to_the_leading_finding() -> None:
    part = vitals_part(make_case(), make_result())

    assert part.finding == "Pneumonia"
    assert [row.weight_text for row in part.rows] == ["+0.21", "+0.08", "+0.12", "+0.15", "−0.03", "+0.01"]


def test_stored_result_shows_the_weighed_values_without_a_series() -> None:
    row = vitals_part(make_case(vitals=()), make_result()).rows[0]

    assert (row.last, row.points, row.measured) == ("38.8", (), "")


def test_no_vitals_gives_no_rows() -> None:
    assert vitals_part(make_case(vitals=()), make_result(explanations={})).rows == ()
