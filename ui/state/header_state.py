"""Which file's DICOM header is looked at, and what it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medmm.imaging.header_rows import HeaderTable
from ui.messages import Problem


class HeaderState(QObject):
    """One file at a time; the one shown, or one that was asked for by itself."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._place = ""
        self._table: HeaderTable | None = None
        self._problem: Problem | None = None
        self._can_step = False

    @property
    def path(self) -> Path | None:
        """The file looked at; None where nothing is open."""
        return self._path

    @property
    def place(self) -> str:
        """Which slice of how many the file is."""
        return self._place

    @property
    def table(self) -> HeaderTable | None:
        """The rows, once they are read."""
        return self._table

    @property
    def problem(self) -> Problem | None:
        """Why there are no rows."""
        return self._problem

    @property
    def can_step(self) -> bool:
        """Tell whether there is a file before or behind it."""
        return self._can_step

    def look_at(self, path: Path | None, *, place: str = "", can_step: bool = False) -> bool:
        """Look at another file; tells whether it must be read. The former rows stay until the new ones come."""
        is_new = path != self._path
        self._path, self._place, self._can_step = path, place, can_step
        if path is None:
            self._table, self._problem = None, None
        self.changed.emit()
        return is_new and path is not None

    def set_table(self, table: HeaderTable) -> None:
        """Take in the rows of the file looked at."""
        self._table, self._problem = table, None
        self.changed.emit()

    def set_problem(self, problem: Problem) -> None:
        """Say why there are no rows."""
        self._table, self._problem = None, problem
        self.changed.emit()
