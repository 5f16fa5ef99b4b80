"""What the course of vital signs gives away: a frozen monitor, two columns exchanged, values of two patients mixed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean

from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import VITAL_BY_NAME, VitalMeasurement
from medmm.core.words import Words, in_a_row
from medmm.inference.clock import seconds_between

# A rate that nurses write down as 16 stays 16 for a day, but not the heart rate and not a pressure; three signs that
# never move by a digit, one of these among them, were not measured.
MIN_FROZEN_SIGNS, MIN_FROZEN_VALUES, MIN_FROZEN_HOURS = 3, 3, 2.0
NEVER_STILL = frozenset({"heart_rate", "systolic_bp", "diastolic_bp"})
MIN_PAIRS = 3
# Changes within an hour beyond these are rare even in intensive care, and grow as the root of the time between; where
# more than three in ten are larger and most are taken back at once, the rows are of two patients. One who is treated
# or gets worse goes one way.
HOURLY_JUMP = {
    "temperature_c": 1.0, "heart_rate": 28.0, "respiratory_rate": 8.5, "spo2": 7.0, "systolic_bp": 32.0,
    "diastolic_bp": 21.0,
}  # fmt: skip
MAX_JUMP_SHARE, MIN_REVERSALS, MIN_STEPS, MIN_ERRATIC_SIGNS = 0.3, 0.6, 2, 2
HOUR_S = 3600.0


def refuse_course(measured: Sequence[VitalMeasurement]) -> QualityNote | None:
    """Give the first reason why the course of plausible values cannot be that of one patient; None when it can."""
    by_sign = {name: [m for m in measured if m.name == name] for name in VITAL_BY_NAME}
    series = {name: values for name, values in by_sign.items() if values}
    return _exchanged(series) or _frozen(series) or _erratic(series)


def _frozen(series: dict[str, list[VitalMeasurement]]) -> QualityNote | None:
    long = {name: values for name, values in series.items() if _is_long(values)}
    still = [name for name, values in long.items() if len({m.value for m in values}) == 1]
    if len(still) < MIN_FROZEN_SIGNS or len(still) < len(long) or not NEVER_STILL & set(still):
        return None
    return _note(
        "vitals_constant",
        Words(
            "{signs} never change over {n_values} values each; such a table was filled in, not measured.",
            signs=in_a_row(VITAL_BY_NAME[name].title for name in still),
            n_values=min(len(long[name]) for name in still),
        ),
    )


def _is_long(values: Sequence[VitalMeasurement]) -> bool:
    hours = seconds_between(values[0].time, values[-1].time) / HOUR_S
    return len(values) >= MIN_FROZEN_VALUES and hours >= MIN_FROZEN_HOURS


def _exchanged(series: dict[str, list[VitalMeasurement]]) -> QualityNote | None:
    # Nobody breathes as often as the heart beats: the two columns were exchanged.
    breaths = {m.time: m.value for m in series.get("respiratory_rate", [])}
    pairs = [(m.value, breaths[m.time]) for m in series.get("heart_rate", []) if m.time in breaths]
    n_wrong = sum(heart <= breath for heart, breath in pairs)
    if len(pairs) < MIN_PAIRS or 2 * n_wrong <= len(pairs):
        return None
    return _note(
        "vitals_exchanged",
        Words(
            "At {n_wrong} of {n_pairs} times the heart rate ({heart:.0f}/min on average) does not exceed the "
            "respiratory rate ({breath:.0f}/min); the columns seem exchanged.",
            n_wrong=n_wrong,
            n_pairs=len(pairs),
            heart=mean(heart for heart, _ in pairs),
            breath=mean(breath for _, breath in pairs),
        ),
    )


def _erratic(series: dict[str, list[VitalMeasurement]]) -> QualityNote | None:
    wild = [name for name, values in series.items() if _goes_to_and_fro(values, HOURLY_JUMP[name])]
    if len(wild) < MIN_ERRATIC_SIGNS:
        return None
    return _note(
        "vitals_erratic",
        Words(
            "{signs} jump from value to value as no patient's do; the rows may be of two patients.",
            signs=in_a_row(VITAL_BY_NAME[name].title for name in wild),
        ),
    )


def _goes_to_and_fro(values: Sequence[VitalMeasurement], hourly: float) -> bool:
    steps = [
        (later.value - sooner.value) / max(1.0, seconds_between(sooner.time, later.time) / HOUR_S) ** 0.5
        for sooner, later in pairwise(values)
    ]
    if len(steps) < MIN_STEPS:
        return False
    n_large = sum(abs(step) > hourly for step in steps)
    n_taken_back = sum(first * second < 0 for first, second in pairwise(steps))
    are_large = n_large > MAX_JUMP_SHARE * len(steps)
    return are_large and bool(n_taken_back >= MIN_REVERSALS * (len(steps) - 1))


def _note(code: str, message: Words) -> QualityNote:
    return QualityNote(code, message, Severity.WARNING, InputKind.VITALS)
