"""WAV files byte by byte."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

RATE_HZ = 8000


def tone(seconds: float = 1.0, *, hz: float = 200.0, rate_hz: int = RATE_HZ, peak: float = 0.5) -> np.ndarray:
    """A sine, float64."""
    return peak * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


def wave_bytes(
    samples: np.ndarray,
    *,
    coding: int = 1,
    n_bits: int = 16,
    rate_hz: int = RATE_HZ,
    stated_bytes: int | None = None,
    is_extensible: bool = False,
    extra: bytes = b"",
) -> bytes:
    """Write stored samples [n] or [n, channels]; extra: chunks between format and samples."""
    n_channels = 1 if samples.ndim == 1 else samples.shape[1]
    content = samples.tobytes()
    frame = n_channels * n_bits // 8
    tag = 0xFFFE if is_extensible else coding
    kind = struct.pack("<HHIIHH", tag, n_channels, rate_hz, rate_hz * frame, frame, n_bits)
    if is_extensible:
        guid_rest = bytes.fromhex("000000001000800000aa00389b71")
        kind += struct.pack("<HHIH", 22, n_bits, 0, coding) + guid_rest
    size = len(content) if stated_bytes is None else stated_bytes
    body = b"WAVE" + b"fmt " + struct.pack("<I", len(kind)) + kind + extra + b"data" + struct.pack("<I", size) + content
    return b"RIFF" + struct.pack("<I", len(body) & 0xFFFFFFFF) + body


def write_tone(path: Path, **facts: float) -> Path:
    """Write a tone as 16 bit PCM."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(wave_bytes(np.rint(tone(**facts) * 32767).astype("<i2")))
    return path
