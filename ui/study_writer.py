"""Writes what belongs to a study a moment after it changes, and never an older state over a newer one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from medmm.core.progress import CancelToken
from ui.messages import Problem, attempt
from ui.state.notice_state import NoticeState
from ui.tasks import Handlers, Job, Tasks

# Long enough to join a burst of changes, short enough that a crash takes next to nothing.
PAUSE_MS = 400
Write = Callable[[CancelToken], None]


class StudyWriter(QObject):
    """One write at a time for each study. prepare: takes a study's values now and gives what writes them later."""

    def __init__(
        self, prepare: Callable[[str], Write], title: str, *, topic: str, notices: NoticeState, tasks: Tasks
    ) -> None:
        super().__init__(tasks)
        self._prepare, self._title, self._topic = prepare, title, topic
        self._notices, self._tasks = notices, tasks
        self._unsaved: dict[str, None] = {}
        self._being_written: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    def note(self, document: str) -> None:
        """Remember that a study is to be written."""
        self._unsaved[document] = None
        self._pause.start()

    def save_now(self) -> None:
        """Start to write every study that is not being written already."""
        for document in [document for document in self._unsaved if document not in self._being_written]:
            del self._unsaved[document]
            self._being_written.add(document)
            self._start(document)

    def flush(self) -> None:
        """Write what is not saved yet, here and now: the window is closing and its workers end with it."""
        for document in tuple(self._being_written):
            self._tasks.cancel(document, self._topic)
        self._pause.stop()
        for document in self._unsaved:
            write = self._prepare(document)
            attempt(lambda write=write: write(CancelToken()))
        self._unsaved.clear()

    def _start(self, document: str) -> None:
        handlers = Handlers(
            done=lambda _: self._on_saved(document),
            failed=lambda problem: self._on_failed(document, problem),
            cancelled=lambda: self._on_cancelled(document),
        )
        # Not under the patient's key: closing a patient forgets its jobs, and this one must still be done.
        job = Job(document, self._topic, self._title, handlers)
        write = self._prepare(document)
        self._tasks.run(job, lambda progress, cancel: write(cancel))

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
        self.note(document)
