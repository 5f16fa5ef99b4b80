"""What all viewports and panels measure on together."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from medmm.core.image import MedicalImage
from medmm.core.measurement import Measurement
from medmm.imaging.measuring import Readout
from ui.state.measurement_state import MeasurementState
from ui.state.readouts import Readouts


class Wishes(QObject):
    """Says that the numbers of a large region under the pointer are wanted (`Asked`), to be worked out elsewhere."""

    wanted = Signal(object)


@dataclass(frozen=True)
class MeasuringDesk:
    """The measurements of the session and what they say."""

    state: MeasurementState = field(default_factory=MeasurementState)
    readouts: Readouts = field(default_factory=Readouts)
    wishes: Wishes = field(default_factory=Wishes)

    def read(self, measurement: Measurement, image: MedicalImage, slice_index: int) -> Readout:
        """Measure; a large region that is just being dragged says for a moment what it said before."""
        if measurement is not self.state.draft:
            return self.readouts.read(measurement, image, slice_index)
        readout, asked = self.readouts.read_draft(measurement, image, slice_index)
        if asked is not None:
            self.wishes.wanted.emit(asked)
        return readout
