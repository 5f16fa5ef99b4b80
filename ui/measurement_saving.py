"""Measurements come back with their study and are saved a moment after each change."""

from __future__ import annotations

from PySide6.QtCore import QObject

from medmm.workflow.measurements import SavedMeasurements, load_measurements, save_measurements
from ui.language import tr
from ui.messages import to_problem
from ui.state.case_state import CaseState
from ui.state.measurement_state import MeasurementState
from ui.state.notice_state import NoticeState
from ui.study_writer import StudyWriter, Write
from ui.tasks import Handlers, Job, Tasks

TOPIC = "measurements"


class MeasurementSaving(QObject):
    """Between the measurements of the session and their files."""

    def __init__(self, measurements: MeasurementState, cases: CaseState, notices: NoticeState, tasks: Tasks) -> None:
        super().__init__(measurements)
        self._measurements, self._cases, self._notices, self._tasks = measurements, cases, notices, tasks
        title = tr("Saving the measurements")
        self.writer = StudyWriter(self._prepare, title, topic=TOPIC, notices=notices, tasks=tasks)
        self.writer.setParent(self)
        measurements.edited.connect(self.writer.note)
        for signal in (cases.case_changed, cases.current_changed, cases.image_changed):
            signal.connect(self._load)

    def flush(self) -> None:
        """Write what is not saved yet, for the window is closing."""
        self.writer.flush()

    def _load(self) -> None:
        image = self._cases.image
        if image is None:
            return
        handlers = Handlers(done=self._on_loaded, failed=self._notices.complain)
        job = Job(self._cases.key, TOPIC, tr("Reading the measurements"), handlers)
        self._tasks.run(job, lambda progress, cancel: load_measurements([image]))

    def _on_loaded(self, saved: SavedMeasurements) -> None:
        self._measurements.load(saved.measurements)
        if saved.trouble is not None:
            self._notices.complain(to_problem(saved.trouble))

    def _prepare(self, document: str) -> Write:
        kept, known = self._measurements.in_studies([document]), self._measurements.known_ids(document)
        return lambda cancel: save_measurements(document, kept, known=known, cancel=cancel)
