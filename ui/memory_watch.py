"""Give memory back before the machine runs out of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from medmm.workflow.machine_memory import available_bytes, is_low, total_bytes
from ui.state.memory_state import MemoryState
from ui.state.series_store import SeriesStore

WATCH_MS = 2000
# So much is given back at once: by drops it would go on for minutes.
RELEASED_BYTES = 512 << 20


class MemoryWatch(QObject):
    """Looks every two seconds; reading two small files of the system takes no time worth a thread."""

    def __init__(self, pixels: SeriesStore, state: MemoryState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixels, self._state = pixels, state
        self._timer = QTimer(self, interval=WATCH_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Compare what is left with what is needed, and release what is not on the screen."""
        left, total = available_bytes(), total_bytes()
        if left is None or total is None:
            return
        if is_low(left, total):
            self._state.set_short(left, *self._pixels.release(RELEASED_BYTES))
        else:
            self._state.set_enough()
