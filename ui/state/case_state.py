"""What is open and what is selected: the patient, the finding and the image."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medmm.core.case import Case
from medmm.core.image import MedicalImage
from medmm.core.prediction import CaseResult, Explanation, FindingScore
from medmm.core.record import ClinicalNote
from ui.messages import Problem
from ui.state.patient import NO_STEP, Patient, Stage, Step, case_key
from ui.state.worklist import Worklist


class CaseState(QObject):
    """The opened patients and the selection; panels read it and connect to its signals.

    current_changed: another patient is shown; case_changed / result_changed / status_changed: news about the current
    patient; finding_changed / image_changed / note_changed: the selection within it.
    """

    current_changed = Signal()
    case_changed = Signal()
    result_changed = Signal()
    status_changed = Signal()
    finding_changed = Signal()
    image_changed = Signal()
    note_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worklist = Worklist(self)
        self._key = ""
        self._finding = ""
        self._image_index = 0
        self._note_index = 0

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
        """The case shown, once it is read."""
        return self.current.case if self.current else None

    @property
    def result(self) -> CaseResult | None:
        """The result shown, once there is one."""
        return self.current.result if self.current else None

    @property
    def image(self) -> MedicalImage | None:
        """The image shown."""
        images = self.case.images if self.case else ()
        return images[self._image_index] if self._image_index < len(images) else None

    @property
    def image_index(self) -> int:
        """The place of the image shown among the case's images."""
        return self._image_index

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

    def add(self, folder: Path) -> str:
        """Put a patient on the list as being read and give its key; a result it already had is kept as previous."""
        key = case_key(folder)
        known = self.worklist.patient(key) or Patient(key, folder)
        self._put(replace(known, stage=Stage.READING, problem=None, step=NO_STEP, is_previous=known.result is not None))
        return key

    def remove(self, key: str) -> None:
        """Close a patient; its neighbour is shown if it was the current one."""
        row = self.worklist.row_of(key)
        self.worklist.remove(key)
        if key == self._key and row is not None:
            rest = self.worklist.patients
            self.select(rest[min(row, len(rest) - 1)].key if rest else "")

    def select(self, key: str) -> None:
        """Show another patient."""
        if key == self._key:
            return
        self._key, self._image_index, self._note_index = key, 0, 0
        self._finding = _first_finding(self.result)
        self.current_changed.emit()

    def select_finding(self, name: str) -> None:
        """Select a finding; the explanation, the note, the overlay and the image that its map lies on follow."""
        if name != self._finding:
            self._finding = name
            heatmap = self.explanation.heatmap if self.explanation else None
            if heatmap is not None:
                self.select_image(heatmap.image_index)
            self.finding_changed.emit()

    def select_image(self, index: int) -> None:
        """Show another image of the case."""
        if index != self._image_index:
            self._image_index = index
            self.image_changed.emit()

    def select_note(self, index: int) -> None:
        """Show another note of the case."""
        if index != self._note_index:
            self._note_index = index
            self.note_changed.emit()

    def set_case(self, key: str, case: Case) -> None:
        """Take in a case that was read; a result of an earlier reading no longer counts."""
        self._change(key, case=case, result=None, is_previous=False, stage=Stage.OPEN, problem=None, step=NO_STEP)
        if key == self._key:
            self._image_index, self._note_index, self._finding = 0, 0, ""
            self.case_changed.emit()

    def set_override(self, key: str, reason: str) -> None:
        """Note why the user scores in spite of an identity conflict."""
        self._change(key, override=reason)

    def set_result(self, key: str, result: CaseResult) -> None:
        """Take in the result of a run."""
        self._change(key, result=result, stage=Stage.SCORED, is_previous=False, problem=None, step=NO_STEP)
        if key == self._key:
            if self.finding is None:
                self._finding = _first_finding(result)
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

    def _change(self, key: str, **changes: object) -> None:
        patient = self.worklist.patient(key)
        if patient is not None:
            self._put(replace(patient, **changes))  # type: ignore[arg-type]

    def _put(self, patient: Patient) -> None:
        self.worklist.put(patient)
        if patient.key == self._key:
            self.status_changed.emit()


def by_urgency(findings: tuple[FindingScore, ...]) -> list[FindingScore]:
    """Sort positive, then uncertain, then negative; within each the highest number first."""
    order = {"positive": 0, "uncertain": 1, "negative": 2}
    return sorted(findings, key=lambda finding: (order[finding.decision], -finding.shown))


def _first_finding(result: CaseResult | None) -> str:
    return by_urgency(result.findings)[0].name if result and result.findings else ""
