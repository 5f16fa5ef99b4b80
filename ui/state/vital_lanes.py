"""The vital signs of a case as lanes over time: arrays for drawing, the measurements themselves for telling."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.record import VITAL_SIGNS, VitalMeasurement, Vitals, VitalSign
from ui.state.time_axis import DAY, TimeAxis, wall_seconds

# Apart by more than this, measurements are of two stays.
LONGEST_GAP = 2 * DAY


@dataclass(frozen=True, eq=False)
class VitalLane:
    """One vital sign in time order: seconds [n] on the clock's face, values [n], is_plausible [n].

    limits: lowest and highest value to draw, with room around every plausible one and the reference range.
    """

    sign: VitalSign
    measurements: tuple[VitalMeasurement, ...]
    seconds: NDArray[np.float64]
    values: NDArray[np.float64]
    is_plausible: NDArray[np.bool_]
    limits: tuple[float, float]

    @property
    def last(self) -> VitalMeasurement | None:
        """The last plausible measurement."""
        return next((found for found in reversed(self.measurements) if found.is_plausible), None)

    @property
    def is_unusual(self) -> NDArray[np.bool_]:
        """Tell for each measurement whether it is outside its reference range or impossible."""
        low, high = self.sign.reference
        return ~self.is_plausible | (self.values < low) | (self.values > high)

    def within(self, axis: TimeAxis) -> slice:
        """Give the measurements that are seen, and one beyond each end, so that lines go on to the edge."""
        first = int(np.searchsorted(self.seconds, axis.start))
        last = int(np.searchsorted(self.seconds, axis.end, side="right"))
        return slice(max(0, first - 1), last + 1)

    def nearest(self, seconds: float) -> int | None:
        """Give the place of the measurement nearest in time."""
        at = bisect_left(self.seconds, seconds)
        places = [place for place in (at - 1, at) if 0 <= place < len(self.measurements)]
        return min(places, key=lambda place: abs(self.seconds[place] - seconds), default=None)


def lanes_of(tables: Iterable[Vitals]) -> tuple[VitalLane, ...]:
    """Give one lane for every vital sign, measured or not, from all tables together."""
    found: dict[str, list[VitalMeasurement]] = {sign.name: [] for sign in VITAL_SIGNS}
    for table in tables:
        for measurement in table.measurements:
            found[measurement.name].append(measurement)
    return tuple(_lane(sign, found[sign.name]) for sign in VITAL_SIGNS)


def thinned(
    xs: NDArray[np.float64], ys: NDArray[np.float64], *, room: float = 1.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keep the lowest and the highest point of every `room` pixels; few points stay as they are.

    xs, ys: [n] in pixels, xs ascending.
    """
    starts = np.flatnonzero(np.diff(np.floor(xs / room), prepend=-np.inf))
    if 2 * len(starts) >= len(xs):
        return xs, ys
    ends = np.column_stack([np.minimum.reduceat(ys, starts), np.maximum.reduceat(ys, starts)])
    return np.repeat(xs[starts], 2), ends.reshape(-1)


def _lane(sign: VitalSign, found: list[VitalMeasurement]) -> VitalLane:
    seconds = np.array([wall_seconds(one.time) for one in found], np.float64)
    order = np.argsort(seconds, kind="stable")
    values = np.array([one.value for one in found], np.float64)[order]
    plausible = np.array([one.is_plausible for one in found], np.bool_)[order]
    measurements = tuple(found[place] for place in order.tolist())
    return VitalLane(sign, measurements, seconds[order], values, plausible, _limits(sign, values[plausible]))


def _limits(sign: VitalSign, kept: NDArray[np.float64]) -> tuple[float, float]:
    low, high = sign.reference
    if kept.size:
        low, high = min(low, float(kept.min())), max(high, float(kept.max()))
    room = 0.12 * (high - low)
    return low - room, high + room
