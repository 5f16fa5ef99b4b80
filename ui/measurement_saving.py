"""Measurements come back with their study and are saved a moment after each change."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from medmm.core.measurement import Measurement
from medmm.core.progress import CancelToken
from medmm.workflow.measurements import SavedMeasurements, load_measurements, save_measurements
from ui.language import tr
from ui.messages import Problem, attempt, to_problem
from ui.state.case_state import CaseState
from ui.state.measurement_state import MeasurementState
from ui.state.notice_state import NoticeState
from ui.tasks import Handlers, Job, Tasks

# Long enough to join a burst of changes, short enough that a crash takes next to nothing.
PAUSE_MS = 400
TOPIC = "measurements"
# The measurements of a study, and every id that was ever among them.
Kept = tuple[tuple[Measurement, ...], frozenset[str]]


class MeasurementSaving(QObject):
    """One write at a time for each study, so that an older one can never come out on top of a newer one."""

    def __init__(self, measurements: MeasurementState, cases: CaseState, notices: NoticeState, tasks: Tasks) -> None:
        super().__init__(measurements)
        self._measurements, self._cases, self._notices, self._tasks = measurements, cases, notices, tasks
        self._unsaved: dict[str, None] = {}
        self._being_written: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._save)
        measurements.edited.connect(self._on_edited)
        for signal in (cases.case_changed, cases.current_changed, cases.image_changed):
            signal.connect(self._load)

    def flush(self) -> None:
        """Write what is not saved yet, here and now: the window is closing and its workers end with it."""
        for document in tuple(self._being_written):
            self._tasks.cancel(document, TOPIC)
        self._pause.stop()
        for document in self._unsaved:
            kept = self._kept(document)
            attempt(lambda document=document, kept=kept: self._write(document, kept))
        self._unsaved.clear()

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

    def _on_edited(self, document: str) -> None:
        self._unsaved[document] = None
        self._pause.start()

    def _save(self) -> None:
        for document in [document for document in self._unsaved if document not in self._being_written]:
            del self._unsaved[document]
            self._being_written.add(document)
            self._start(document)

    def _start(self, document: str) -> None:
        handlers = Handlers(
            done=lambda _: self._on_saved(document),
            failed=lambda problem: self._on_failed(document, problem),
            cancelled=lambda: self._on_cancelled(document),
        )
        # Not under the patient's key: closing a patient forgets its jobs, and this one must still be done.
        job = Job(document, TOPIC, tr("Saving the measurements"), handlers)
        kept = self._kept(document)
        self._tasks.run(job, lambda progress, cancel: self._write(document, kept, cancel))

    def _kept(self, document: str) -> Kept:
        return self._measurements.in_studies([document]), self._measurements.known_ids(document)

    @staticmethod
    def _write(document: str, kept: Kept, cancel: CancelToken = CancelToken()) -> None:
        save_measurements(document, kept[0], known=kept[1], cancel=cancel)

    def _on_saved(self, document: str) -> None:
        self._being_written.discard(document)
        if document in self._unsaved:
            self._pause.start()

    def _on_failed(self, document: str, problem: Problem) -> None:
        # Kept as unsaved: the next change, or the closing of the window, tries again.
        self._being_written.discard(document)
        self._unsaved[document] = None
        self._notices.complain(problem)

    def _on_cancelled(self, document: str) -> None:
        self._being_written.discard(document)
        self._on_edited(document)
