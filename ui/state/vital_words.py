"""Vital signs in words: names, values with sign, what is outside which range and why."""

from __future__ import annotations

from typing import Literal

from medmm.core.prediction import VitalWeight
from medmm.core.record import VITAL_BY_NAME, VitalMeasurement, VitalSign
from ui.language import tr
from ui.state.time_words import moment_words
from ui.state.why_words import signed_fine

Level = Literal["high", "low", "usual", "implausible"]
LEVEL_SIGNS: dict[Level, str] = {"high": "▲", "low": "▼", "usual": "", "implausible": "×"}
NO_VALUE = "—"


def level_of(measurement: VitalMeasurement) -> Level:
    """Say where a value lies against its reference range."""
    low, high = VITAL_BY_NAME[measurement.name].reference
    if not measurement.is_plausible:
        return "implausible"
    if measurement.value > high:
        return "high"
    return "low" if measurement.value < low else "usual"


def sign_title(sign: VitalSign) -> str:
    """Give a vital sign's name for people."""
    titles = {
        "temperature_c": tr("Temperature"),
        "heart_rate": tr("Heart rate"),
        "respiratory_rate": tr("Respiratory rate"),
        "spo2": tr("SpO₂"),
        "systolic_bp": tr("Systolic BP"),
        "diastolic_bp": tr("Diastolic BP"),
    }
    return titles.get(sign.name, sign.title)


def short_title(sign: VitalSign) -> str:
    """Give a vital sign's name where there is little room."""
    titles = {
        "temperature_c": tr("Temp"),
        "heart_rate": tr("HR"),
        "respiratory_rate": tr("RR"),
        "spo2": tr("SpO₂"),
        "systolic_bp": tr("Sys"),
        "diastolic_bp": tr("Dia"),
    }
    return titles.get(sign.name, sign.title)


def range_words(sign: VitalSign) -> str:
    """Write the reference range: 36.1–38."""
    return f"{sign.reference[0]:g}–{sign.reference[1]:g}"


def value_words(measurement: VitalMeasurement) -> str:
    """Write a value with the sign of being outside: 39.1 ▲."""
    return f"{measurement.value:g} {LEVEL_SIGNS[level_of(measurement)]}".rstrip()


def measurement_lines(measurement: VitalMeasurement) -> list[str]:
    """Say one measurement in full: what and when, and what is unusual about it."""
    sign = VITAL_BY_NAME[measurement.name]
    what = f"{sign_title(sign)} {measurement.value:g} {sign.unit}"
    lines = [f"{what}  ·  {moment_words(measurement.time)}"]
    reason = unusual_words(measurement)
    if reason:
        lines.append(reason)
    written = measurement.original
    if written and written not in (f"{measurement.value:g}", f"{measurement.value:g} {sign.unit}"):
        lines.append(tr("written as {text}").format(text=written))
    return lines


def unusual_words(measurement: VitalMeasurement) -> str:
    """Say why a value is marked; empty for one within its range."""
    sign, level = VITAL_BY_NAME[measurement.name], level_of(measurement)
    place = {"range": range_words(sign), "unit": sign.unit}
    if level == "high":
        return tr("▲ above the reference range {range} {unit}").format(**place)
    if level == "low":
        return tr("▼ below the reference range {range} {unit}").format(**place)
    if level == "usual":
        return ""
    low, high = sign.plausible
    if low <= measurement.value <= high:
        return tr("× diastolic not below systolic at this time; not given to the model")
    words = tr("× impossible, outside {low} to {high} {unit}; not given to the model")
    return words.format(low=f"{low:g}", high=f"{high:g}", unit=sign.unit)


def weight_words(weight: VitalWeight | None) -> str:
    """Write a vital sign's weight for the selected finding, empty without one."""
    return "" if weight is None else signed_fine(weight.weight)
