"""Hangs a patient: which series stands in which viewport when it comes up, and what fills new viewports."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from medmm.core.hanging import Candidate, Hanging, HangingProtocol
from medmm.core.image import SeriesSummary
from medmm.imaging.hanging import choose_hanging, hang
from medmm.workflow.patient_groups import is_surely_same_patient
from medmm.workflow.studies import Study, priors_of, studies_of
from ui.state.case_state import CaseState
from ui.state.layout_state import Pane
from ui.state.series_choice import first_series
from ui.state.view_desk import ViewDesk


class HangingState(QObject):
    """Applies a protocol whenever another patient, or more of the same, comes up; a person may choose another one."""

    changed = Signal()

    def __init__(self, cases: CaseState, views: ViewDesk) -> None:
        super().__init__(views.viewports)
        self._cases, self._layout, self._mpr = cases, views.viewports, views.mpr
        self._protocols: tuple[HangingProtocol, ...] = ()
        self._is_hanging = False
        # Queued: the viewports first let go of the patient before, and show the series selected.
        cases.current_changed.connect(self.apply, Qt.ConnectionType.QueuedConnection)
        cases.case_changed.connect(self.apply, Qt.ConnectionType.QueuedConnection)
        self._layout.changed.connect(self._fill)

    @property
    def protocols(self) -> tuple[HangingProtocol, ...]:
        """The protocols in the order in which they are tried."""
        return self._protocols

    def set_protocols(self, protocols: tuple[HangingProtocol, ...]) -> None:
        """Take the protocols, and hang what is open by them."""
        self._protocols = protocols
        self.changed.emit()
        self.apply()

    def apply(self) -> None:
        """Hang the patient shown by the first protocol that fits; one viewport where none does."""
        series = self._series()
        candidates = [candidate for candidate, _ in series]
        hung = choose_hanging(self._protocols, candidates)
        self._arrange(hung, [one for _, one in series])

    def fits(self, protocol: HangingProtocol) -> bool:
        """Tell whether a protocol can hang the patient shown."""
        return hang(protocol, [candidate for candidate, _ in self._series()]) is not None

    def choose(self, protocol: HangingProtocol) -> None:
        """Hang the patient shown by this protocol; nothing happens where it does not fit."""
        series = self._series()
        hung = hang(protocol, [candidate for candidate, _ in series])
        if hung is not None:
            self._arrange(hung, [one for _, one in series])

    def _series(self) -> list[tuple[Candidate, SeriesSummary]]:
        """Give what can be hung: the study of the series looked at first, then its priors from all that is open."""
        patient = self._cases.current
        first = first_series(patient.series) if patient else None
        if patient is None or first is None:
            return []
        known = [p for p in self._cases.worklist.patients if is_surely_same_patient(p.identity, patient.identity)]
        studies = studies_of({one.key: one for p in (patient, *known) for one in p.series}.values())
        current = next(study for study in studies if study.uid == first.header.study_uid)
        hung = [current, *priors_of(current, studies)]
        return [pair for prior, study in enumerate(hung) for pair in _candidates(study, prior)]

    def _arrange(self, hung: Hanging | None, series: Sequence[SeriesSummary]) -> None:
        self._is_hanging = True
        shown, layout = self._cases.shown, self._layout
        keys = [""] if hung is None else ["" if n is None else series[n].key for n in hung.places]
        layout.set_shape((1, 1) if hung is None else hung.protocol.shape)
        layout.activate(0)
        if hung is not None:
            for viewport, key in enumerate(keys):
                shown.show(viewport, key)
            self._select(keys)
        self._is_hanging = False

    def _select(self, keys: Sequence[str]) -> None:
        # What was selected stays so where it hangs; else the first image that does.
        selected = self._cases.series_key
        viewport = keys.index(selected) if selected in keys else next(n for n, key in enumerate(keys) if key)
        self._layout.activate(viewport)
        if keys[viewport] != selected:
            self._cases.select_series(keys[viewport])

    def _fill(self) -> None:
        """Show in viewports that have come into sight what is not shown yet."""
        patient, shown = self._cases.current, self._cases.shown
        if self._is_hanging or self._mpr.is_on or patient is None:
            return
        waiting = [one.key for one in patient.series if one.key not in shown.keys]
        for viewport in self._layout.shown(Pane.MAIN):
            if not shown.key_of(viewport) and waiting:
                shown.show(viewport, waiting.pop(0))


def _candidates(study: Study, prior: int) -> list[tuple[Candidate, SeriesSummary]]:
    return [(Candidate(one.header, one.plane, prior), one) for one in study.series]
