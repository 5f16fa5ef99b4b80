"""The vital signs as they are looked at: which of them, over which stretch of time, and when the study was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from PySide6.QtCore import QObject, Signal

from medmm.core.image import StudyHeader
from medmm.core.prediction import VitalWeight
from medmm.core.record import VitalMeasurement
from medmm.workflow.order import header_moment
from medmm.workflow.vitals_window import model_window
from ui.language import tr
from ui.state.case_state import CaseState
from ui.state.time_axis import HOUR, TimeAxis, axis_over, wall_seconds
from ui.state.time_words import day_words, short_moment
from ui.state.vital_lanes import LONGEST_GAP, VitalLane, lanes_of
from ui.state.vital_words import measurement_lines

# A study years before the first vital sign is named at the edge instead of squeezing everything into a corner.
FARTHEST_STUDY = 3.0


@dataclass(frozen=True)
class StudyMark:
    """When the study shown was taken: seconds start..end, a whole day where its clock is not known."""

    start: float
    end: float
    label: str


class VitalsState(QObject):
    """What the chart and the table show; `axis` is None where nothing was measured.

    lanes_changed: other vital signs; changed: that, or another study or other weights; view_changed: zoom and pan.
    """

    lanes_changed = Signal()
    changed = Signal()
    view_changed = Signal()

    def __init__(self, cases: CaseState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._lanes: tuple[VitalLane, ...] = lanes_of(())
        self._axis: TimeAxis | None = None
        self._hidden: frozenset[str] = frozenset()
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._on_case_changed)
        for signal in (cases.result_changed, cases.finding_changed, cases.image_changed):
            signal.connect(self.changed)
        self._on_case_changed()

    @property
    def lanes(self) -> tuple[VitalLane, ...]:
        """The vital signs that are shown."""
        return tuple(lane for lane in self._lanes if lane.sign.name not in self._hidden)

    @property
    def all_lanes(self) -> tuple[VitalLane, ...]:
        """Every vital sign, shown or not."""
        return self._lanes

    @property
    def axis(self) -> TimeAxis | None:
        """The stretch of time that is seen."""
        return self._axis

    @property
    def study(self) -> StudyMark | None:
        """When the study shown was taken, as far as it says."""
        series = self._cases.series
        return study_mark(series.header) if series else None

    @property
    def window(self) -> tuple[float, float] | None:
        """From when to when a model may read values; None where any time will do."""
        window = model_window(self._cases.case) if self._cases.case else None
        return (wall_seconds(window[0]), wall_seconds(window[1])) if window else None

    def lines_of(self, measurement: VitalMeasurement) -> list[str]:
        """Say one measurement in full, and whether its time keeps it from the model."""
        window, seconds = self.window, wall_seconds(measurement.time)
        lines = measurement_lines(measurement)
        if window is not None and seconds > window[1]:
            lines.append(tr("after the study; not given to the model"))
        elif window is not None and seconds < window[0]:
            hours = f"{(window[1] - window[0]) / HOUR:g}"
            lines.append(tr("more than {n} h before the study; not given to the model").format(n=hours))
        return lines

    @property
    def weights(self) -> dict[str, VitalWeight]:
        """The weights for the selected finding, by vital sign."""
        explanation = self._cases.explanation
        return {weight.name: weight for weight in explanation.vitals} if explanation else {}

    @property
    def has_vitals(self) -> bool:
        """Tell whether anything was measured."""
        return self._axis is not None

    def is_shown(self, name: str) -> bool:
        """Tell whether a vital sign is shown."""
        return name not in self._hidden

    def show_sign(self, name: str, is_shown: bool) -> None:
        """Show or hide a vital sign; the last one stays."""
        hidden = self._hidden - {name} if is_shown else self._hidden | {name}
        if hidden != self._hidden and any(lane.sign.name not in hidden for lane in self._lanes):
            self._hidden = hidden
            self.lanes_changed.emit()
        self.changed.emit()

    def look(self, axis: TimeAxis) -> None:
        """Look at another stretch of time."""
        if axis != self._axis:
            self._axis = axis
            self.view_changed.emit()

    def _on_case_changed(self) -> None:
        case = self._cases.case
        self._lanes = lanes_of(case.vitals if case else ())
        self._axis = self._first_axis()
        self.lanes_changed.emit()
        self.changed.emit()

    def _first_axis(self) -> TimeAxis | None:
        # A ward stay months ago must not press the hours before the study into a corner; a double click shows it.
        whole, study = axis_over(self._times()), self.study
        if whole is None:
            return None
        seconds = np.unique(np.concatenate([lane.seconds for lane in self._lanes]))
        stays = np.split(seconds, np.flatnonzero(np.diff(seconds) > LONGEST_GAP) + 1)
        if len(stays) == 1:
            return whole
        times = [float(edge) for edge in stays[-1][[0, -1]]]
        if study is not None:
            near = min(stays, key=lambda stay: max(stay[0] - study.end, study.start - stay[-1]))
            times = [float(edge) for edge in near[[0, -1]]]
            is_next = max(times[0] - study.end, study.start - times[1]) < LONGEST_GAP
            times += [study.start, study.end] if is_next else []
        seen = axis_over(times) or whole
        return whole.between(seen.start, seen.end)

    def _times(self) -> list[float]:
        times = [float(seconds) for lane in self._lanes if len(lane.seconds) for seconds in lane.seconds[[0, -1]]]
        study = self.study
        if study is None or not times:
            return times
        span = max(times) - min(times)
        together = [*times, study.start, study.end]
        is_near = max(together) - min(together) <= FARTHEST_STUDY * max(span, timedelta(days=1).total_seconds())
        return together if is_near else times


def study_mark(header: StudyHeader) -> StudyMark | None:
    """Say when a series was taken; a date without a clock is its whole day."""
    taken = header_moment(header)
    if taken is None:
        return None
    modality = header.modality or tr("image")
    if taken.has_clock:
        at = wall_seconds(taken.time)
        return StudyMark(at, at, f"{modality} {short_moment(taken.time)}")
    midnight = taken.time.replace(hour=0, minute=0, second=0)
    words = tr("{modality} {day}, hour unknown").format(modality=modality, day=day_words(midnight))
    return StudyMark(wall_seconds(midnight), wall_seconds(midnight + timedelta(days=1)), words)
