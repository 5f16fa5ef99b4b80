"""From recordings to windows of features that remember where in the recording they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medmm.core.recording import Recording
from medmm.inference import cepstrum, sound_steps
from medmm.inference.model_input import PreparedAudio
from medmm.models.spec import AudioSpec

# Bands in dB and coefficients come in tens; the network likes ones.
FEATURE_SCALE = 20.0


def prepare_audio(recordings: Sequence[Recording], spec: AudioSpec) -> PreparedAudio | None:
    """Clean every recording and cut it into windows of features; None where there is none."""
    windows: list[NDArray[np.float32]] = []
    places: list[tuple[int, float]] = []
    window = round(spec.window_seconds * spec.rate_hz)
    for index, recording in enumerate(recordings):
        samples = clean(recording, spec)
        for start in sound_steps.window_starts(len(samples), window=window, overlap=spec.overlap):
            windows.append(features_of(sound_steps.cut_window(samples, start, window=window), spec))
            places.append((index, start / spec.rate_hz))
    if not windows:
        return None
    return PreparedAudio(
        np.stack(windows),
        np.array([index for index, _ in places], dtype=np.int64),
        np.array([start for _, start in places], dtype=np.float64),
        tuple(recording.seconds for recording in recordings),
    )


def clean(recording: Recording, spec: AudioSpec) -> NDArray[np.float64]:
    """Resample, high-pass, denoise and level a recording as the spec says."""
    samples = recording.samples.astype(np.float64)
    samples = sound_steps.resample(samples - samples.mean(), from_hz=recording.rate_hz, to_hz=spec.rate_hz)
    if spec.high_pass_hz:
        samples = sound_steps.high_pass(samples, rate_hz=spec.rate_hz, cut_hz=spec.high_pass_hz)
    if spec.gate:
        samples = sound_steps.reduce_noise(samples, rate_hz=spec.rate_hz, strength=spec.gate)
    return sound_steps.set_level(samples, rms=spec.level) if spec.level else samples


def features_of(samples: NDArray[np.float64], spec: AudioSpec) -> NDArray[np.float32]:
    """Give the features [rows, frames] of one window."""
    n_fft, hop = round(spec.frame_seconds * spec.rate_hz), round(spec.hop_seconds * spec.rate_hz)
    bands = cepstrum.log_mel(samples, n_mels=spec.n_mels, n_fft=n_fft, hop=hop, rate_hz=spec.rate_hz)
    rows = cepstrum.mfcc(bands, n_mfcc=spec.n_mfcc) if spec.is_cepstral else bands
    return np.asarray(rows / FEATURE_SCALE, dtype=np.float32)


def silent_window(spec: AudioSpec) -> NDArray[np.float32]:
    """Give the features [rows, frames] of a window of silence."""
    return features_of(np.zeros(round(spec.window_seconds * spec.rate_hz)), spec)
