"""What the user can do: each gesture becomes one workflow call in the background and one change of state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from medmm.core.case import Case
from medmm.core.prediction import CaseResult
from medmm.core.progress import CancelToken
from medmm.core.review import ReviewLog
from medmm.core.settings import Settings
from medmm.workflow.import_table import write_csv
from medmm.workflow.machine_memory import image_budget_bytes
from medmm.workflow.samples import first_sample
from ui.language import tr
from ui.messages import Problem
from ui.opening import READ_TOPIC, Opening
from ui.series_reading import SeriesReading
from ui.session import Session
from ui.state.engine_state import EngineStage
from ui.state.patient import Patient, Stage, Step, case_key
from ui.tasks import Handlers, Job

__all__ = ["Commands", "Session"]

# Pictures of the view belong to whatever is shown: only the newest request of each kind counts.
VIEW_KEY = "view"


class Commands(QObject):
    """The verbs of the window; dialogs ask, this does."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = session.cases
        self.opening = Opening(session, self)
        self.reading = SeriesReading(session, self)
        self.opening.begun.connect(self._on_begun)
        session.settings.changed.connect(self._on_settings)
        self._on_settings()

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open patients: each folder or archive is one place; loose files of one folder are one together."""
        self.opening.open_paths(paths)

    def open_sample(self) -> None:
        """Open the sample patient that ships with the program."""
        self.open_paths([first_sample()])

    def open_and_score(self, folder: Path) -> None:
        """Show the patient of a folder, and score what was not open before."""
        key = case_key(folder)
        if self._cases.worklist.patient(key) is not None:
            self._cases.select(key)
        else:
            self.opening.open_paths([folder], self._score_opened)

    def close_patient(self) -> None:
        """Close the patient shown."""
        self._close(self._cases.current)

    def close_place(self, folder: Path) -> None:
        """Close everybody who came from a folder, unless he is shown."""
        for patient in self._cases.worklist.patients:
            if patient.folder == folder and patient.key != self._cases.key:
                self._close(patient)

    def read_again(self) -> None:
        """Look once more at the place that the patient shown was opened from."""
        patient = self._cases.current
        if patient is not None:
            self.opening.read(patient.place)

    def score(self) -> None:
        """Score the patient shown, or queue the case until the engine is free."""
        patient, case = self._cases.current, self._cases.case
        if patient is None or case is None or patient.is_busy:
            return
        engine_problem = self._session.engine_state.problem
        if case.stop is None and engine_problem is None:
            self._score(patient.key, case)
        elif engine_problem is not None:
            self._session.notices.complain(engine_problem)

    def score_anyway(self, reason: str) -> None:
        """Read the patient again with the typed reason as override of the identity conflict, then score."""
        patient = self._cases.current
        if patient is not None and reason.strip():
            self._cases.set_override(patient.key, reason.strip())
            sources = patient.case.sources if patient.case else patient.place
            self.opening.read_one(patient, replace(sources, identity_override=reason.strip()), self._score_opened)

    def cancel(self) -> None:
        """Stop what is under way for the patient shown."""
        key = self._cases.key
        self._session.engine.cancel(key)
        self._session.tasks.cancel(key, READ_TOPIC)
        self.reading.cancel(key)

    def cancel_all(self) -> None:
        """Stop all background work."""
        for patient in self._cases.worklist.patients:
            self._session.engine.cancel(patient.key)
        for job in self._session.tasks.running:
            if job.topic != "start":
                self._session.tasks.cancel(job.key, job.topic)

    def export_pdf(self, path: Path) -> None:
        """Write the report of the patient shown."""
        case, result = self._cases.case, self._cases.result
        if case is None or result is None:
            return
        handlers = Handlers(
            done=lambda written: self._session.notices.tell(
                tr("The report was saved."), hint=str(written), file=written
            ),
            failed=self._session.notices.complain,
        )
        job = Job(self._cases.key, "report", tr("Writing the report"), handlers)
        settings = self._session.settings.settings
        log = self._session.reviews.log(self._session.reviews.document)
        self._session.tasks.run(job, lambda progress, cancel: _write_pdf(case, (result, log), path, settings, cancel))

    def export_import_report(self, path: Path) -> None:
        """Save which files of the patient shown were read and which were skipped, as CSV."""
        case = self._cases.case
        if case is None:
            return
        handlers = Handlers(
            done=lambda written: self._session.notices.tell(
                tr("The import report was saved."), hint=str(written), file=written
            ),
            failed=self._session.notices.complain,
        )
        job = Job(self._cases.key, "import report", tr("Writing the import report"), handlers)
        self._session.tasks.run(job, lambda progress, cancel: write_csv(case, path))

    def _on_settings(self) -> None:
        settings = self._session.settings.settings
        self._session.recent.switch(settings.remember_recent)
        self._cases.pixels.set_budget(image_budget_bytes(settings.memory_budget_mb))

    def _on_begun(self, origin: str) -> None:
        for patient in self._cases.worklist.patients:
            if origin in (patient.key, patient.origin):
                self._session.engine.cancel(patient.key)

    def _close(self, patient: Patient | None) -> None:
        if patient is not None:
            self._session.engine.forget(patient.key)
            self._cases.remove(patient.key)
            self.opening.release(patient.folder)

    def _score_opened(self, key: str, case: Case) -> None:
        if case.stop is None:
            self._score(key, case)

    def _score(self, key: str, case: Case) -> None:
        self._cases.set_stage(key, Stage.QUEUED, Step(text=self._waiting_words()))
        handlers = Handlers(
            done=lambda result: self._cases.set_result(key, result),
            failed=lambda problem: self._on_score_failed(key, problem),
            cancelled=lambda: self._cases.set_unscored(key),
            progressed=lambda done, total, text: self._cases.set_stage(key, Stage.SCORING, Step(done, total, text)),
        )
        self._session.engine.score(key, case, handlers)

    def _on_score_failed(self, key: str, problem: Problem) -> None:
        self._cases.set_unscored(key, problem)
        self._session.notices.complain(problem)

    def _waiting_words(self) -> str:
        is_ready = self._session.engine_state.stage is EngineStage.READY
        return tr("waiting for the engine") if is_ready else tr("waiting: the engine is starting")


def _write_pdf(
    case: Case, reviewed: tuple[CaseResult, ReviewLog], path: Path, settings: Settings, cancel: CancelToken
) -> Path:
    from medmm.workflow.export import write_report, write_report_of

    result, log = reviewed
    if case.images:
        return write_report(case, result, path, log=log)
    return write_report_of(case.sources, result, path, log=log, settings=settings, cancel=cancel)
