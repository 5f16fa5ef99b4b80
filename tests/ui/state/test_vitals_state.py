"""Vital signs as lanes, words and table rows; expectations counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from medmm.core.image import MedicalImage
from medmm.core.record import VITAL_BY_NAME, VitalMeasurement, Vitals
from tests.ui.builders import make_case, make_image, make_result
from ui.state.case_state import CaseState
from ui.state.time_axis import DAY, TimeAxis, wall_seconds
from ui.state.vital_lanes import lanes_of, thinned
from ui.state.vital_words import level_of, measurement_lines, value_words
from ui.state.vitals_model import LEVEL_ROLE, VitalsModel
from ui.state.vitals_state import VitalsState, study_mark

EIGHT, NOON = datetime(2026, 11, 3, 8, 0), datetime(2026, 11, 3, 12, 0)


def measured(name: str, value: float, time: datetime = NOON, *, is_plausible: bool = True) -> VitalMeasurement:
    return VitalMeasurement(name, time, value, is_plausible)


def table(*measurements: VitalMeasurement) -> Vitals:
    return Vitals(measurements, Path("vitals.csv"))


def state_of(*tables: Vitals, image: MedicalImage | None = None) -> tuple[VitalsState, CaseState]:
    cases = CaseState()
    cases.select(cases.add(Path("/patients/a")))
    state = VitalsState(cases)
    cases.set_case(cases.key, replace(make_case(), vitals=tables, images=(image or make_image(),)))
    return state, cases


@pytest.mark.parametrize(
    ("value", "is_plausible", "level", "words"),
    [
        (37.0, True, "usual", "37"),
        (38.0, True, "usual", "38"),
        (39.1, True, "high", "39.1 ▲"),
        (35.0, True, "low", "35 ▼"),
        (60.0, False, "implausible", "60 ×"),
    ],
)
def test_a_value_says_by_a_sign_where_it_lies(value: float, is_plausible: bool, level: str, words: str) -> None:
    found = measured("temperature_c", value, is_plausible=is_plausible)

    assert level_of(found) == level
    assert value_words(found) == words


def test_a_measurement_is_told_in_full_with_the_reason_of_its_mark() -> None:
    high = replace(measured("temperature_c", 39.1), original="102.4 °F")

    assert measurement_lines(high) == [
        "Temperature 39.1 °C  ·  3 Nov 2026 12:00",
        "▲ above the reference range 36.1–38 °C",
        "written as 102.4 °F",
    ]
    assert measurement_lines(measured("heart_rate", 400, is_plausible=False))[1] == (
        "× impossible, outside 10 to 300 /min; not given to the model"
    )
    assert "diastolic not below systolic" in measurement_lines(measured("diastolic_bp", 90, is_plausible=False))[1]


def test_lanes_join_all_tables_in_time_order() -> None:
    lanes = lanes_of(
        [
            table(measured("spo2", 95)),
            table(measured("spo2", 97, EIGHT), measured("spo2", 10, NOON, is_plausible=False)),
        ]
    )
    spo2 = next(lane for lane in lanes if lane.sign.name == "spo2")

    assert [lane.sign.name for lane in lanes] == list(VITAL_BY_NAME)
    assert spo2.values.tolist() == [97, 95, 10]
    assert spo2.last is not None
    assert spo2.last.value == 95
    # 95 to the upper end 100 with 12 % room; the impossible 10 does not squeeze the others.
    assert spo2.limits == pytest.approx((94.4, 100.6))
    assert spo2.nearest(wall_seconds(EIGHT) + 60) == 0
    assert lanes[0].nearest(0.0) is None


def test_only_what_is_seen_and_one_beyond_each_end_is_drawn() -> None:
    lane = lanes_of([table(*(measured("spo2", 97, datetime(2026, 11, day)) for day in range(1, 11)))])[3]
    start = wall_seconds(datetime(2026, 11, 4, 12))

    assert lane.within(TimeAxis(start, start + 2 * DAY, 0, 1e12)) == slice(3, 7)


def test_thinning_keeps_the_extremes_of_every_pixel() -> None:
    xs = np.linspace(0, 10, 10_001)[:-1]
    ys = np.zeros(10_000)
    ys[1_500], ys[7_200] = 5.0, -3.0

    kept_xs, kept_ys = thinned(xs, ys)

    assert len(kept_xs) == 20
    assert (kept_ys[2:4].tolist(), kept_ys[14:16].tolist()) == ([0, 5], [-3, 0])
    assert thinned(np.arange(5.0), ys[:5])[0].tolist() == [0, 1, 2, 3, 4]


def test_the_study_time_is_on_the_axis_when_it_is_near() -> None:
    state, _ = state_of(table(measured("spo2", 97, EIGHT), measured("spo2", 96)))

    assert state.study is not None
    assert state.study.label == "CR 3 Nov 14:02"
    assert state.axis is not None
    assert 0 < state.axis.fraction(state.study.start) < 1


def test_a_study_years_away_does_not_squeeze_the_vital_signs() -> None:
    old = make_image()
    old = replace(old, header=replace(old.header, study_date="20190101"))
    state, _ = state_of(table(measured("spo2", 97, EIGHT), measured("spo2", 96)), image=old)

    assert state.axis is not None
    assert state.axis.span < DAY
    assert state.study is not None
    assert state.axis.fraction(state.study.end) < 0


def test_of_two_stays_the_one_before_the_study_is_shown_first_and_all_can_be_seen() -> None:
    old = [measured("spo2", 97, datetime(2026, 3, 1, hour)) for hour in (6, 12)]
    state, _ = state_of(table(*old, measured("spo2", 97, EIGHT), measured("spo2", 96)))

    assert state.axis is not None
    assert state.axis.span < DAY
    assert state.axis.fraction(wall_seconds(EIGHT)) > 0
    assert state.axis.fraction(state.study.start) < 1
    assert state.axis.reset().fraction(wall_seconds(datetime(2026, 3, 1, 6))) > 0


def test_a_study_date_without_a_clock_is_its_whole_day() -> None:
    image = make_image()
    mark = study_mark(replace(image.header, study_time=""))

    assert mark is not None
    assert mark.start == wall_seconds(datetime(2026, 11, 3))
    assert mark.end - mark.start == DAY
    assert "hour unknown" in mark.label
    assert study_mark(replace(image.header, study_date="")) is None


def test_the_last_vital_sign_cannot_be_hidden() -> None:
    state, _ = state_of(table(measured("spo2", 97)))

    for name in VITAL_BY_NAME:
        state.show_sign(name, False)

    assert len(state.lanes) == 1
    state.show_sign("heart_rate", True)
    assert state.is_shown("heart_rate")


def test_weights_follow_the_selected_finding() -> None:
    state, cases = state_of(table(measured("spo2", 97)))
    cases.set_result(cases.key, make_result())

    assert state.weights["temperature_c"].weight == 0.4
    cases.select_finding("nodule")
    assert state.weights == {}


def test_the_table_has_a_row_for_every_time_newest_first_and_a_dash_for_what_is_missing() -> None:
    state, _ = state_of(
        table(
            measured("temperature_c", 37.0, EIGHT),
            measured("temperature_c", 39.1),
            measured("heart_rate", 400, is_plausible=False),
            measured("spo2", 97, datetime(2026, 11, 2, 23, 0)),
        )
    )
    model = VitalsModel(state)
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]

    assert rows == [
        ["3 Nov\n12:00", "39.1 ▲", "400 ×", "—", "—"],
        ["08:00", "37", "—", "—", "—"],
        ["2 Nov\n23:00", "—", "—", "—", "97"],
    ]
    assert model.index(0, 2).data(LEVEL_ROLE) == "implausible"
    assert "not given to the model" in model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)


def test_two_values_at_one_time_are_both_shown() -> None:
    state, _ = state_of(table(measured("spo2", 97), measured("spo2", 91)))

    assert VitalsModel(state).index(0, 4).data() == "97 / 91 ▼"


def test_the_header_names_unit_range_and_weight() -> None:
    state, cases = state_of(table(measured("spo2", 97)))
    cases.set_result(cases.key, make_result())
    header = VitalsModel(state).headerData(1, Qt.Orientation.Horizontal)

    assert header == "Temp\n°C\n36.1–38\n+0.40"


def test_zoned_times_stand_where_the_clock_stood() -> None:
    state, _ = state_of(table(measured("spo2", 97, datetime(2026, 11, 3, 9, 30, tzinfo=UTC))))

    assert VitalsModel(state).index(0, 0).data() == "3 Nov\n09:30"


def test_values_that_no_model_reads_for_their_time_say_so() -> None:
    # The index time of the case is 3 Nov 2026 12:00, and models look back two days.
    state, _ = state_of(table(measured("spo2", 97)))
    late, old = datetime(2026, 11, 3, 12, 1), datetime(2026, 11, 1, 11, 59)

    assert state.lines_of(measured("spo2", 97, late))[-1] == "after the study; not given to the model"
    assert state.lines_of(measured("spo2", 97, old))[-1] == "more than 48 h before the study; not given to the model"
    assert len(state.lines_of(measured("spo2", 97, NOON))) == 1
