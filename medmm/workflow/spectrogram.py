"""A recording as it is looked at: how loud it is at each pitch over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.progress import CancelToken
from medmm.core.recording import Recording

# A crackle takes 10 ms, a wheeze is a tone: frames are long enough to part tones and follow each other closely.
FRAME_SECONDS, HOP_SECONDS = 0.064, 0.016
N_BANDS = 48
# More columns than any screen shows; longer recordings are averaged.
MOST_COLUMNS = 4096
FRAMES_AT_ONCE = 128
# Breathing in a quiet room lies 20 to 40 dB under the loudest; what is below -60 is the microphone.
QUIETEST_DB = -60.0
LEAST_POWER = 1e-12


@dataclass(frozen=True)
class Spectrogram:
    """Loudness in bands of equal width on the mel scale.

    levels_db: float32 [bands, columns], low pitch first, from 0 (the loudest) down to -60; column k covers
    k * seconds_per_column to (k + 1) * seconds_per_column; edges_hz: [bands + 1], the borders of the bands.
    """

    levels_db: NDArray[np.float32]
    seconds_per_column: float
    edges_hz: NDArray[np.float64]


def draw_spectrogram(recording: Recording, *, cancel: CancelToken) -> Spectrogram:
    """Compute the spectrogram of the recording as it was made, not as a model cleans it. Raises Cancelled."""
    from medmm.inference.cepstrum import mel_filters

    rate = recording.rate_hz
    n_fft, hop = round(FRAME_SECONDS * rate), round(HOP_SECONDS * rate)
    filters = mel_filters(N_BANDS, n_fft=n_fft, rate_hz=rate)
    n_frames = -(-len(recording.samples) // hop)
    power = np.empty((N_BANDS, n_frames), dtype=np.float32)
    for first in range(0, n_frames, FRAMES_AT_ONCE):
        cancel.raise_if_set()
        frames = range(first, min(first + FRAMES_AT_ONCE, n_frames))
        power[:, frames.start : frames.stop] = filters @ _power(recording.samples, frames, n_fft=n_fft, hop=hop)
    together = -(-n_frames // MOST_COLUMNS)
    columns = _averaged(power, together)
    decibel = 10 * np.log10(np.maximum(columns, LEAST_POWER))
    levels = np.maximum(decibel - decibel.max(), QUIETEST_DB).astype(np.float32)
    return Spectrogram(levels, together * hop / rate, _edges(rate))


def _power(samples: NDArray[np.float32], frames: range, *, n_fft: int, hop: int) -> NDArray[np.float64]:
    """Give the power [n_fft / 2 + 1, frames]; frame k has its hop in the middle; beyond the ends is silence."""
    from medmm.inference.cepstrum import power_spectrum

    begin = frames.start * hop - (n_fft - hop) // 2
    end = begin + (len(frames) - 1) * hop + n_fft
    piece = samples[max(begin, 0) : end].astype(np.float64)
    padded = np.pad(piece, (max(-begin, 0), max(end - len(samples), 0)))
    return power_spectrum(padded, n_fft=n_fft, hop=hop)


def _averaged(power: NDArray[np.float32], together: int) -> NDArray[np.float32]:
    starts = np.arange(0, power.shape[1], together)
    sizes = np.diff(np.append(starts, power.shape[1]))
    return np.asarray(np.add.reduceat(power, starts, axis=1) / sizes, dtype=np.float32)


def _edges(rate_hz: int) -> NDArray[np.float64]:
    from medmm.inference.cepstrum import band_edges, to_hz, to_mel

    # The triangle of band k stands on corner k + 1: its border to the next is halfway on the mel scale.
    corners = to_mel(band_edges(N_BANDS, rate_hz=rate_hz))
    return to_hz((corners[:-1] + corners[1:]) / 2)
