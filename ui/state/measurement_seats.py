"""Where measurements lie among the series that can be looked at, whether their pixels are in memory or not."""

from __future__ import annotations

from dataclasses import dataclass

from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.measurement import Measurement
from medmm.imaging.measuring import Readout
from ui.state.case_state import CaseState
from ui.state.measuring_desk import MeasuringDesk


@dataclass(frozen=True)
class Seat:
    """The slice of a measurement; key: of its series, as `CaseState` knows it."""

    key: str
    image: MedicalImage
    slice_index: int


class MeasurementSeats:
    """Looks measurements up in what is open: the patient's series, and those of others that a viewport shows."""

    def __init__(self, desk: MeasuringDesk, cases: CaseState) -> None:
        self._desk, self._cases = desk, cases

    @property
    def series(self) -> tuple[SeriesSummary, ...]:
        """The series that measurements are looked up in."""
        own = self._cases.current.series if self._cases.current else ()
        shown = (self._cases.worklist.series(key) for key in sorted(self._cases.shown.keys))
        return tuple({one.key: one for one in (*own, *shown) if one is not None}.values())

    @property
    def documents(self) -> tuple[str, ...]:
        """The studies of these series; pictures outside any study count once they are in memory."""
        found = [one.header.study_uid for one in self.series if one.header.study_uid]
        for one in self.series:
            image = None if one.header.study_uid else self._cases.pixels.image(one.key)
            if image is not None:
                found += [key[0] for key in self._desk.readouts.slices(image)]
        return tuple(dict.fromkeys(found))

    def seat(self, measurement: Measurement) -> Seat | None:
        """Find the slice of a measurement; None while its series is not in memory."""
        for one in self.series:
            image = self._cases.pixels.image(one.key)
            index = None if image is None else self._desk.readouts.slices(image).get(measurement.place.key)
            if image is not None and index is not None:
                return Seat(one.key, image, index)
        return None

    def unread_series(self, measurement: Measurement) -> SeriesSummary | None:
        """Find the series that must be read before a measurement can be seen."""
        uid = measurement.place.series_uid
        stated = (one for one in self.series if uid and one.header.series_uid == uid)
        return next((one for one in stated if self._cases.pixels.image(one.key) is None), None)

    def readout(self, measurement: Measurement) -> tuple[Seat, Readout] | None:
        """Give what a measurement says, and where; None while its series is not in memory."""
        seat = self.seat(measurement)
        if seat is None:
            return None
        return seat, self._desk.read(measurement, seat.image, seat.slice_index)
