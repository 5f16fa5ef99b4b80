"""From measurements to summary features per vital sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from medmm.core.record import VitalMeasurement, Vitals
from medmm.inference.model_input import PreparedVitals
from medmm.inference.vitals_series import to_series
from medmm.models.spec import VitalsSpec


def prepare_vitals(
    tables: Sequence[Vitals], spec: VitalsSpec, *, index_time: datetime | None = None
) -> PreparedVitals | None:
    """Summarise and standardise every vital sign; None when not one plausible value is left.

    Implausible values and values measured after index_time are left out.
    A missing sign has all its features at 0 (the training mean) and its flag at 1.
    """
    measured = usable_measurements(tables, index_time=index_time)
    by_name = {name: [m for m in measured if m.name == name] for name in spec.names}
    found = [m.time for series in by_name.values() for m in series]
    if not found:
        return None
    rows = [summarise(by_name[name], until=max(found)) for name in spec.names]
    last = tuple(by_name[name][-1].value if by_name[name] else None for name in spec.names)
    last_times = tuple(by_name[name][-1].time if by_name[name] else None for name in spec.names)
    is_missing = tuple(value is None for value in last)
    features = _standardise(rows, is_missing, spec)
    if not spec.is_series:
        return PreparedVitals(features, is_missing, last, last_times=last_times)
    series, times = to_series([m for m in measured if m.name in spec.names], spec)
    return PreparedVitals(features, is_missing, last, series, times, last_times)


def usable_measurements(tables: Sequence[Vitals], *, index_time: datetime | None) -> list[VitalMeasurement]:
    """Merge tables in time order without implausible values and values from after index_time."""
    limit = _naive(index_time) if index_time else datetime.max
    found = [m for table in tables for m in table.measurements if m.is_plausible and _naive(m.time) <= limit]
    return sorted(found, key=lambda m: _naive(m.time))


def summarise(series: Sequence[VitalMeasurement], *, until: datetime) -> tuple[float, ...]:
    """Give the statistics of VITAL_STATISTICS: last, mean, min, max, slope per hour, count, hours since the last value.

    Hours are counted to `until`, the last value of any sign: the same whether or not a film with its time is there.
    """
    if not series:
        return (0.0,) * 7
    values = np.array([m.value for m in series])
    hours = np.array([(_naive(m.time) - _naive(until)).total_seconds() / 3600 for m in series])
    return (
        float(values[-1]),
        float(values.mean()),
        float(values.min()),
        float(values.max()),
        _slope(hours, values),
        float(len(values)),
        float(-hours[-1]),
    )


def _slope(hours: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    # Least squares; one time only, or all at once, has no slope. A quarter hour is the least span that is believed.
    centred = hours - hours.mean()
    if np.ptp(hours) < 0.25:
        return 0.0
    return float((centred * (values - values.mean())).sum() / (centred**2).sum())


def _standardise(rows: Sequence[Sequence[float]], is_missing: Sequence[bool], spec: VitalsSpec) -> NDArray[np.float32]:
    shape = (len(spec.names), len(spec.statistics))
    scaled = (np.array(rows).reshape(shape) - np.array(spec.centre).reshape(shape)) / np.array(spec.scale).reshape(
        shape
    )
    missing = np.array(is_missing, dtype=np.float64)[:, None]
    scaled = np.where(missing > 0, 0.0, np.clip(scaled, -spec.limit, spec.limit))
    features: NDArray[np.float32] = np.concatenate([scaled, missing], axis=1).ravel().astype(np.float32)
    return features


def _naive(time: datetime) -> datetime:
    return time.replace(tzinfo=None)
