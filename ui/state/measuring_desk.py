"""What all viewports and panels measure on together."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.state.measurement_state import MeasurementState
from ui.state.readouts import Readouts


@dataclass(frozen=True)
class MeasuringDesk:
    """The measurements of the session and what they say."""

    state: MeasurementState = field(default_factory=MeasurementState)
    readouts: Readouts = field(default_factory=Readouts)
