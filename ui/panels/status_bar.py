"""The status bar: engine and device, bundle, memory, background work with cancel."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar, QWidget

from ui import theme
from ui.language import tr
from ui.memory import resident_mb
from ui.panels.elided_label import ElidedLabel
from ui.panels.notice_bar import SMALL_BUTTON
from ui.panels.plain_label import plain_label, tint
from ui.panels.push_button import follow
from ui.state.case_state import CaseState
from ui.state.engine_state import EngineStage, EngineState
from ui.state.patient import Stage
from ui.tasks import Tasks

MEMORY_MS = 2000
HIDDEN_TOPICS = {
    "start",
    "chart",
    "thumbnail",
    "save measurements",
    "load measurements",
    "recent",
    "sift",
    "release",
    "region",
}


class StatusBar(QStatusBar):
    """Quiet while all is well."""

    def __init__(
        self,
        cases: CaseState,
        engine: EngineState,
        tasks: Tasks,
        *,
        actions: tuple[QAction, QAction],
        notice_bar: QWidget,
    ) -> None:
        super().__init__()
        self._cases, self._engine_state, self._tasks = cases, engine, tasks
        self._engine = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._bundle = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._memory = plain_label(self, pixels=theme.SIZE_SECOND, token=theme.TEXT_2)
        self._work = ElidedLabel(self, token=theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self._bar = QProgressBar(self)
        self._cancel, self._restart = QPushButton(self), QPushButton(self)
        self._build(actions, notice_bar)
        for signal in (tasks.changed, engine.changed, cases.status_changed, cases.current_changed):
            signal.connect(self._refresh)
        cases.worklist.dataChanged.connect(self._refresh)
        self._clock = QTimer(self, interval=MEMORY_MS)
        self._clock.timeout.connect(self._refresh_memory)
        self._clock.start()
        self._refresh()
        self._refresh_memory()

    def _build(self, actions: tuple[QAction, QAction], notice_bar: QWidget) -> None:
        cancel, restart = actions
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        follow(self._cancel, cancel)
        follow(self._restart, restart)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(tr("Progress of the background work"))
        self._memory.setToolTip(tr("Memory of this window; the engine is a process of its own"))
        for button in (self._cancel, self._restart):
            theme.dress(button, SMALL_BUTTON)
        self.addWidget(self._engine)
        self.addWidget(self._restart)
        self.addWidget(self._bundle)
        self.addWidget(self._memory)
        self.addWidget(notice_bar, 1)
        self.addPermanentWidget(self._work)
        self.addPermanentWidget(self._bar)
        self.addPermanentWidget(self._cancel)

    def _refresh(self) -> None:
        engine = self._engine_state
        has_failed = engine.stage is EngineStage.FAILED
        self._engine.setText(engine.words)
        self._engine.setToolTip(engine.problem.sentence if engine.problem else "")
        tint(self._engine, theme.WARNING if has_failed else theme.TEXT_2, pixels=theme.SIZE_SECOND)
        self._restart.setVisible(has_failed)
        self._bundle.setText(f"·  {engine.model_words}")
        self._refresh_work()

    def _refresh_work(self) -> None:
        waiting = [patient for patient in self._cases.worklist.patients if patient.stage is Stage.QUEUED]
        jobs = [job for job in self._tasks.running if job.topic not in HIDDEN_TOPICS]
        count = len(jobs) + len(waiting)
        reading = next((p for p in self._cases.worklist.patients if p.stage is Stage.READING and p.step.text), None)
        words = tr(jobs[0].title) if jobs else tr("Waiting for the engine")
        if reading is not None:
            step = reading.step
            words = tr("Reading: {step}").format(step=tr(step.text))
            words += tr(", {done} of {total}").format(done=step.done, total=step.total) if step.total else ""
            words += f", {step.done:,}" if step.done and not step.total else ""
            self._bar.setRange(0, step.total)
            self._bar.setValue(step.done)
        else:
            self._bar.setRange(0, 0)
        jobs_words = tr("{n} jobs").format(n=count) if count > 1 else tr("1 job")
        self._work.set_text(f"{words}  ·  {jobs_words}" if count else "")
        self._work.setVisible(bool(count))
        self._bar.setVisible(bool(count))
        self._cancel.setVisible(bool(count))

    def _refresh_memory(self) -> None:
        resident = resident_mb()
        self._memory.setText("" if resident is None else f"·  {resident:.0f} MB")
