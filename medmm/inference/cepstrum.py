"""Log-mel bands and mel-frequency cepstral coefficients (Davis and Mermelstein 1980), as torchaudio computes them.

Mel scale of HTK, triangles of height 1, periodic Hann window, power in dB with 80 dB below the loudest as the floor,
orthonormal DCT-II.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TOP_DB = 80.0
LEAST_POWER = 1e-10
LOWEST_HZ = 40.0


def to_mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give HTK's mel of a frequency: 2595 log10(1 + f / 700)."""
    return np.asarray(2595.0 * np.log10(1.0 + hz / 700.0), dtype=np.float64)


def to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn mel back to Hz."""
    return np.asarray(700.0 * (10.0 ** (mel / 2595.0) - 1.0), dtype=np.float64)


def band_edges(n_mels: int, *, rate_hz: int) -> NDArray[np.float64]:
    """Give the n_mels + 2 corners of the triangles in Hz; band k spans corner k to k + 2."""
    low, high = to_mel(np.array([LOWEST_HZ, rate_hz / 2]))
    return to_hz(np.linspace(low, high, n_mels + 2))


def mel_filters(n_mels: int, *, n_fft: int, rate_hz: int) -> NDArray[np.float64]:
    """Give the triangles [n_mels, n_fft / 2 + 1]."""
    corners = band_edges(n_mels, rate_hz=rate_hz)
    hz = np.linspace(0, rate_hz / 2, n_fft // 2 + 1)
    rising = (hz - corners[:-2, None]) / np.diff(corners)[:-1, None]
    falling = (corners[2:, None] - hz) / np.diff(corners)[1:, None]
    return np.maximum(0.0, np.minimum(rising, falling))


def power_spectrum(samples: NDArray[np.float64], *, n_fft: int, hop: int) -> NDArray[np.float64]:
    """Give the power [n_fft / 2 + 1, frames] of frames that lie wholly inside the samples."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, n_fft)[::hop]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    return np.asarray(np.abs(np.fft.rfft(frames * hann, axis=1)).T ** 2, dtype=np.float64)


def log_mel(samples: NDArray[np.float64], *, n_mels: int, n_fft: int, hop: int, rate_hz: int) -> NDArray[np.float64]:
    """Give the bands [n_mels, frames] in dB."""
    power = mel_filters(n_mels, n_fft=n_fft, rate_hz=rate_hz) @ power_spectrum(samples, n_fft=n_fft, hop=hop)
    decibel = 10.0 * np.log10(np.maximum(power, LEAST_POWER))
    return np.asarray(np.maximum(decibel, decibel.max() - TOP_DB), dtype=np.float64)


def mfcc(bands: NDArray[np.float64], *, n_mfcc: int) -> NDArray[np.float64]:
    """Give the first coefficients [n_mfcc, frames] of log-mel bands."""
    # Not at the top: the window draws bands, too, and would stand still while scipy is loaded.
    from scipy.fft import dct

    return np.asarray(dct(bands, type=2, norm="ortho", axis=0)[:n_mfcc], dtype=np.float64)
