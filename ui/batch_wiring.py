"""Join the batch screen and the worklist to the window: cases are opened, reviews tell what is signed."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox
from typing_extensions import override

from ui.commands import Commands, Session
from ui.dialogs.batch import BatchDialog
from ui.dialogs.drift import DriftDialog
from ui.dialogs.worklist import WorklistDialog
from ui.language import tr
from ui.main_window import MainWindow
from ui.messages import Problem

# Who walks through a night's list does not go back further than this, and each open patient is a row of the browser.
MOST_OPEN = 6


class BatchWiring(QObject):
    """One screen of each kind; closing them lets the run go on, closing the window stops it after its group."""

    def __init__(self, window: MainWindow, session: Session, commands: Commands) -> None:
        super().__init__(window)
        self._window, self._session, self._commands = window, session, commands
        self._batch: BatchDialog | None = None
        self._worklist: WorklistDialog | None = None
        self._opened: deque[Path] = deque()
        window.actions_table.bind({"score_folder": self.show_batch, "worklist": self.show_worklist})
        session.worklist.wanted.connect(self._on_wanted)
        session.worklist.troubled.connect(session.notices.complain)
        session.batch.exported.connect(self._on_exported)
        session.settings.changed.connect(lambda: self._obey())
        session.reviews.changed.connect(self._on_review_changed)
        window.installEventFilter(self)
        self._obey()

    def show_batch(self) -> BatchDialog:
        """Show the batch screen, or bring it to the front."""
        if self._batch is None:
            self._batch = BatchDialog(self._session.batch, self._session.tasks, self._window)
            self._batch.case_wanted.connect(lambda case: self._session.worklist.open(case.case))
            self._batch.worklist_wanted.connect(self.show_worklist)
            self._batch.comparison_wanted.connect(self._ask_other)
            self._batch.table.failed.connect(self._on_trouble)
        self._show(self._batch)
        return self._batch

    def show_worklist(self) -> WorklistDialog:
        """Show the worklist, or bring it to the front."""
        if self._worklist is None:
            self._worklist = WorklistDialog(self._session.worklist, self._session.tasks, self._window)
            self._worklist.batch_wanted.connect(self.show_batch)
            self._worklist.set_reader(self._session.settings.settings.reader_name)
        self._session.worklist.follow()
        self._show(self._worklist)
        return self._worklist

    def step(self, by: int) -> bool:
        """Go to the next or previous case of the worklist; False where nobody walks through one."""
        return self._session.worklist.step(by)

    def may_close(self) -> bool:
        """Ask whether the program may end while a batch is running; True where none is."""
        if not self._session.batch.is_running:
            return True
        answer = QMessageBox.question(
            self._window,
            tr("Score a folder"),
            tr("A batch is running. Closing stops it after the cases at hand; it can be gone on with. Close MedMM?"),
        )
        return answer is QMessageBox.StandardButton.Yes

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What the user closes, and not what a signal of the system or a test closes: nobody would answer there.
        if event.type() == QEvent.Type.Close and event.spontaneous() and not self.may_close():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def quit(self) -> None:
        """End the program, unless a batch is to go on."""
        if self.may_close():
            self._window.close()

    def _show(self, dialog: BatchDialog | WorklistDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _obey(self) -> None:
        settings, batch, worklist = self._session.settings.settings, self._session.batch, self._session.worklist
        batch.model, batch.device = settings.model, settings.device
        if worklist.longest_wait_h != settings.longest_wait_h:
            worklist.longest_wait_h = settings.longest_wait_h
            if worklist.is_followed:
                worklist.put_in_order()
        if self._worklist is not None:
            self._worklist.set_reader(settings.reader_name)

    def _on_wanted(self, folder: Path) -> None:
        self._commands.open_and_score(folder)
        if folder in self._opened:
            self._opened.remove(folder)
        self._opened.append(folder)
        while len(self._opened) > MOST_OPEN:
            self._commands.close_place(self._opened.popleft())
        self._window.raise_()
        self._window.activateWindow()

    def _on_review_changed(self) -> None:
        patient = self._session.cases.current
        if patient is not None and self._session.cases.result is not None:
            self._session.worklist.note_signature(patient.folder, is_signed=self._session.reviews.signature is not None)

    def _on_exported(self, path: Path) -> None:
        self._session.notices.tell(tr("The list of cases was saved."), hint=str(path), file=path)

    def _on_trouble(self, problem: Problem) -> None:
        self._session.notices.complain(problem)

    def _ask_other(self) -> None:
        out = self._session.batch.out
        if out is None:
            return
        name = QFileDialog.getExistingDirectory(
            self._window, tr("Results of the batch to compare with, the earlier one"), str(out.parent)
        )
        if name:
            DriftDialog((Path(name), out), self._session.tasks, self._session.notices, self._window).open()
