"""The RIFF WAVE container: find format and samples, and decode uncompressed PCM and float to float32.

After the RIFF chunks of Microsoft and IBM's "Multimedia Programming Interface and Data Specifications 1.0" (1991) and
WAVEFORMATEXTENSIBLE. The standard library's `wave` knows neither float nor, before Python 3.12, the extensible form.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medmm.core.words import Words

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
FORMAT_NAMES = {2: "ADPCM", 6: "A-law", 7: "µ-law", 17: "IMA ADPCM", 49: "GSM 6.10", 80: "MPEG", 85: "MP3", 255: "AAC"}
# A program that writes into a pipe cannot know the size and says this; the samples then go on to the end.
UNKNOWN_SIZE = 0xFFFFFFFF


class WaveTrouble(Exception):
    """Why the bytes are no WAVE file that can be read; the reason is a clause that follows the file's name."""

    def __init__(self, reason: Words) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class WaveFormat:
    """The `fmt ` chunk. coding: PCM or FLOAT."""

    coding: int
    n_channels: int
    rate_hz: int
    n_bits: int

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample of every channel."""
        return self.n_channels * self.n_bits // 8


def is_wave(head: bytes) -> bool:
    """Tell by its first bytes whether a file is a RIFF WAVE."""
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def decode_wave(content: bytes) -> tuple[WaveFormat, NDArray[np.float32]]:
    """Give the format and the samples [n, channels], full scale = -1..1.

    Raises WaveTrouble for a container that is damaged, cut off, compressed or of an unknown sample form.
    """
    chunks = _chunks(content)
    if b"fmt " not in chunks:
        raise WaveTrouble(Words("has no format chunk"))
    if b"data" not in chunks:
        raise WaveTrouble(Words("holds no samples"))
    kind = _format(chunks[b"fmt "][0])
    samples, size = chunks[b"data"]
    if size != UNKNOWN_SIZE and size > len(samples):
        raise WaveTrouble(
            Words("is cut off: {n_found:,} of {n_stated:,} bytes of samples", n_found=len(samples), n_stated=size)
        )
    whole = len(samples) - len(samples) % kind.frame_bytes
    return kind, _to_float(samples[:whole], kind).reshape(-1, kind.n_channels)


def _chunks(content: bytes) -> dict[bytes, tuple[bytes, int]]:
    """Give each chunk's first occurrence: its bytes as far as they are there, and the size that it states."""
    found: dict[bytes, tuple[bytes, int]] = {}
    place = 12
    while place + 8 <= len(content):
        name, size = content[place : place + 4], struct.unpack_from("<I", content, place + 4)[0]
        found.setdefault(name, (content[place + 8 : place + 8 + size], size))
        place += 8 + size + size % 2
    return found


def _format(chunk: bytes) -> WaveFormat:
    if len(chunk) < 16:
        raise WaveTrouble(Words("has a format chunk of {n_bytes} bytes, which is cut off", n_bytes=len(chunk)))
    coding, n_channels, rate_hz, _, _, n_bits = struct.unpack_from("<HHIIHH", chunk)
    if coding == EXTENSIBLE and len(chunk) >= 26:
        coding = struct.unpack_from("<H", chunk, 24)[0]  # the first two bytes of the sub-format's GUID
    if coding not in (PCM, FLOAT):
        name = FORMAT_NAMES.get(coding, f"format {coding}")
        raise WaveTrouble(Words("is compressed ({name}); only uncompressed PCM and float are read", name=name))
    if n_bits not in ((8, 16, 24, 32) if coding == PCM else (32, 64)):
        raise WaveTrouble(Words("has samples of {n_bits} bits", n_bits=n_bits))
    if not 1 <= n_channels <= 16:
        raise WaveTrouble(Words("states {n_channels} channels", n_channels=n_channels))
    return WaveFormat(coding, n_channels, rate_hz, n_bits)


def _to_float(samples: bytes, kind: WaveFormat) -> NDArray[np.float32]:
    if kind.coding == FLOAT:
        return np.asarray(np.frombuffer(samples, dtype=f"<f{kind.n_bits // 8}"), dtype=np.float32)
    if kind.n_bits == 8:  # alone of all sizes without a sign
        return (np.frombuffer(samples, dtype=np.uint8) - np.float32(128)) / np.float32(128)
    if kind.n_bits == 24:
        wide = np.zeros((len(samples) // 3, 4), dtype=np.uint8)
        wide[:, 1:] = np.frombuffer(samples, dtype=np.uint8).reshape(-1, 3)
        return np.asarray(wide.view("<i4").ravel() / 2.0**31, dtype=np.float32)
    full = 2.0 ** (kind.n_bits - 1)
    return np.asarray(np.frombuffer(samples, dtype=f"<i{kind.n_bits // 8}") / full, dtype=np.float32)
