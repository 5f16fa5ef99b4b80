"""What was open at the end of the last session, as long as it can be brought back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from medmm.workflow.last_session import LastSession


class LastSessionState(QObject):
    """Holds the last session until it is taken; `changed` tells that there is one, or none any more."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: LastSession | None = None

    @property
    def last(self) -> LastSession | None:
        """What can be brought back, if anything."""
        return self._last

    def offer(self, last: LastSession | None) -> None:
        """Take what was stored."""
        self._last = last if last is not None and last.places else None
        self.changed.emit()

    def take(self) -> LastSession | None:
        """Give it away; it can be brought back only once."""
        taken = self._last
        self.offer(None)
        return taken
