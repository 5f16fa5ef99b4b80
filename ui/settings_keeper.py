"""Bring changed settings to disk in the background, a moment after the last change."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from medmm.core.settings import differences
from medmm.workflow.settings import store_settings
from ui.language import mark
from ui.messages import Problem, attempt
from ui.state.notice_state import NoticeState
from ui.state.settings_state import SettingsState
from ui.tasks import Handlers, Job, Tasks

# A slider or a spin box sends a change for every step.
QUIET_MS = 400


class SettingsKeeper(QObject):
    """Knows what the file holds, and writes only what differs: another window may have changed the rest."""

    def __init__(self, state: SettingsState, tasks: Tasks, notices: NoticeState, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._tasks, self._notices = state, tasks, notices
        self._stored = state.settings
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._store)
        state.changed.connect(self._timer.start)

    def finish(self) -> None:
        """Write what still waits, before the program ends."""
        self._timer.stop()
        changes = differences(self._stored, self._state.settings)
        if changes:
            attempt(lambda: store_settings(changes))

    def _store(self) -> None:
        settings = self._state.settings
        changes = differences(self._stored, settings)
        if not changes:
            return

        def done(_value: object) -> None:
            self._stored = settings

        job = Job("settings", "store", mark("Storing the settings"), Handlers(done, self._on_failed))
        self._tasks.run(job, lambda progress, cancel: _store(changes))

    def _on_failed(self, problem: Problem) -> None:
        self._notices.complain(problem)


def _store(changes: Mapping[str, object]) -> None:
    store_settings(changes)
