"""The steps from a recording to even sound: resampling, high-pass, denoising, level; numpy and scipy only.

scipy is loaded where it is used: half a second of a reader that meets no recording.
"""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]
# The floor of a frequency: what it falls below in a tenth of the time (breathing pauses).
FLOOR_PERCENTILE = 10
# A frequency below its floor is turned down this far, not off: holes ring.
GATE_FLOOR = 0.1
GATE_FRAME_SECONDS = 0.064


def resample(samples: Samples, *, from_hz: int, to_hz: int) -> Samples:
    """Bring samples to another rate with the polyphase filter of scipy, which cuts what would fold over."""
    if from_hz == to_hz:
        return samples
    from scipy.signal import resample_poly

    common = gcd(from_hz, to_hz)
    return np.asarray(resample_poly(samples, to_hz // common, from_hz // common), dtype=np.float64)


def high_pass(samples: Samples, *, rate_hz: int, cut_hz: float) -> Samples:
    """Take away what is slower than cut_hz (handling, rumble) with a Butterworth of order 4, both ways: no delay."""
    from scipy.signal import butter, sosfiltfilt

    sections = butter(4, cut_hz, btype="highpass", fs=rate_hz, output="sos")
    return np.asarray(sosfiltfilt(sections, samples), dtype=np.float64)


def reduce_noise(samples: Samples, *, rate_hz: int, strength: float) -> Samples:
    """Turn down what stays near the steady noise floor of its frequency (spectral gating, Boll 1979).

    A frequency passes whole where it reaches `strength` times its floor by far, and falls to a tenth at the floor.
    """
    from scipy.ndimage import uniform_filter
    from scipy.signal import istft, stft

    width = round(GATE_FRAME_SECONDS * rate_hz)
    _, _, spectrum = stft(samples, fs=rate_hz, nperseg=width, noverlap=width * 3 // 4)
    size = np.abs(spectrum)
    floor = np.percentile(size, FLOOR_PERCENTILE, axis=1, keepdims=True)
    gain = np.clip((size - strength * floor) / np.maximum(size, 1e-12), GATE_FLOOR, 1.0)
    # Neighbours agree: a lone cell above its floor is chance and would chirp.
    gain = uniform_filter(gain, size=3, mode="nearest")
    _, quiet = istft(spectrum * gain, fs=rate_hz, nperseg=width, noverlap=width * 3 // 4)
    return np.asarray(quiet[: len(samples)], dtype=np.float64)


def set_level(samples: Samples, *, rms: float) -> Samples:
    """Bring the root mean square to a level; a gain of the microphone then changes nothing."""
    found = float(np.sqrt(np.mean(samples**2)))
    return samples * (rms / found) if found > 0 else samples


def window_starts(n: int, *, window: int, overlap: float) -> list[int]:
    """Give the first sample of each window over n samples: evenly overlapping, the last one ends with the recording."""
    if n <= window:
        return [0]
    step = max(1, round(window * (1 - overlap)))
    starts = list(range(0, n - window, step))
    return [*starts, n - window]


def cut_window(samples: Samples, start: int, *, window: int) -> Samples:
    """Cut a window; a recording that is shorter is repeated, so that no silence is made up."""
    piece = samples[start : start + window]
    return np.resize(piece, window) if len(piece) < window else piece
