"""Open the DICOM header of the slice shown and follow the reader from slice to slice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from medmm.workflow.header import read_header
from ui.commands import VIEW_KEY, Session
from ui.dialogs.header import HeaderDialog
from ui.language import tr
from ui.state.header_state import HeaderState
from ui.tasks import Handlers, Job

if TYPE_CHECKING:
    from ui.main_window import MainWindow

# While slices are leafed through, only the one that is stayed at is read.
PAUSE_MS = 120
TOPIC = "header"


class HeaderLookup(QObject):
    """Reads in the background; nothing is read while the dialog is closed."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._state = HeaderState(self)
        self._dialog: HeaderDialog | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._follow)
        window.actions_table.bind({"header": self.open})
        window.viewports.active_changed.connect(self._on_moved)
        for view in window.viewports.views:
            view.slice_changed.connect(self._on_moved)
            view.image_changed.connect(self._on_moved)
        self._on_moved()

    @property
    def state(self) -> HeaderState:
        """Which file is looked at."""
        return self._state

    @property
    def dialog(self) -> HeaderDialog | None:
        """The dialog, once it was opened."""
        return self._dialog

    def open(self) -> None:
        """Show the header of the slice shown."""
        self._shown_dialog()
        self._follow()

    def open_file(self, path: Path) -> None:
        """Show the header of another file, until the slice shown changes."""
        self._shown_dialog()
        self._look_at(path, place="", can_step=False)

    def finish(self) -> None:
        """Stop reading: the window goes, or another one takes over."""
        self._pause.stop()
        self._session.tasks.cancel(VIEW_KEY, TOPIC)

    def _shown_dialog(self) -> None:
        if self._dialog is None:
            self._dialog = HeaderDialog(self._state, self._window)
            self._dialog.step_wanted.connect(self._step)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def _on_moved(self) -> None:
        self._window.actions_table["header"].setEnabled(self._window.view.image is not None)
        if self._dialog is not None and self._dialog.isVisible():
            self._pause.start()

    def _step(self, by: int) -> None:
        view = self._window.view
        view.set_slice(view.slice_index + by)

    def _follow(self) -> None:
        view = self._window.view
        if view.image is None:
            self._look_at(None, place="", can_step=False)
            return
        n_slices = len(view.image.instances)
        place = min(view.slice_index, n_slices - 1)
        words = tr("slice {at} of {n}").format(at=place + 1, n=n_slices) if n_slices > 1 else ""
        self._look_at(view.image.instances[place].path, place=words, can_step=n_slices > 1)

    def _look_at(self, path: Path | None, *, place: str, can_step: bool) -> None:
        if self._state.look_at(path, place=place, can_step=can_step) and path is not None:
            case = self._session.cases.case
            folder = case.folder if case else path.parent
            handlers = Handlers(done=self._state.set_table, failed=self._state.set_problem)
            job = Job(VIEW_KEY, TOPIC, tr("Reading the header"), handlers)
            self._session.tasks.run(job, lambda progress, cancel: read_header(folder, path))
