"""Recordings: every uncompressed form of WAV, and a sentence for everything else."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from medmm.core.errors import InvalidRecord, UnreadableFile
from medmm.records.audio import read_recording
from medmm.records.sniff import is_note, is_recording, is_table
from tests.records.wave_builders import RATE_HZ, tone, wave_bytes, write_tone


def read(tmp_path: Path, content: bytes, name: str = "lungs.wav"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_recording(path)


def as_24_bit(samples: np.ndarray) -> np.ndarray:
    wide = np.rint(samples * (2**23 - 1)).astype("<i4")
    return wide.view(np.uint8).reshape(-1, 4)[:, :3].copy()


@pytest.mark.parametrize(
    ("stored", "coding", "n_bits", "tolerance"),
    [
        (np.rint(tone() * 127 + 128).astype("u1"), 1, 8, 1 / 127),
        (np.rint(tone() * 32767).astype("<i2"), 1, 16, 1 / 32767),
        (as_24_bit(tone()).reshape(-1), 1, 24, 1e-6),
        (np.rint(tone() * (2**31 - 1)).astype("<i4"), 1, 32, 1e-6),
        (tone().astype("<f4"), 3, 32, 1e-6),
        (tone().astype("<f8"), 3, 64, 1e-6),
    ],
)
@pytest.mark.parametrize("is_extensible", [False, True])
def test_every_sample_form_gives_the_same_sound(
    tmp_path: Path, stored: np.ndarray, coding: int, n_bits: int, tolerance: float, is_extensible: bool
) -> None:
    sound = read(tmp_path, wave_bytes(stored, coding=coding, n_bits=n_bits, is_extensible=is_extensible))

    assert (sound.samples.dtype, sound.rate_hz, sound.seconds) == (np.float32, RATE_HZ, 1.0)
    assert np.abs(sound.samples - tone()).max() <= tolerance


def test_it_reads_what_the_standard_library_writes(tmp_path: Path) -> None:
    stored = np.rint(tone() * 32767).astype("<i2")
    with wave.open(str(tmp_path / "a.wav"), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(4000)
        stream.writeframes(stored.tobytes())

    sound = read_recording(tmp_path / "a.wav")

    assert sound.rate_hz == 4000
    assert (np.rint(sound.samples * 32768).astype("<i2") == stored).all()


def test_the_largest_value_of_24_bits_is_one_step_below_full_scale(tmp_path: Path) -> None:
    stored = np.tile(np.frombuffer(b"\xff\xff\x7f\x00\x00\x80", dtype="u1"), 4000)  # 8388607, -8388608

    sound = read(tmp_path, wave_bytes(stored, n_bits=24))

    assert sound.samples[:2].tolist() == [np.float32(8388607 / 8388608), -1.0]


def test_two_channels_are_averaged(tmp_path: Path) -> None:
    left, right = tone(peak=0.6), tone(peak=0.2)

    sound = read(tmp_path, wave_bytes(np.stack([left, right], axis=1).astype("<f4"), coding=3, n_bits=32))

    assert sound.n_channels == 2
    assert np.abs(sound.samples - tone(peak=0.4)).max() < 1e-6


def test_chunks_before_the_samples_and_an_unknown_size_are_passed_over(tmp_path: Path) -> None:
    stored = np.rint(tone() * 32767).astype("<i2")
    extra = b"LIST\x03\x00\x00\x00abc\x00"  # odd length, padded

    sound = read(tmp_path, wave_bytes(stored, extra=extra, stated_bytes=0xFFFFFFFF))

    assert len(sound.samples) == RATE_HZ


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "recording")
    text = tmp_path / "notes.wav"
    text.write_text("no sound")

    assert (is_recording(path), is_note(path), is_table(path)) == (True, False, False)
    assert is_recording(text)
    with pytest.raises(UnreadableFile, match="not a WAV recording"):
        read_recording(text)


QUIET = np.zeros(RATE_HZ, "<i2")
NOISE = np.rint(tone() * 32767).astype("<i2")


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (wave_bytes(NOISE, stated_bytes=2 * RATE_HZ + 100), UnreadableFile, "is cut off: 16,000 of 16,100 bytes"),
        (wave_bytes(NOISE, coding=85), UnreadableFile, r"is compressed \(MP3\)"),
        (wave_bytes(NOISE, coding=2, is_extensible=True), UnreadableFile, r"is compressed \(ADPCM\)"),
        (wave_bytes(NOISE, n_bits=12), UnreadableFile, "samples of 12 bits"),
        (wave_bytes(NOISE)[:30], UnreadableFile, "holds no samples"),
        (wave_bytes(NOISE)[:12] + wave_bytes(NOISE)[36:], UnreadableFile, "has no format chunk"),
        (wave_bytes(NOISE)[:36], UnreadableFile, "holds no samples"),
        (b"RIFF\x00\x00\x00\x00AVI ", UnreadableFile, "RIFF"),
        (b"", UnreadableFile, "not a WAV"),
        (wave_bytes(QUIET[:0]), InvalidRecord, "holds no samples"),
        (wave_bytes(NOISE[:2000]), InvalidRecord, "lasts 0.25 s"),
        (wave_bytes(QUIET), InvalidRecord, "is silent"),
        (wave_bytes(QUIET + 500), InvalidRecord, "is silent"),
        (wave_bytes(np.stack([NOISE, -NOISE], axis=1)), InvalidRecord, "cancel each other"),
        (wave_bytes(NOISE, rate_hz=100), InvalidRecord, "states 100 samples a second"),
        (wave_bytes(np.full(RATE_HZ, np.nan, "<f4"), coding=3, n_bits=32), InvalidRecord, "no numbers"),
        (wave_bytes(np.tile(NOISE[:2000], 700), rate_hz=2000), InvalidRecord, "lasts 700 s, more than 600 s"),
    ],
)
def test_what_cannot_be_heard_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        read(tmp_path, content)


def test_an_overdriven_recording_is_read_with_a_warning(tmp_path: Path) -> None:
    sound = read(tmp_path, wave_bytes(np.clip(np.rint(tone(peak=3.0) * 32767), -32768, 32767).astype("<i2")))

    assert [note.code for note in sound.notes] == ["audio_clipped"]
    assert not read(tmp_path, wave_bytes(NOISE)).notes
