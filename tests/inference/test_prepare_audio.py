"""Recordings on their way into the network: each step against what it promises, MFCC against librosa."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from medmm.inference import cepstrum, sound_steps
from medmm.models.spec import AudioSpec
from tests.inference.sounds import SPEC, make_recording

if TYPE_CHECKING:
    from medmm.inference.model_input import PreparedAudio

RATE = 4000


def tone(hz: float, *, seconds: float = 2.0, rate_hz: int = RATE) -> np.ndarray:
    return np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


def rms(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples**2)))


def test_resampling_keeps_a_tone_and_folds_nothing_back() -> None:
    kept = sound_steps.resample(tone(300, rate_hz=44_100), from_hz=44_100, to_hz=RATE)
    gone = sound_steps.resample(tone(3700, rate_hz=44_100), from_hz=44_100, to_hz=RATE)  # would fold to 300 Hz

    assert len(kept) == 8000
    assert np.abs(kept - tone(300))[200:-200].max() < 0.01
    assert rms(gone[200:-200]) < 0.01


def test_the_high_pass_takes_rumble_and_leaves_breath_without_delay() -> None:
    filtered = sound_steps.high_pass(tone(10) + tone(300), rate_hz=RATE, cut_hz=60)

    assert np.abs(filtered - tone(300))[400:-400].max() < 0.02


def test_denoising_takes_steady_noise_and_keeps_what_comes_and_goes() -> None:
    burst = tone(300) * (np.arange(8000) // 1000 % 4 == 1)
    noise = 0.02 * np.random.default_rng(0).standard_normal(8000)

    cleaned = sound_steps.reduce_noise(burst + noise, rate_hz=RATE, strength=1.5)

    loud, quiet = np.arange(8000) // 1000 % 4 == 1, np.arange(8000) // 1000 % 4 == 3
    assert rms(cleaned[loud]) == pytest.approx(rms(burst[loud]), rel=0.05)
    assert rms(cleaned[quiet]) < 0.5 * rms(noise[quiet])


def test_the_gain_of_the_microphone_changes_nothing() -> None:
    quiet, loud = (prepare(make_recording(gain=gain)).windows for gain in (0.01, 0.3))

    assert np.abs(quiet - loud).max() < 1e-3


@pytest.mark.parametrize(
    ("n", "expected"),
    [(50, [0]), (100, [0]), (101, [0, 1]), (200, [0, 50, 100]), (230, [0, 50, 100, 130])],
)
def test_windows_cover_every_sample_and_end_with_the_recording(n: int, expected: list[int]) -> None:
    starts = sound_steps.window_starts(n, window=100, overlap=0.5)

    assert starts == expected
    assert set(range(n)) == {place for start in starts for place in range(start, start + 100) if place < n}


def test_a_short_recording_is_repeated_not_filled_with_silence() -> None:
    assert sound_steps.cut_window(np.array([1.0, 2.0, 3.0]), 0, window=7).tolist() == [1, 2, 3, 1, 2, 3, 1]


def test_coefficients_equal_those_of_librosa() -> None:
    time = np.arange(4000) / RATE
    sound = 0.3 * np.sin(2 * np.pi * 300 * time) + 0.1 * np.sin(2 * np.pi * (100 + 400 * time) * time)
    sound += 0.01 * np.cos(2 * np.pi * 1500 * time)

    bands = cepstrum.log_mel(sound, n_mels=40, n_fft=256, hop=64, rate_hz=RATE)
    found = cepstrum.mfcc(bands, n_mfcc=20)

    # librosa 0.11: melspectrogram(center=False, htk=True, norm=None, fmin=40), power_to_db(top_db=80), mfcc()
    expected = [
        [-213.4002, -245.1459, -216.6773],
        [106.9942, 56.6084, 30.6607],
        [82.5894, 21.601, -23.3474],
        [6.8491, -57.368, -1.8708],
        [-33.2215, -85.0532, -42.672],
    ]
    assert found.shape == (20, 59)
    assert np.abs(found[:5, [0, 17, 58]] - expected).max() < 1e-3
    assert bands[[0, 10, 20, 39], 10] == pytest.approx([-52.7482, -4.1166, -52.7482, -52.7482], abs=1e-3)


def test_a_tone_lies_in_the_band_that_holds_its_frequency() -> None:
    corners = cepstrum.band_edges(40, rate_hz=RATE)
    bands = cepstrum.log_mel(tone(700), n_mels=40, n_fft=256, hop=64, rate_hz=RATE)

    top = int(bands[:, 10].argmax())
    assert corners[top] < 700 < corners[top + 2]


def prepare(*recordings: object, spec: AudioSpec = SPEC) -> PreparedAudio:
    from medmm.inference.prepare_audio import prepare_audio

    prepared = prepare_audio(recordings, spec)
    assert prepared is not None
    return prepared


def test_windows_remember_their_recording_and_their_second() -> None:
    prepared = prepare(make_recording(5.0), make_recording(1.0, seed=1))

    assert prepared.recording_index.tolist() == [0, 0, 0, 0, 1]
    assert prepared.start_seconds.tolist() == [0.0, 1.0, 2.0, 3.0, 0.0]
    assert prepared.windows.shape == (5, 20, 122)
    assert prepared.windows.dtype == np.float32


def test_the_rate_of_the_file_hardly_matters() -> None:
    time = {rate: np.arange(3 * rate) / rate for rate in (4000, 16_000)}
    slow, fast = (
        replace(
            make_recording(),
            rate_hz=rate,
            samples=(0.1 * np.sin(2 * np.pi * 300 * t) * np.clip(np.sin(2 * np.pi * t), 0, None)).astype(np.float32),
        )
        for rate, t in time.items()
    )

    low, high = (prepare(sound, spec=replace(SPEC, encoder="audio.log_mel", gate=0)).windows for sound in (slow, fast))

    loud = low > low.max() - 1.5  # within 30 dB of the loudest
    assert np.abs(low - high)[loud].max() < 0.1  # 2 dB


def test_each_step_can_be_left_out() -> None:
    bare = prepare(make_recording(), spec=replace(SPEC, high_pass_hz=0, gate=0, level=0))

    assert np.abs(bare.windows - prepare(make_recording()).windows).max() > 0.05


def test_nothing_comes_of_no_recording() -> None:
    from medmm.inference.prepare_audio import prepare_audio

    assert prepare_audio([], SPEC) is None
