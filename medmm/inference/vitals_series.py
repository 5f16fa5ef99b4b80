"""From measurements to steps in time: value, mask and gap of every vital sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from medmm.core.record import VitalMeasurement
from medmm.models.spec import VitalsSpec


def to_series(
    measured: Sequence[VitalMeasurement], spec: VitalsSpec
) -> tuple[NDArray[np.float32], tuple[datetime, ...]]:
    """Give [T, signs, 3] of (standardised value, is measured, hours since the sign's last value), and the T times.

    What was not measured is 0 with its flag at 0; a gap before a sign's first value counts from the first step.
    Values of one sign at one time are averaged; where there are more times than spec.max_steps, those of one of
    max_steps even stretches are one step: nothing is left out.
    """
    steps = _steps([m.time.replace(tzinfo=None) for m in measured], spec.max_steps)
    times = sorted(set(steps))
    values = np.zeros((len(times), len(spec.names)))
    counts = np.zeros_like(values)
    for measurement, step in zip(measured, steps, strict=True):
        place = (times.index(step), spec.names.index(measurement.name))
        values[place] += _scaled(measurement, spec)
        counts[place] += 1
    is_measured = counts > 0
    means = np.divide(values, counts, out=np.zeros_like(values), where=is_measured)
    hours = np.array([(time - times[0]).total_seconds() / 3600 for time in times])
    series = np.stack([means, is_measured, _gaps(hours, is_measured)], axis=-1)
    return np.asarray(series, dtype=np.float32), tuple(times)


def _steps(times: Sequence[datetime], most: int) -> list[datetime]:
    if len(set(times)) <= most:
        return list(times)
    first = min(times)
    width = (max(times) - first) / most
    # The last moment ends the last stretch instead of beginning one more.
    return [first + width * min(most - 1, int((time - first) / width)) + width / 2 for time in times]


def _scaled(measurement: VitalMeasurement, spec: VitalsSpec) -> float:
    place = spec.names.index(measurement.name) * len(spec.statistics) + spec.statistics.index("last")
    scaled = (measurement.value - spec.centre[place]) / spec.scale[place]
    return float(np.clip(scaled, -spec.limit, spec.limit))


def _gaps(hours: NDArray[np.float64], is_measured: NDArray[np.bool_]) -> NDArray[np.float64]:
    # Che et al. 2018, eq. 2: the gap grows from step to step and begins anew after each value.
    gaps = np.zeros(is_measured.shape)
    for step in range(1, len(hours)):
        passed = hours[step] - hours[step - 1]
        gaps[step] = passed + np.where(is_measured[step - 1], 0.0, gaps[step - 1])
    return gaps
