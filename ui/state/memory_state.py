"""How short of memory the machine is, and what was given back because of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class Shortage:
    """Memory is low: what is left in bytes, how many series left memory so far, and how many bytes they took."""

    left_bytes: int
    n_released: int = 0
    released_bytes: int = 0


class MemoryState(QObject):
    """Holds the shortage while there is one; `changed` also when it is over."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shortage: Shortage | None = None

    @property
    def shortage(self) -> Shortage | None:
        """The shortage now, None while there is enough."""
        return self._shortage

    def set_short(self, left_bytes: int, n_released: int, released_bytes: int) -> None:
        """Note that memory is low and what was given back just now; what was before is added to it."""
        former = self._shortage or Shortage(left_bytes)
        self._shortage = Shortage(left_bytes, former.n_released + n_released, former.released_bytes + released_bytes)
        self.changed.emit()

    def set_enough(self) -> None:
        """Note that there is enough again."""
        if self._shortage is not None:
            self._shortage = None
            self.changed.emit()
