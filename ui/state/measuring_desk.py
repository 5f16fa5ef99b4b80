"""What all viewports and panels measure on together."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from medmm.core.image import MedicalImage
from medmm.core.measurement import Measurement, Point
from medmm.imaging.measuring import Readout
from ui.state.measurement_state import MeasurementState
from ui.state.measurement_words import detail_lines, main_text
from ui.state.readouts import Readouts


class Wishes(QObject):
    """What the desk asks for and tells.

    wanted: the numbers of a large region under the pointer (`Asked`), to be worked out elsewhere;
    learned: what a measurement on a computed plane says has become known.
    """

    wanted = Signal(object)
    learned = Signal()


@dataclass(frozen=True)
class Said:
    """What a measurement on a computed plane said, in words."""

    points: tuple[Point, ...]
    value: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class MeasuringDesk:
    """The measurements of the session and what they say."""

    state: MeasurementState = field(default_factory=MeasurementState)
    readouts: Readouts = field(default_factory=Readouts)
    wishes: Wishes = field(default_factory=Wishes)
    computed: dict[str, Said] = field(default_factory=dict)

    def read(self, measurement: Measurement, image: MedicalImage, slice_index: int) -> Readout:
        """Measure; a large region that is just being dragged says for a moment what it said before."""
        if measurement is not self.state.draft:
            readout = self.readouts.read(measurement, image, slice_index)
            self._remember(measurement, readout, image, slice_index)
            return readout
        readout, asked = self.readouts.read_draft(measurement, image, slice_index)
        if asked is not None:
            self.wishes.wanted.emit(asked)
        return readout

    def said(self, measurement: Measurement) -> Said | None:
        """Give what a measurement said when its computed plane was last seen; None before, and once it was moved."""
        said = self.computed.get(measurement.id)
        return said if said is not None and said.points == measurement.points else None

    def _remember(self, measurement: Measurement, readout: Readout, image: MedicalImage, slice_index: int) -> None:
        # The words, not the plane: it would keep its volume in memory.
        if image.cut is None or self.said(measurement) is not None:
            return
        value = main_text(measurement.kind, readout, image, slice_index)
        details = detail_lines(measurement.kind, readout, image, slice_index)
        self.computed[measurement.id] = Said(measurement.points, value, details)
        self.wishes.learned.emit()
