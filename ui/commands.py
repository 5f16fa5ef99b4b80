"""What the user can do: each gesture becomes one workflow call in the background and one change of state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from medmm.core.case import Case, CaseSources
from medmm.core.errors import InputError
from medmm.core.image import MedicalImage
from medmm.core.prediction import CaseResult
from medmm.core.progress import CancelToken, Progress
from medmm.core.settings import Settings
from medmm.workflow.open_case import open_case
from medmm.workflow.samples import first_sample
from medmm.workflow.sources import is_archive
from ui.engine import Engine
from ui.messages import Problem
from ui.panels.thumbnail import draw_thumbnails
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineStage, EngineState
from ui.state.measuring_desk import MeasuringDesk
from ui.state.notice_state import NoticeState
from ui.state.patient import Stage, Step
from ui.state.settings_state import SettingsState
from ui.state.view_desk import ViewDesk
from ui.tasks import Handlers, Job, Tasks

# Pictures of the view belong to whatever is shown: only the newest request of each kind counts.
VIEW_KEY = "view"
# Every opened patient keeps its images in memory; a CT has half a gigabyte.
MAX_PATIENTS = 40


@dataclass(frozen=True)
class Session:
    """Everything one window works with, except its widgets: those are made anew for another language."""

    cases: CaseState
    engine_state: EngineState
    notices: NoticeState
    tasks: Tasks
    engine: Engine
    settings: SettingsState = field(default_factory=SettingsState)
    desk: MeasuringDesk = field(default_factory=MeasuringDesk)
    views: ViewDesk = field(default_factory=ViewDesk)


class Commands(QObject):
    """The verbs of the window; dialogs ask, this does."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = session.cases

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open patients: each folder or archive is one; loose files of one folder are one together."""
        for place in patient_places(paths):
            key = self._read(place)
            if not self._cases.key or place == patient_places(paths)[0]:
                self._cases.select(key)

    def open_sample(self) -> None:
        """Open the sample patient that ships with the program."""
        self.open_paths([first_sample()])

    def score_folder(self, root: Path) -> None:
        """Open every patient folder below a folder and score one after the other."""
        job = Job(VIEW_KEY, "find", "Looking for patients", Handlers(self._on_found, self._session.notices.complain))
        self._session.tasks.run(job, lambda progress, cancel: _find_cases(root))

    def close_patient(self) -> None:
        """Close the patient shown."""
        key = self._cases.key
        self._session.engine.forget(key)
        self._cases.remove(key)

    def read_again(self) -> None:
        """Read the patient shown once more from the disk."""
        if self._cases.current is not None:
            self._read(self._cases.current.folder)

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
            self._read(patient.folder, override=reason.strip(), then_score=True)

    def cancel(self) -> None:
        """Stop what is under way for the patient shown."""
        key = self._cases.key
        self._session.engine.cancel(key)
        self._session.tasks.cancel(key, "read")

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
            done=lambda written: self._session.notices.tell("The report was saved.", hint=str(written), file=written),
            failed=self._session.notices.complain,
        )
        job = Job(self._cases.key, "report", "Writing the report", handlers)
        self._session.tasks.run(job, lambda progress, cancel: _write_pdf(case, result, path))

    def draw_thumbnails(self, images: tuple[MedicalImage, ...], show: Callable[[tuple[QImage, ...]], None]) -> None:
        """Draw the thumbnails of the case shown."""
        handlers = Handlers(done=show, failed=self._session.notices.complain)
        job = Job(VIEW_KEY, "thumbnails", "Drawing thumbnails", handlers)
        self._session.tasks.run(job, lambda progress, cancel: draw_thumbnails(images, cancel=cancel))

    def _read(self, folder: Path, *, override: str = "", then_score: bool = False) -> str:
        key = self._cases.add(folder)
        self._session.engine.cancel(key)
        handlers = Handlers(
            done=lambda case: self._on_read(key, case, then_score=then_score),
            failed=lambda problem: self._on_read_failed(key, problem),
            cancelled=lambda: self._on_read_cancelled(key),
            progressed=lambda done, total, text: self._cases.set_stage(key, Stage.READING, Step(done, total, text)),
        )
        sources = CaseSources(folder, identity_override=override)
        job = Job(key, "read", "Reading a patient", handlers)
        settings = self._session.settings.settings
        self._session.tasks.run(job, lambda progress, cancel: _read_case(sources, settings, progress, cancel))
        return key

    def _on_read(self, key: str, case: Case, *, then_score: bool) -> None:
        self._cases.set_case(key, case)
        if then_score and case.stop is None:
            self._score(key, case)

    def _on_found(self, folders: tuple[Path, ...]) -> None:
        for folder in folders:
            key = self._read(folder, then_score=True)
            if not self._cases.key:
                self._cases.select(key)

    def _on_read_failed(self, key: str, problem: Problem) -> None:
        self._cases.set_problem(key, problem)
        self._session.notices.complain(problem)

    def _on_read_cancelled(self, key: str) -> None:
        patient = self._cases.worklist.patient(key)
        if patient is not None and patient.case is None:
            self._cases.remove(key)
        else:
            self._cases.set_unscored(key)

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
        return "waiting for the engine" if is_ready else "waiting: the engine is starting"


def patient_places(paths: Sequence[Path]) -> list[Path]:
    """Say which patients are meant: a folder, an archive or a lone file each; several loose files by their folder."""
    files = [path for path in paths if path.is_file() and not is_archive(path)]
    shared = {path.parent for path in files if sum(other.parent == path.parent for other in files) > 1}
    places = [path.parent if path in files and path.parent in shared else path for path in paths]
    return list(dict.fromkeys(place.absolute() for place in places))


def _read_case(sources: CaseSources, settings: Settings, progress: Progress, cancel: CancelToken) -> Case:
    return open_case(sources, settings=settings, progress=progress, cancel=cancel)


def _find_cases(root: Path) -> tuple[Path, ...]:
    from medmm.workflow.batch import find_cases

    found = find_cases(root)
    if len(found) > MAX_PATIENTS:
        raise InputError(
            f"{root.name!r} holds {len(found)} patients; the window opens at most {MAX_PATIENTS} at once",
            "For more, run: medmm batch FOLDER --out RESULTS. It can be stopped and resumed.",
            root,
        )
    return found


def _write_pdf(case: Case, result: CaseResult, path: Path) -> Path:
    from medmm.workflow.export import write_report

    write_report(case, result, path)
    return path
