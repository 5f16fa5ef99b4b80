"""The places opened last, as a menu below File, and their list on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from medmm.workflow.recent import forget_recent, recent_paths, remember
from ui.language import tr
from ui.panels.plain_label import plain_tip
from ui.state.notice_state import NoticeState
from ui.state.recent_state import RecentState
from ui.state.settings_state import SettingsState
from ui.tasks import Handlers, Job, Tasks

TOPIC = "recent"


class RecentMenu(QMenu):
    """Filled anew whenever the list changes."""

    open_wanted = Signal(object)

    def __init__(self, recent: RecentState, settings: SettingsState, parent: QWidget | None = None) -> None:
        super().__init__(tr("Open &recent"), parent)
        self._recent, self._settings = recent, settings
        self.setToolTipsVisible(True)
        recent.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        self.clear()
        for number, path in enumerate(self._recent.paths, start=1):
            self._add_path(number, path)
        if not self._recent.paths:
            words = tr("Nothing was opened yet") if self._recent.is_on else tr("Opened places are not remembered")
            self.addAction(words).setEnabled(False)
        self.addSeparator()
        forget = self.addAction(tr("&Forget these places"))
        forget.setToolTip(tr("Empty this list here and on the disk"))
        forget.setEnabled(bool(self._recent.paths))
        forget.triggered.connect(self._recent.forget)
        keep = self.addAction(tr("Re&member opened places"))
        keep.setToolTip(tr("Paths may name patients: off empties the list and keeps nothing"))
        keep.setCheckable(True)
        keep.setChecked(self._recent.is_on)
        keep.toggled.connect(lambda is_on: self._settings.change(remember_recent=is_on))

    def _add_path(self, number: int, path: Path) -> None:
        # An ampersand in a name is no mnemonic.
        action: QAction = self.addAction(f"&{number % 10}  {path.name.replace('&', '&&')}")
        action.setToolTip(plain_tip(str(path)))
        action.triggered.connect(lambda: self.open_wanted.emit(path))


class RecentKeeper(QObject):
    """Brings the list from and to disk in the background."""

    def __init__(self, recent: RecentState, tasks: Tasks, notices: NoticeState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recent, self._tasks, self._notices = recent, tasks, notices
        self._lock = threading.Lock()
        recent.added.connect(self._remember)
        recent.forgotten.connect(self._forget)

    def load(self) -> None:
        """Read the stored list."""
        self._run("", recent_paths, self._recent.load)

    def _remember(self, path: Path) -> None:
        self._run(str(path), lambda: remember(path))

    def _forget(self) -> None:
        for job in self._tasks.running:
            if job.topic == TOPIC:
                self._tasks.cancel(job.key, TOPIC)
        self._run("", forget_recent)

    def _run(self, key: str, work: Callable[[], object], done: Callable[..., None] = lambda _: None) -> None:
        # A key for each path: of two jobs with one key only the newer is done.
        handlers = Handlers(done=done, failed=self._notices.complain)
        job = Job(key, TOPIC, tr("Keeping the list of opened places"), handlers)
        self._tasks.run(job, lambda progress, cancel: self._one_by_one(work))

    def _one_by_one(self, work: Callable[[], object]) -> object:
        # Each reads the stored list and writes it: two at once would lose one's change.
        with self._lock:
            return work()
