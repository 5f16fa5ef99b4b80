"""What is read off a spectrogram: a time and a pitch, and the loudness and the weight there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from medmm.core.heat_map import SoundMap
from medmm.workflow.spectrogram import Spectrogram


@dataclass(frozen=True)
class Cursor:
    """A place in a spectrogram; band: its number from the lowest pitch, 0."""

    seconds: float
    band: int

    def moved(self, picture: Spectrogram, *, columns: int = 0, bands: int = 0) -> Cursor:
        """Go by columns in time and by bands in pitch; it stops at the ends."""
        n_bands, n_columns = picture.levels_db.shape
        column = min(max(column_of(picture, self.seconds) + columns, 0), n_columns - 1)
        band = min(max(self.band + bands, 0), n_bands - 1)
        seconds = (column + 0.5) * picture.seconds_per_column if columns else self.seconds
        return replace(self, seconds=seconds, band=band)


def column_of(picture: Spectrogram, seconds: float) -> int:
    """Give the column that a time lies in, within the picture."""
    return min(max(int(seconds / picture.seconds_per_column), 0), picture.levels_db.shape[1] - 1)


def pitch_hz(picture: Spectrogram, cursor: Cursor) -> float:
    """Give the middle of the cursor's band."""
    return float(picture.edges_hz[cursor.band : cursor.band + 2].mean())


def level_db(picture: Spectrogram, cursor: Cursor) -> float:
    """Give the loudness at the cursor, 0 for the loudest."""
    return float(picture.levels_db[cursor.band, column_of(picture, cursor.seconds)])


def weight_at(weights: SoundMap, picture: Spectrogram, cursor: Cursor) -> float:
    """Give what the place adds, in logits a second; 0 where the model hears nothing."""
    hz = pitch_hz(picture, cursor)
    bands = [place for place, (low, high) in enumerate(weights.bands_hz) if low <= hz < high]
    moment = int(cursor.seconds / weights.seconds_per_moment)
    if not bands or moment >= weights.values.shape[1]:
        return 0.0
    return float(np.asarray(weights.per_second)[bands[0], moment])
