"""Measurements come back with their study and are saved a moment after each change."""

from __future__ import annotations

from PySide6.QtCore import QObject

from medmm.workflow.measurements import SavedMeasurements, load_measurements, save_measurements
from ui.language import tr
from ui.messages import Problem, to_problem
from ui.state.case_state import CaseState
from ui.state.measurement_seats import MeasurementSeats
from ui.state.measuring_desk import MeasuringDesk
from ui.state.notice_state import NoticeState
from ui.study_writer import StudyWriter, Write
from ui.tasks import Handlers, Job, Tasks

SAVE_TOPIC, LOAD_TOPIC = "save measurements", "load measurements"


class MeasurementSaving(QObject):
    """Between the measurements of the session and their files."""

    def __init__(self, desk: MeasuringDesk, cases: CaseState, notices: NoticeState, tasks: Tasks) -> None:
        super().__init__(desk.state)
        self._measurements, self._notices, self._tasks = desk.state, notices, tasks
        self._seats = MeasurementSeats(desk, cases)
        self._asked: set[str] = set()
        self._failed: set[str] = set()
        title = tr("Saving the measurements")
        self.writer = StudyWriter(self._prepare, title, topic=SAVE_TOPIC, notices=notices, tasks=tasks)
        self.writer.setParent(self)
        desk.state.edited.connect(self.writer.note)
        for signal in (cases.current_changed, cases.status_changed, cases.image_changed):
            signal.connect(self._load)
        cases.case_changed.connect(self._on_case_changed)
        cases.shown.changed.connect(self._on_shown_changed)
        self._load()

    def flush(self) -> None:
        """Write what is not saved yet, for the window is closing."""
        self.writer.flush()

    def _on_case_changed(self) -> None:
        # Who opens a patient again asks once more for what could not be read.
        self._asked -= self._failed
        self._failed.clear()
        self._load()

    def _on_shown_changed(self, _viewport: int) -> None:
        self._load()

    def _load(self) -> None:
        wanted = tuple(document for document in self._seats.documents if document not in self._asked)
        if not wanted:
            return
        self._asked.update(wanted)
        handlers = Handlers(
            done=self._on_loaded,
            failed=lambda problem: self._on_not_loaded(wanted, problem),
            cancelled=lambda: self._failed.update(wanted),
        )
        # Not under the patient's key: two studies of one patient are read side by side.
        job = Job(wanted[0], LOAD_TOPIC, tr("Reading the measurements"), handlers)
        self._tasks.run(job, lambda progress, cancel: load_measurements(wanted))

    def _on_loaded(self, saved: SavedMeasurements) -> None:
        self._measurements.load(saved.measurements)
        if saved.trouble is not None:
            self._notices.complain(to_problem(saved.trouble))

    def _on_not_loaded(self, documents: tuple[str, ...], problem: Problem) -> None:
        self._failed.update(documents)
        self._notices.complain(problem)

    def _prepare(self, document: str) -> Write:
        kept, known = self._measurements.in_studies([document]), self._measurements.known_ids(document)
        return lambda cancel: save_measurements(document, kept, known=known, cancel=cancel)
