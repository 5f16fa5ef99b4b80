"""Can these numbers be what their column says? Wrong units refuse the table; impossible values are marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median

from medmm.core.errors import ExchangedColumns, WrongUnit
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.record import VITAL_BY_NAME, VitalMeasurement
from medmm.core.words import Words
from medmm.records.readings import Reading
from medmm.records.units import CONVERSIONS, to_canonical

# Where the median of a column of living patients can lie, in canonical units: wide on purpose, yet narrow enough
# that no column in another unit of CONVERSIONS falls inside (97 °F, 16 kPa, 0.97, 310 K, and 37 °C said to be °F).
MEDIAN_BANDS: dict[str, tuple[float, float]] = {
    "temperature_c": (28.0, 44.0),
    "heart_rate": (15.0, 280.0),
    "respiratory_rate": (3.0, 90.0),
    "spo2": (40.0, 100.0),
    "systolic_bp": (40.0, 300.0),
    "diastolic_bp": (15.0, 200.0),
}
MAX_FOREIGN_SHARE = 0.2
MIN_PAIRS = 3


def check_units(readings: Sequence[Reading], path: Path) -> None:
    """Refuse a table in which a column's values fit another unit better than its own, or two columns are exchanged.

    Raises WrongUnit, ExchangedColumns.
    """
    _check_rates(readings, path)
    columns: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        columns[reading.sign, reading.unit].append(reading)
    for column in columns.values():
        _check_column(column, path)


def mark_implausible(readings: Sequence[Reading]) -> tuple[VitalMeasurement, ...]:
    """Turn readings into measurements in time order; those outside hard limits, or with a diastolic pressure not
    below the systolic one of the same time, are kept and marked."""
    crossed = _crossed_times(readings)
    pressures = ("systolic_bp", "diastolic_bp")
    measurements = [
        VitalMeasurement(
            name=reading.sign,
            time=reading.time,
            value=reading.canonical,
            is_plausible=_is_possible(reading) and not (reading.sign in pressures and reading.time in crossed),
            original=_original(reading),
        )
        for reading in readings
    ]
    return tuple(sorted(measurements, key=lambda found: found.time))


def plausibility_notes(readings: Sequence[Reading]) -> tuple[QualityNote, ...]:
    """Say how many values were marked, and why."""
    return (*_impossible_notes(readings), *_crossed_notes(readings))


def _check_rates(readings: Sequence[Reading], path: Path) -> None:
    # Before the medians: a heart rate of 14 lies in no band, and no unit explains it.
    breaths = {reading.time: reading.canonical for reading in readings if reading.sign == "respiratory_rate"}
    hearts = [reading for reading in readings if reading.sign == "heart_rate" and reading.time in breaths]
    n_wrong = sum(heart.canonical <= breaths[heart.time] for heart in hearts)
    if len(hearts) < MIN_PAIRS or 2 * n_wrong <= len(hearts):
        return
    raise ExchangedColumns(
        Words(
            "Vitals not used: at {n_wrong} of {n_pairs} times the heart rate does not exceed the respiratory rate; "
            "the columns seem exchanged",
            n_wrong=n_wrong,
            n_pairs=len(hearts),
        ),
        Words("Look at the names of the two columns."),
        path,
    )


def _check_column(column: list[Reading], path: Path) -> None:
    first = column[0]
    sign = VITAL_BY_NAME[first.sign]
    foreign = [unit for unit in (_better_unit(reading) for reading in column) if unit]
    middle = median(reading.canonical for reading in column)
    low, high = MEDIAN_BANDS[first.sign]
    if len(foreign) <= MAX_FOREIGN_SHARE * len(column) and low <= middle <= high:
        return
    written = median(reading.value for reading in column)
    fits = sorted(unit for unit in CONVERSIONS[first.sign] if unit != first.unit and _fits(written, unit, first.sign))
    other = foreign[0] if foreign else next(iter(fits), "")
    looks = Words("no unit fits")
    if other:
        looks = Words(
            "{n_foreign} of {n_values} values look like {unit}",
            n_foreign=len(foreign) or len(column),
            n_values=len(column),
            unit=_named(other),
        )
    raise WrongUnit(
        Words(
            "Vitals not used: {label} is read in {unit}, but its median is {written:g}; {looks}",
            label=first.label,
            unit=first.unit,
            written=written,
            looks=looks,
        ),
        Words("Say the unit of {title} in the column name or under [units] in medmm.toml.", title=sign.title),
        path,
    )


def _named(unit: str) -> str:
    return Words("a fraction of 1") if unit == "fraction" else unit


def _fits(value: float, unit: str, sign: str) -> bool:
    low, high = MEDIAN_BANDS[sign]
    return low <= to_canonical(value, unit, sign) <= high


def _better_unit(reading: Reading) -> str:
    if _is_possible(reading):
        return ""
    others = (unit for unit in CONVERSIONS[reading.sign] if unit != reading.unit)
    return next((unit for unit in others if _fits(reading.value, unit, reading.sign)), "")


def _is_possible(reading: Reading) -> bool:
    low, high = VITAL_BY_NAME[reading.sign].plausible
    return low <= reading.canonical <= high


def _original(reading: Reading) -> str:
    return reading.written if not reading.written[-1:].isdigit() else f"{reading.written} {reading.unit}"


def _crossed_times(readings: Sequence[Reading]) -> set[datetime]:
    lowest: dict[datetime, float] = {}
    for reading in readings:
        if reading.sign == "systolic_bp":
            lowest[reading.time] = min(reading.canonical, lowest.get(reading.time, reading.canonical))
    upper = [reading for reading in readings if reading.sign == "diastolic_bp" and reading.time in lowest]
    return {reading.time for reading in upper if reading.canonical >= lowest[reading.time]}


def _impossible_notes(readings: Sequence[Reading]) -> Iterator[QualityNote]:
    for name, sign in VITAL_BY_NAME.items():
        column = [reading for reading in readings if reading.sign == name]
        wrong = [reading for reading in column if not _is_possible(reading)]
        if wrong:
            low, high = sign.plausible
            yield QualityNote(
                "value_impossible",
                Words(
                    "{title}: {n_wrong} of {n_column} values outside {low:g} to {high:g} {unit} "
                    "(first: {written} in line {line}) are shown but not given to the model.",
                    title=sign.title,
                    n_wrong=len(wrong),
                    n_column=len(column),
                    low=low,
                    high=high,
                    unit=sign.unit,
                    written=wrong[0].written,
                    line=wrong[0].line,
                ),
                Severity.WARNING,
                InputKind.VITALS,
            )


def _crossed_notes(readings: Sequence[Reading]) -> Iterator[QualityNote]:
    crossed = _crossed_times(readings)
    if crossed:
        yield QualityNote(
            "diastolic_above_systolic",
            Words(
                "At {n_crossed} times the diastolic pressure is not below the systolic one; these pressures are shown "
                "but not given to the model.",
                n_crossed=len(crossed),
            ),
            Severity.WARNING,
            InputKind.VITALS,
        )
