"""Where the parts of the spectrogram lie, and the way between them and seconds and Hz."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from medmm.workflow.spectrogram import Spectrogram
from ui import theme
from ui.state.sound_cursor import Cursor
from ui.state.time_axis import TimeAxis

LEFT_WIDTH, RIGHT_WIDTH, TOP_HEIGHT, RULER_HEIGHT = 38, 50, 20, 20
BAR_WIDTH, GAP = 8, 6
# Round pitches that may be written at the left.
PITCHES_HZ = (50, 100, 200, 400, 800, 1600, 3000, 6000, 12_000, 24_000)
LABEL_ROOM = 14


@dataclass(frozen=True)
class SoundFrame:
    """Pitch at the left, the scale at the right, what is read off above, seconds below."""

    width: float
    height: float
    axis: TimeAxis
    picture: Spectrogram

    @cached_property
    def body(self) -> QRectF:
        """Where the spectrogram is drawn."""
        left, top = theme.scaled(LEFT_WIDTH), theme.scaled(TOP_HEIGHT)
        right, bottom = self.width - theme.scaled(RIGHT_WIDTH), self.height - theme.scaled(RULER_HEIGHT)
        return QRectF(left, top, max(1.0, right - left), max(1.0, bottom - top))

    @property
    def bar(self) -> QRectF:
        """Where the scale of the greys or of the weights stands."""
        return QRectF(self.body.right() + GAP, self.body.top(), BAR_WIDTH, self.body.height())

    def x_of(self, seconds: float) -> float:
        """Give where a time stands."""
        return self.body.left() + self.axis.fraction(seconds) * self.body.width()

    def y_of(self, hz: float) -> float:
        """Give where a pitch stands: bands are equally high."""
        bands = np.arange(len(self.picture.edges_hz), dtype=np.float64)
        place = float(np.interp(hz, self.picture.edges_hz, bands))
        return self.body.bottom() - place / bands[-1] * self.body.height()

    def source(self) -> QRectF:
        """Give the part of the spectrogram's pixels that is seen, columns by bands."""
        step = self.picture.seconds_per_column
        return QRectF(self.axis.start / step, 0, self.axis.span / step, len(self.picture.levels_db))

    def cursor_at(self, place: QPointF) -> Cursor | None:
        """Give the time and the band at a point; None beside the spectrogram."""
        if not self.body.contains(place):
            return None
        n_bands = len(self.picture.levels_db)
        up = (self.body.bottom() - place.y()) / self.body.height()
        fraction = (place.x() - self.body.left()) / self.body.width()
        return Cursor(self.axis.seconds_at(fraction), min(int(up * n_bands), n_bands - 1))

    def pitches(self) -> list[int]:
        """Give the pitches that are written, no closer than a line of text."""
        low, high = self.picture.edges_hz[[0, -1]]
        kept: list[int] = []
        for hz in PITCHES_HZ:
            is_clear = not kept or self.y_of(kept[-1]) - self.y_of(hz) >= theme.scaled(LABEL_ROOM)
            if low <= hz <= high and is_clear:
                kept.append(hz)
        return kept
