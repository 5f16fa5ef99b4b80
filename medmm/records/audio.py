"""Read a sound recording: WAV, by content, within limits, or a sentence that says why not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medmm.core.errors import InvalidRecord, UnreadableFile
from medmm.core.quality import InputKind, QualityNote, Severity
from medmm.core.recording import Recording
from medmm.core.words import Words
from medmm.records.formats import name_binary
from medmm.records.wave_file import WaveTrouble, decode_wave, is_wave

MAX_BYTES = 200_000_000
MAX_SECONDS = 600.0
MIN_SECONDS = 0.5
# Lungs are heard below 2 kHz; less than this holds too little of them.
RATES_HZ = (2_000, 192_000)
# -80 dB of full scale: below the noise of any microphone.
SILENCE = 1e-4
CLIPPED_SHARE = 0.001
HINT = Words("Save the recording as uncompressed WAV (PCM).")


def read_recording(path: Path) -> Recording:
    """Read a WAV file of 8, 16, 24 or 32 bit PCM or 32 or 64 bit float; channels are averaged.

    Raises UnreadableFile for what is no such file, is cut off or compressed; InvalidRecord for a recording that is
    empty, silent, too short, too long or holds values that are no numbers.
    """
    content = _bytes_of(path)
    if not is_wave(content):
        other = name_binary(content) or Words("another kind of file")
        raise UnreadableFile(Words("{name} is {kind}, not a WAV recording", name=path.name, kind=other), HINT, path)
    try:
        kind, samples = decode_wave(content)
    except WaveTrouble as trouble:
        raise UnreadableFile(Words("{name} {reason}", name=path.name, reason=trouble.reason), HINT, path) from trouble
    if reason := _why_not(samples, kind.rate_hz):
        raise InvalidRecord(Words("{name} {reason}", name=path.name, reason=reason), HINT, path)
    mono = samples.mean(axis=1, dtype=np.float32)
    return Recording(
        samples=mono,
        rate_hz=kind.rate_hz,
        path=path,
        n_channels=kind.n_channels,
        sha256=hashlib.sha256(content).hexdigest(),
        notes=_doubts(samples),
    )


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                Words("{name} has {n_bytes:,} bytes, more than {most:,}", name=path.name, n_bytes=size, most=MAX_BYTES),
                Words("Cut the recording."),
                path,
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            Words("{name} cannot be read: {error}", name=path.name, error=error.strerror), source=path
        ) from error


def _why_not(samples: NDArray[np.float32], rate_hz: int) -> Words | None:
    """Give the first reason why the samples [n, channels] cannot be used; a clause that follows the file's name."""
    slowest, fastest = RATES_HZ
    if not slowest <= rate_hz <= fastest:
        return Words(
            "states {rate:,} samples a second, not {low:,} to {high:,}", rate=rate_hz, low=slowest, high=fastest
        )
    seconds = len(samples) / rate_hz
    if not len(samples):
        return Words("holds no samples")
    if seconds < MIN_SECONDS:
        return Words("lasts {seconds:.2f} s; at least {least:g} s are needed", seconds=seconds, least=MIN_SECONDS)
    if seconds > MAX_SECONDS:
        return Words("lasts {seconds:.0f} s, more than {most:.0f} s", seconds=seconds, most=MAX_SECONDS)
    if not np.isfinite(samples).all():
        return Words("holds values that are no numbers")
    if np.abs(samples - samples.mean(axis=0)).max() < SILENCE:
        return Words("is silent")
    if np.abs(samples.mean(axis=1) - samples.mean()).max() < SILENCE:
        return Words("is silent once its channels are averaged: they cancel each other")
    return None


def _doubts(samples: NDArray[np.float32]) -> tuple[QualityNote, ...]:
    peak = float(np.abs(samples).max())
    clipped = float((np.abs(samples) >= max(peak, 0.99) - 1e-6).mean())
    if clipped < CLIPPED_SHARE:
        return ()
    message = Words("The recording is overdriven: {clipped:.1%} of its samples stand at full scale.", clipped=clipped)
    return (QualityNote("audio_clipped", message, Severity.WARNING, InputKind.AUDIO),)
