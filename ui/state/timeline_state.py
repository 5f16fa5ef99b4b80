"""The timeline as it is looked at: what stands on it, which stretch is seen, what is shown and what the keys are on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from medmm.core.image import SeriesSummary
from medmm.core.quality import InputKind
from medmm.workflow.patient_groups import is_surely_same_patient
from medmm.workflow.timeline import TimelineItem, timeline_of
from ui.state.case_state import CaseState
from ui.state.time_axis import TimeAxis, axis_over, wall_seconds
from ui.state.vitals_state import VitalsState


class TimelineState(QObject):
    """`changed`: other items, or another one is shown; `view_changed`: zoom, pan, or the keys are on another item.

    opened: an item was chosen; the study or note is selected already, a listener may bring its panel to the front.
    """

    changed = Signal()
    view_changed = Signal()
    opened = Signal(object)

    def __init__(self, cases: CaseState, vitals: VitalsState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases, self._vitals = cases, vitals
        self._items: tuple[TimelineItem, ...] = ()
        self._elsewhere: tuple[SeriesSummary, ...] = ()
        self._axis: TimeAxis | None = None
        self._cursor = -1
        for signal in (cases.current_changed, cases.case_changed):
            signal.connect(self._on_case_changed)
        for signal in (cases.worklist.rowsInserted, cases.worklist.rowsRemoved, cases.worklist.dataChanged):
            signal.connect(self._on_others_changed)
        for signal in (cases.image_changed, cases.note_changed, vitals.lanes_changed):
            signal.connect(self.changed)
        self._on_case_changed()

    @property
    def items(self) -> tuple[TimelineItem, ...]:
        """Everything on the timeline, the earliest first, undated ones last."""
        return self._items

    @property
    def axis(self) -> TimeAxis | None:
        """The stretch of time that is seen; None where nothing has a date."""
        return self._axis

    @property
    def has_case(self) -> bool:
        """Tell whether a patient is shown."""
        return self._cases.case is not None

    @property
    def cursor(self) -> int:
        """The item that the keys are on, -1 for none."""
        return self._cursor

    @property
    def marks(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Give the seconds [n] of every vital sign measured, and [n] whether it is outside its range or impossible."""
        lanes = self._vitals.all_lanes
        return np.concatenate([lane.seconds for lane in lanes]), np.concatenate([lane.is_unusual for lane in lanes])

    @property
    def shown_study(self) -> TimelineItem | None:
        """The study whose series is selected."""
        places = [place for place, series in enumerate(self._series) if series.key == self._cases.series_key]
        studies = (item for item in self._items if item.kind is InputKind.IMAGE)
        return next((item for item in studies if places and places[0] in item.places), None)

    def is_shown(self, item: TimelineItem) -> bool:
        """Tell whether an item is what the window shows."""
        if item.kind is InputKind.IMAGE:
            return item is self.shown_study
        return item.kind is InputKind.NOTE and self._cases.note_index in item.places

    def look(self, axis: TimeAxis) -> None:
        """Look at another stretch of time."""
        if axis != self._axis:
            self._axis = axis
            self.view_changed.emit()

    def put_cursor(self, place: int) -> None:
        """Put the keys on an item and bring it into view."""
        if not 0 <= place < len(self._items):
            return
        self._cursor = place
        stretch = seconds_of(self._items[place])
        if stretch is not None and self._axis is not None:
            self._axis = self._axis.including(stretch[1]).including(stretch[0])
        self.view_changed.emit()

    def step(self, by: int) -> None:
        """Put the keys on the next or previous item, at first from the study shown; it stops at the ends."""
        if self._items:
            shown = self.shown_study
            start = self._items.index(shown) if shown is not None and self._cursor < 0 else self._cursor
            self.put_cursor(min(max(start + by, 0), len(self._items) - 1))

    def open(self, place: int) -> None:
        """Show what an item stands for."""
        if not 0 <= place < len(self._items):
            return
        self.put_cursor(place)
        item = self._items[place]
        if item.kind is InputKind.IMAGE and item is not self.shown_study:
            self._cases.show_series(self._series[item.places[0]].key)
        elif item.kind is InputKind.NOTE:
            self._cases.select_note(item.places[0])
        self.opened.emit(item)

    @property
    def _series(self) -> tuple[SeriesSummary, ...]:
        return (*self._cases.case.series, *self._elsewhere) if self._cases.case else ()

    def _on_case_changed(self) -> None:
        case = self._cases.case
        self._elsewhere = self._found_elsewhere()
        self._items = timeline_of(case, self._elsewhere) if case else ()
        stretches = [stretch for item in self._items if (stretch := seconds_of(item)) is not None]
        self._axis = axis_over([edge for stretch in stretches for edge in stretch])
        self._cursor = -1
        self.changed.emit()

    def _on_others_changed(self) -> None:
        # The list tells every step of every job; only another prior matters here.
        if [one.key for one in self._found_elsewhere()] != [one.key for one in self._elsewhere]:
            self._on_case_changed()

    def _found_elsewhere(self) -> tuple[SeriesSummary, ...]:
        cases = self._cases
        if cases.case is None:
            return ()
        others = [other for other in cases.worklist.patients if other.key != cases.key]
        own = [other for other in others if is_surely_same_patient(other.identity, cases.case.patient)]
        return tuple(series for other in own for series in other.series)


def seconds_of(item: TimelineItem) -> tuple[float, float] | None:
    """Give where an item begins and ends on the axis, None without a date."""
    if item.start is None or item.end is None:
        return None
    return wall_seconds(item.start), wall_seconds(item.end)
