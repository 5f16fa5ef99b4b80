"""One case as the network takes it, with the way back to the original image, note and table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class PreparedImage:
    """pixels: float32 [rows, cols] of a film or [slices, rows, cols] of a volume, in the spec's range.

    to_stored: [3, 3] from model-input (row, col, 1) to stored (row, col, 1), of a volume [4, 4] from and to
    (slice, row, col, 1); in both, pixel i covers i..i+1;
    seen_box: (row0, col0, row1, col1) in stored pixels, what the network saw;
    seen_slices: the stored slices that it saw of a volume, None for a film;
    display_mean, display_deviation: of the display values in [0, 1] before the intensity scaling, padding left out.
    """

    pixels: NDArray[np.float32]
    to_stored: NDArray[np.float64]
    seen_box: tuple[float, float, float, float]
    image_index: int = 0
    slice_index: int = 0
    seen_slices: tuple[float, float] | None = None
    display_mean: float = 0.0
    display_deviation: float = 1.0

    def grid_to_stored(self, grid: tuple[int, ...]) -> NDArray[np.float64]:
        """Give the matrix from cells of a feature grid ((slices,) rows, cols) over this input to stored pixels."""
        steps = [length / n for length, n in zip(self.pixels.shape, grid, strict=True)]
        return self.to_stored @ np.diag([*steps, 1.0])

    def seen_stretches(self) -> tuple[tuple[int, int], ...]:
        """Give for each axis of `pixels` the first pixel that is no padding and the one after the last."""
        row0, col0, row1, col1 = self.seen_box
        slices = [self.seen_slices] if self.seen_slices is not None else []
        corners = np.array([*slices, (row0, row1), (col0, col1), (1.0, 1.0)])
        edges = np.rint(np.linalg.inv(self.to_stored) @ corners).astype(int)
        return tuple((int(low), int(high)) for low, high in np.sort(edges[:-1], axis=1))

    def seen_mask(self) -> NDArray[np.bool_]:
        """Mark the model pixels that are no padding."""
        mask = np.zeros(self.pixels.shape, dtype=bool)
        mask[tuple(slice(*stretch) for stretch in self.seen_stretches())] = True
        return mask


@dataclass(frozen=True)
class PreparedNote:
    """Chunks of tokens [N, T] padded to the longest chunk.

    note_index, starts, ends: [N, T], the place of each token in the text of case.notes[note_index];
    special and padding tokens have note_index -1 and start = end = 0;
    coverage: part of all tokens that stands in at least one chunk; 1.0 means that nothing was left out;
    n_tokens: all of them, n_read: those that stand in a chunk, each counted once.
    """

    token_ids: NDArray[np.int64]
    token_mask: NDArray[np.int64]
    note_index: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    coverage: float = 1.0
    n_tokens: int = 0

    @property
    def n_read(self) -> int:
        """Count the tokens that were read."""
        return round(self.coverage * self.n_tokens)


@dataclass(frozen=True)
class PreparedVitals:
    """features: float32 [V] in the order of spec.vitals.feature_names; is_missing: bool per sign of spec.vitals.names;
    last: last plausible value per sign in its unit, None where missing;
    series: float32 [T, signs, 3] of (standardised value, is measured, hours since the sign's last value), for a model
    that reads them over time; times: of its steps; last_times: when each last value was measured, None where missing,
    empty where nobody will ask (training)."""

    features: NDArray[np.float32]
    is_missing: tuple[bool, ...]
    last: tuple[float | None, ...]
    series: NDArray[np.float32] | None = None
    times: tuple[datetime, ...] = ()
    last_times: tuple[datetime | None, ...] = ()


@dataclass(frozen=True)
class PreparedAudio:
    """windows: float32 [N, rows, frames]; recording_index, start_seconds: [N], where each window begins;
    seconds: length of each recording."""

    windows: NDArray[np.float32]
    recording_index: NDArray[np.int64]
    start_seconds: NDArray[np.float64]
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class ModelInput:
    """A prepared case. present: in the order of spec.input_kinds; an absent input is None."""

    present: tuple[bool, ...]
    image: PreparedImage | None = None
    note: PreparedNote | None = None
    vitals: PreparedVitals | None = None
    audio: PreparedAudio | None = None
