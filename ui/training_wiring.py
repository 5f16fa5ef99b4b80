"""Join the training screen to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.commands import Session
from ui.dialogs.training import TrainingDialog
from ui.main_window import MainWindow


class TrainingWiring(QObject):
    """One training screen; closing it lets the run go on, closing the window stops it."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._training = window, session.training
        self._dialog: TrainingDialog | None = None
        window.actions_table.bind({"train": self.show})

    def show(self) -> TrainingDialog:
        """Show the screen, or bring it to the front."""
        if self._dialog is None:
            self._dialog = TrainingDialog(self._training, self._window)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog
