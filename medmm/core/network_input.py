"""What the network saw of a case: the very arrays, with the way back to image, note and table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.words import Words


@dataclass(frozen=True)
class NetworkImage:
    """pixels: float32 [rows, cols] of a film or [slices, rows, cols] of a volume, as they reach the encoder.

    padding: (rows above, rows below, columns left, columns right) that show nothing;
    seen_box: (row0, col0, row1, col1) in pixels of images[image_index], what the network saw;
    seen_slices: the stored slices that it saw of a volume, None for a film.
    """

    pixels: NDArray[np.float32]
    seen_box: tuple[float, float, float, float]
    padding: tuple[int, int, int, int] = (0, 0, 0, 0)
    image_index: int = 0
    slice_index: int = 0
    seen_slices: tuple[float, float] | None = None


@dataclass(frozen=True)
class LeftOut:
    """A stretch of notes[note_index] that the network did not see, and why."""

    note_index: int
    start: int
    end: int
    reason: Words


@dataclass(frozen=True)
class NetworkNote:
    """Chunks of tokens: words[n] are those of chunk n as the vocabulary writes them, without padding.

    token_ids, note_index, starts, ends: [N, T], padded to the longest chunk; a special token has note_index -1.
    """

    words: tuple[tuple[str, ...], ...]
    token_ids: NDArray[np.int64]
    note_index: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    n_tokens: int
    n_read: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class NetworkVitals:
    """features: float32 [signs, statistics + 1], standardised, the last column 1 where the sign is missing.

    centre, scale: [signs, statistics], feature = (value - centre) / scale;
    series: float32 [times, signs, 3] of (standardised value, is measured, hours since the last value) where the model
    reads the course, with the times as ISO 8601.
    """

    names: tuple[str, ...]
    statistics: tuple[str, ...]
    features: NDArray[np.float32]
    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    series: NDArray[np.float32] | None = None
    times: tuple[str, ...] = ()


@dataclass(frozen=True)
class NetworkAudio:
    """windows: float32 [N, rows, frames]; start_seconds, recording_index: [N], where each begins."""

    windows: NDArray[np.float32]
    recording_index: NDArray[np.int64]
    start_seconds: NDArray[np.float64]


@dataclass(frozen=True)
class NetworkInput:
    """Everything that reached the network; an input that was not used is None."""

    image: NetworkImage | None = None
    note: NetworkNote | None = None
    vitals: NetworkVitals | None = None
    audio: NetworkAudio | None = None
