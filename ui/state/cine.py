"""Plays the slices of the active viewport as a film."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.state.layout_state import LayoutState
from ui.state.view_state import ViewState

USUAL_RATE = 10.0
RATES = (1.0, 2.0, 5.0, 7.5, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 60.0)


class Cine(QObject):
    """One film at a time, round and round; it stops when another image or viewport is chosen. Never by itself."""

    changed = Signal()

    def __init__(self, layout_state: LayoutState) -> None:
        super().__init__(layout_state)
        self._layout = layout_state
        self._playing: ViewState | None = None
        self._rate: float | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        layout_state.active_changed.connect(self.stop)
        for view in layout_state.views:
            view.image_changed.connect(lambda view=view: self._on_image_changed(view))

    @property
    def is_playing(self) -> bool:
        """Tell whether a film runs."""
        return self._playing is not None

    @property
    def can_play(self) -> bool:
        """Tell whether the active viewport has more than one slice."""
        return self._layout.active.n_slices > 1

    @property
    def rate(self) -> float:
        """Frames a second: what was chosen, else what the file recommends, else 10."""
        if self._rate is not None:
            return self._rate
        image = self._layout.active.image
        return float(image.header.frame_rate) if image and image.header.frame_rate else USUAL_RATE

    def toggle(self) -> None:
        """Start or stop the film of the active viewport."""
        if self._playing is not None:
            self.stop()
        elif self.can_play:
            self._playing = self._layout.active
            self._timer.start(self._interval_ms())
            self.changed.emit()

    def stop(self) -> None:
        """Stop where the film is."""
        if self._playing is not None:
            self._playing = None
            self._timer.stop()
            self.changed.emit()

    def change_rate(self, by: int) -> None:
        """Go to the next faster rate of the row, or with -1 to the next slower one."""
        faster = [rate for rate in RATES if rate > self.rate]
        slower = [rate for rate in reversed(RATES) if rate < self.rate]
        choice = faster if by > 0 else slower
        if choice:
            self._rate = choice[0]
            self._timer.setInterval(self._interval_ms())
            self.changed.emit()

    def _interval_ms(self) -> int:
        return round(1000 / self.rate)

    def _on_image_changed(self, view: ViewState) -> None:
        self._rate = None
        if view is self._playing:
            self.stop()

    def _step(self) -> None:
        view = self._playing
        if view is not None and view.n_slices:
            view.set_slice((view.slice_index + 1) % view.n_slices)
