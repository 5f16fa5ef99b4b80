"""The places opened last, for the File menu; kept on disk only while the user wants it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medmm.workflow.recent import with_recent


class RecentState(QObject):
    """Holds the list, newest first; `added` asks for a path to be stored, `forgotten` for the stored list to go."""

    changed = Signal()
    added = Signal(object)
    forgotten = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[Path, ...] = ()
        self._is_on = True

    @property
    def paths(self) -> tuple[Path, ...]:
        """The places opened last."""
        return self._paths

    @property
    def is_on(self) -> bool:
        """Tell whether places are remembered."""
        return self._is_on

    def load(self, paths: tuple[Path, ...]) -> None:
        """Take the list that was stored."""
        if self._is_on:
            self._paths = paths
            self.changed.emit()

    def add(self, path: Path) -> None:
        """Remember a place that was opened."""
        if self._is_on:
            self._paths = with_recent(self._paths, path)
            self.added.emit(path)
            self.changed.emit()

    def switch(self, is_on: bool) -> None:
        """Remember places from now on, or stop and forget those that are known."""
        self._is_on = is_on
        if not is_on:
            self.forget()
        self.changed.emit()

    def forget(self) -> None:
        """Forget every place."""
        self._paths = ()
        self.forgotten.emit()
        self.changed.emit()
