"""Read the pixels of the series that are looked at, and draw the small pictures of those in the list."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from medmm.core.image import MedicalImage, SeriesSummary
from medmm.core.progress import CancelToken, Progress
from medmm.workflow.series import read_middle, stream_series
from ui.language import tr
from ui.messages import Problem
from ui.panels.thumbnail import draw_thumbnail, no_thumbnail
from ui.session import Session
from ui.state.patient import Patient
from ui.tasks import Handlers, Job

SERIES_TOPIC, SLICE_TOPIC, THUMBNAIL_TOPIC = "series ", "slice ", "thumbnail"
# Parts come for every slice; the eye needs a few a second.
TELL_EVERY_S = 0.1
# Rows that were scrolled past are drawn when they are seen again.
MAX_WAITING = 40


class SeriesReading(QObject):
    """One job for each series that is to be seen; one thumbnail at a time, those seen last first."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases, self._tasks, self._openings = session.cases, session.tasks, session.openings
        self._waiting: dict[str, SeriesSummary] = {}
        self._drawing = ""

    def read(self, key: str) -> None:
        """Read a series unless it is in memory or on its way."""
        patient, summary = self._cases.worklist.owner_of(key), self._cases.worklist.series(key)
        if patient is None or summary is None or self._tasks.is_running(patient.key, SERIES_TOPIC + key):
            return
        if patient.case is None:
            self._read_slice(patient, summary)
            return
        pixels = self._cases.pixels
        handlers = Handlers(
            done=lambda image: pixels.put(key, image),
            failed=lambda problem: pixels.fail(key, problem),
            cancelled=lambda: pixels.cancel(key),
            arrived=lambda part: pixels.arrive(key, *part),
        )
        pixels.begin(key)
        job = Job(patient.key, SERIES_TOPIC + key, tr("Reading a series"), handlers)
        self._tasks.stream(job, lambda tell, progress, cancel: self._read(patient, summary, tell, progress, cancel))

    def _read_slice(self, patient: Patient, summary: SeriesSummary) -> None:
        """Read one slice of a series that may still be growing: which ones belong to it is known after the survey."""
        if self._tasks.is_running(patient.key, SLICE_TOPIC + summary.key):
            return
        pixels = self._cases.pixels
        handlers = Handlers(
            done=lambda image: self._on_slice(summary.key, image), cancelled=lambda: pixels.cancel(summary.key)
        )
        pixels.begin(summary.key)
        job = Job(patient.key, SLICE_TOPIC + summary.key, tr("Reading a series"), handlers)
        self._tasks.run(job, lambda progress, cancel: self._middle(patient, summary, cancel))

    def _on_slice(self, key: str, image: MedicalImage | None) -> None:
        patient = self._cases.worklist.owner_of(key)
        # Once the survey is over the whole series is on its way.
        if image is not None and patient is not None and patient.case is None:
            self._cases.pixels.arrive(key, 0, image)

    def is_reading(self, patient_key: str) -> bool:
        """Tell whether a series of a patient is being read."""
        return any(job.key == patient_key and job.topic.startswith(SERIES_TOPIC) for job in self._tasks.running)

    def cancel(self, patient_key: str) -> None:
        """Stop reading the series of a patient."""
        for job in self._tasks.running:
            if job.key == patient_key and job.topic.startswith(SERIES_TOPIC):
                self._tasks.cancel(job.key, job.topic)

    def want_thumbnail(self, key: str) -> None:
        """Draw the small picture of a series that has come into sight."""
        summary = self._cases.worklist.series(key)
        if summary is None or self._cases.pixels.thumbnail(key) is not None or key == self._drawing:
            return
        self._waiting.pop(key, None)
        self._waiting[key] = summary
        if len(self._waiting) > MAX_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._draw_next()

    def _draw_next(self) -> None:
        if self._drawing or not self._waiting:
            return
        key, summary = self._waiting.popitem()
        patient = self._cases.worklist.owner_of(key)
        if patient is None:
            self._draw_next()
            return
        self._drawing = key
        image = self._cases.pixels.image(key)
        handlers = Handlers(
            done=lambda picture: self._on_drawn(key, picture),
            failed=lambda problem: self._on_not_drawn(key, problem),
            cancelled=self._on_cancelled,
        )
        # Not under the patient's key: who closes a patient forgets its jobs, and the next picture would never come.
        job = Job(THUMBNAIL_TOPIC, THUMBNAIL_TOPIC, tr("Drawing thumbnails"), handlers)
        self._tasks.run(job, lambda progress, cancel: self._draw(patient, summary, image, cancel))

    def _on_cancelled(self) -> None:
        self._drawing = ""
        self._waiting.clear()

    def _on_drawn(self, key: str, picture: QImage | None) -> None:
        self._drawing = ""
        if picture is not None and self._cases.worklist.series(key) is not None:
            self._cases.pixels.put_thumbnail(key, picture)
        self._draw_next()

    def _on_not_drawn(self, key: str, problem: Problem) -> None:
        # The trouble is told where the series itself is asked for; here it is only a picture less.
        self._on_drawn(key, no_thumbnail())

    def _read(
        self,
        patient: Patient,
        summary: SeriesSummary,
        tell: Callable[[object], None],
        progress: Progress,
        cancel: CancelToken,
    ) -> MedicalImage:
        image: MedicalImage | None = None
        with self._openings.under_way(patient.folder):
            for n_read, image, missing in _told(summary, cancel):
                progress(n_read, summary.n_frames, tr("reading slices"))
                tell((n_read, image, missing))
        assert image is not None, "a stream ends with the whole series"
        return image

    def _draw(
        self, patient: Patient, summary: SeriesSummary, image: MedicalImage | None, cancel: CancelToken
    ) -> QImage:
        if image is not None:
            return draw_thumbnail(image)
        middle = self._middle(patient, summary, cancel)
        return no_thumbnail() if middle is None else draw_thumbnail(middle)

    def _middle(self, patient: Patient, summary: SeriesSummary, cancel: CancelToken) -> MedicalImage | None:
        with self._openings.under_way(patient.folder):
            return read_middle(summary, cancel=cancel)


def _told(summary: SeriesSummary, cancel: CancelToken) -> Iterator[tuple[int, MedicalImage, frozenset[int]]]:
    """Give how many slices are there, the image, and which slices it lacks: at first, at the end, and between.

    A few times a second, for that is what the eye needs.
    """
    come: set[int] = set()
    last = 0.0
    for arrival in stream_series(summary, cancel=cancel):
        if not arrival.is_preview:
            come.update(arrival.slices)
        now = time.monotonic()
        if arrival.is_whole or now - last >= TELL_EVERY_S:
            last = now
            lacks = range(0) if arrival.is_preview or arrival.is_whole else range(arrival.image.n_slices)
            yield len(come), arrival.image, frozenset(lacks) - come
