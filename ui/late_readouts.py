"""Works out large regions in the background once the pointer that drags them rests: one at a time, the newest next."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from medmm.imaging.measuring import Readout, read_out_in_full
from ui.language import tr
from ui.state.measuring_desk import MeasuringDesk
from ui.state.readouts import Asked
from ui.tasks import Handlers, Job, Tasks

KEY, TOPIC = "view", "region"
REST_MS = 40


class LateReadouts(QObject):
    """Holds the wish that waits; a newer one takes its place, for the outline it was for is gone."""

    def __init__(self, desk: MeasuringDesk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._working: Asked | None = None
        self._waiting: Asked | None = None
        # Not while it moves: painting gives up the interpreter at every text, and would wait for it each time.
        self._pause = QTimer(self, singleShot=True, interval=REST_MS)
        self._pause.timeout.connect(self._work)
        desk.wishes.wanted.connect(self._on_wanted)

    def _on_wanted(self, asked: Asked) -> None:
        # Viewports and lists ask for the same numbers, each when it is painted.
        known = (one for one in (self._working, self._waiting) if one is not None)
        if any(one.measurement is asked.measurement and one.image is asked.image for one in known):
            return
        self._waiting = asked
        self._pause.start()

    def _work(self) -> None:
        asked = self._waiting
        if self._working is not None or asked is None:
            return
        self._working, self._waiting = asked, None
        handlers = Handlers(
            done=lambda readout: self._on_done(asked, readout),
            failed=lambda _problem: self._on_ended(),
            cancelled=self._on_ended,
        )
        job = Job(KEY, TOPIC, tr("Measuring"), handlers)
        self._tasks.run(
            job, lambda progress, cancel: read_out_in_full(asked.measurement, asked.image, asked.slice_index)
        )

    def _on_done(self, asked: Asked, readout: Readout) -> None:
        draft = self._desk.state.draft
        if draft is not None and draft.id == asked.measurement.id:
            self._desk.readouts.put(asked, readout)
            self._desk.state.tell_changed()
        self._on_ended()

    def _on_ended(self) -> None:
        self._working = None
        if not self._pause.isActive():
            self._work()
