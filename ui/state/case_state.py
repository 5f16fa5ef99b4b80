"""What is open and what is selected: the patient, the finding and the series."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medmm.core.case import Case
from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.prediction import CaseResult, Explanation, FindingScore
from medmm.core.record import ClinicalNote
from medmm.workflow.patient_groups import is_surely_same_patient
from medmm.workflow.timeline import newest_note
from ui.messages import Problem
from ui.state.patient import NO_STEP, Patient, Stage, Step, case_key, companion_key
from ui.state.result_images import index_in_result, series_in_result
from ui.state.series_choice import first_series, has_grown, is_better, listed
from ui.state.series_store import SeriesStore
from ui.state.shown_series import ShownSeries
from ui.state.worklist import Worklist


class CaseState(QObject):
    """The opened patients and the selection; panels read it and connect to its signals.

    current_changed: another patient is shown; case_changed / result_changed / status_changed: news about the current
    patient; finding_changed / note_changed: the selection within it; series_selected: a series is to be seen in the
    active viewport; image_changed: the same, or the pixels of that series came or left.
    `pixels` holds what is in memory, `shown` says which viewport shows what.
    """

    current_changed = Signal()
    case_changed = Signal()
    result_changed = Signal()
    status_changed = Signal()
    finding_changed = Signal()
    image_changed = Signal()
    note_changed = Signal()
    series_selected = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worklist = Worklist(self)
        self.pixels = SeriesStore(self)
        self.shown = ShownSeries(self)
        self._key = ""
        self._is_reader_first = False
        self._finding = ""
        self._note_index = 0
        # For each patient the series that was looked at last, and whether a person chose it.
        self._selected: dict[str, tuple[str, bool]] = {}
        self.pixels.series_changed.connect(self._on_series_changed)
        self.shown.changed.connect(lambda _: self.pixels.pin(self.shown.keys))

    @property
    def key(self) -> str:
        """The key of the patient shown, empty when nothing is open."""
        return self._key

    @property
    def current(self) -> Patient | None:
        """The patient shown."""
        return self.worklist.patient(self._key)

    @property
    def case(self) -> Case | None:
        """The case shown, once it is surveyed."""
        return self.current.case if self.current else None

    @property
    def result(self) -> CaseResult | None:
        """The result shown, once there is one."""
        return self.current.shown_result if self.current else None

    @property
    def series_key(self) -> str:
        """The key of the series selected: the one in the active viewport."""
        return self._selected.get(self._key, ("", False))[0]

    @property
    def series(self) -> SeriesSummary | None:
        """The series selected, read or not; it may be a prior from another place that is open."""
        return self.worklist.series(self.series_key)

    @property
    def image(self) -> MedicalImage | None:
        """The image selected, once it is read."""
        return self.pixels.image(self.series_key)

    @property
    def note(self) -> ClinicalNote | None:
        """The note shown."""
        notes = self.case.notes if self.case else ()
        return notes[self._note_index] if self._note_index < len(notes) else None

    @property
    def note_index(self) -> int:
        """The place of the note shown among the case's notes."""
        return self._note_index

    @property
    def finding(self) -> FindingScore | None:
        """The finding that is selected."""
        findings = self.result.findings if self.result else ()
        return next((finding for finding in findings if finding.name == self._finding), None)

    @property
    def explanation(self) -> Explanation | None:
        """Why the selected finding got its score, where that was worked out."""
        return self.result.explanations.get(self._finding) if self.result else None

    def result_index(self, image: MedicalImage | None) -> int | None:
        """Give the number by which the result shown means an image, None where it did not see it."""
        if image is None or self.result is None or self.case is None:
            return None
        return index_in_result(self.result, image, self.case.root)

    def add(self, folder: Path, files: tuple[str, ...] = ()) -> str:
        """Put a patient on the list as being read and give its key; a result it already had is kept as previous."""
        key = case_key(folder, files)
        known = self.worklist.patient(key) or Patient(key, folder, files=files, origin=key)
        self._put(replace(known, stage=Stage.READING, problem=None, step=NO_STEP, is_previous=known.result is not None))
        return key

    def remove(self, key: str) -> None:
        """Close a patient; its neighbour is shown if it was the current one."""
        row, patient = self.worklist.row_of(key), self.worklist.patient(key)
        self.worklist.remove(key)
        self._selected.pop(key, None)
        if key == self._key and row is not None:
            rest = self.worklist.patients
            self.select(rest[min(row, len(rest) - 1)].key if rest else "")
        if patient is not None:
            self.pixels.drop([one.key for one in patient.series])

    def select(self, key: str) -> None:
        """Show another patient, with the series that was looked at last."""
        if key == self._key:
            return
        self._key = key
        self._note_index = newest_note(self.case) if self.case else 0
        self._finding = _first_finding(self.result)
        self._choose()
        self.current_changed.emit()

    def select_finding(self, name: str) -> None:
        """Select a finding; the explanation, the note, the overlay and the image that its map lies on follow."""
        if name == self._finding:
            return
        self._finding = name
        heatmap = self.explanation.heatmap if self.explanation else None
        if heatmap is not None and self.result is not None and self.case is not None:
            found = series_in_result(self.result, heatmap.image_index, self.case.series, self.case.root)
            if found is not None:
                self.select_series(found.key)
        self.finding_changed.emit()

    def select_series(self, key: str) -> None:
        """Show a series in the active viewport; one that could not be read, or was cancelled, is tried again."""
        self.pixels.try_again(key)
        self._selected[self._key] = (key, True)
        self.series_selected.emit()
        self.image_changed.emit()

    def select_note(self, index: int) -> None:
        """Show another note of the case."""
        if index != self._note_index:
            self._note_index = index
            self.note_changed.emit()

    def show_series(self, key: str) -> None:
        """Show a series in the active viewport, whoever's it is: another person's brings that patient up."""
        owner, current = self.worklist.owner_of(key), self.current
        if owner is None:
            return
        if current is None or (owner is not current and not is_surely_same_patient(owner.identity, current.identity)):
            self.select(owner.key)
        self.select_series(key)

    def grow(self, key: str, found: tuple[Case, ...]) -> None:
        """Take in what a survey has found so far: the series of each patient in the place."""
        for number, case in enumerate(found):
            own = self._settle(key, number)
            if has_grown(self.worklist.patient(own), case):
                self._change(own, found=case.series, found_identity=case.patient)
            if own == self._key and not self.series_key and self._choose():
                self.series_selected.emit()
                self.image_changed.emit()

    def set_cases(self, key: str, cases: tuple[Case, ...]) -> None:
        """Take in what a survey gave: a case for each patient in the place; others that were there before leave."""
        for number, case in enumerate(cases):
            self.set_case(self._settle(key, number), case)
        gone = [p.key for p in self.worklist.patients if p.origin == key][len(cases) :]
        for one in gone:
            self.remove(one)

    def set_case(self, key: str, case: Case) -> None:
        """Take in a case; a result of an earlier reading no longer counts, and its pixels are read again."""
        patient = self.worklist.patient(key)
        if patient is not None and patient.case is not None:
            self.pixels.drop([one.key for one in patient.series])
        case = listed(case, self.pixels)
        self._change(key, case=case, result=None, is_previous=False, stage=Stage.OPEN, problem=None, step=NO_STEP)
        for one in case.series:
            self.pixels.settle(one)
        if key == self._key:
            self._finding, self._note_index = "", newest_note(case)
            self._choose()
            self.case_changed.emit()

    def set_override(self, key: str, reason: str) -> None:
        """Note why the user scores in spite of an identity conflict."""
        self._change(key, override=reason)

    def set_result(self, key: str, result: CaseResult) -> None:
        """Take in the result of a run."""
        patient = self.worklist.patient(key)
        is_veiled = self._is_reader_first and patient is not None and not patient.has_read
        news = {"result": result, "is_veiled": is_veiled, "is_previous": False, "problem": None, "step": NO_STEP}
        self._change(key, stage=Stage.SCORED, **news)
        if key == self._key:
            if self.finding is None:
                self._finding = _first_finding(result)
            self.result_changed.emit()

    def set_reader_first(self, is_on: bool) -> None:
        """Veil results from now on until the reader has judged them; off shows those that are veiled."""
        self._is_reader_first = is_on
        for patient in self.worklist.patients:
            if patient.is_veiled and not is_on:
                self.reveal(patient.key)

    def reveal(self, key: str, *, has_read: bool = False) -> None:
        """Show a veiled result. has_read: the reader has judged it, and later ones of this patient are not veiled."""
        self._change(key, is_veiled=False, has_read=has_read)
        if key == self._key:
            self._finding = _first_finding(self.result)
            self.result_changed.emit()

    def set_stage(self, key: str, stage: Stage, step: Step = NO_STEP) -> None:
        """Say how far the work on a patient is; a former result is marked as previous while a new one is made."""
        patient = self.worklist.patient(key)
        if patient is not None:
            is_previous = patient.result is not None and (patient.is_previous or stage in (Stage.QUEUED, Stage.SCORING))
            self._change(key, stage=stage, step=step, is_previous=is_previous, problem=None)

    def set_unscored(self, key: str, problem: Problem | None = None) -> None:
        """Take back a run that was cancelled or failed; a former result counts again."""
        patient = self.worklist.patient(key)
        if patient is not None:
            stage = Stage.SCORED if patient.result is not None else Stage.OPEN
            self._change(key, stage=stage, step=NO_STEP, is_previous=False, problem=problem)

    def set_problem(self, key: str, problem: Problem) -> None:
        """Note that a patient could not be read."""
        self._change(key, stage=Stage.OPEN, step=NO_STEP, problem=problem)

    def _choose(self) -> bool:
        """Select what a reader looks at first, unless what is selected is as good; tells whether there is anything."""
        key, is_chosen = self._selected.get(self._key, ("", False))
        shown = self.worklist.series(key)
        first = first_series(self.current.series if self.current else ())
        if shown is None or (not is_chosen and first is not None and is_better(first, shown)):
            self._selected[self._key] = (first.key if first else "", False)
        return bool(self.series_key)

    def _settle(self, origin: str, number: int) -> str:
        key, first = companion_key(origin, number), self.worklist.patient(origin)
        if first is not None and self.worklist.patient(key) is None:
            self.worklist.put(Patient(key, first.folder, files=first.files, origin=origin, step=first.step))
        return key

    def _change(self, key: str, **changes: object) -> None:
        patient = self.worklist.patient(key)
        if patient is not None:
            self._put(replace(patient, **changes))  # type: ignore[arg-type]

    def _put(self, patient: Patient) -> None:
        self.worklist.put(patient)
        if patient.key == self._key:
            self.status_changed.emit()

    def _on_series_changed(self, key: str) -> None:
        if key == self.series_key:
            self.image_changed.emit()


def by_urgency(findings: tuple[FindingScore, ...]) -> list[FindingScore]:
    """Sort positive, then uncertain, then negative; within each the highest number first."""
    order = {"positive": 0, "uncertain": 1, "negative": 2}
    return sorted(findings, key=lambda finding: (order[finding.decision], -finding.shown))


def _first_finding(result: CaseResult | None) -> str:
    return by_urgency(result.findings)[0].name if result and result.findings else ""
