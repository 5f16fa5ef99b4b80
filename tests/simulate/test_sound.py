"""Recordings of the lungs: what the plan says can be heard in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from medmm.records.audio import read_recording
from medmm.simulate.sound import RATE_HZ, SECONDS, SIGNS, SoundPlan, plan_sound, render_sound, to_wave
from medmm.simulate.streams import open_stream
from medmm.simulate.truth import FINDINGS, Truth, draw_truth

QUIET = SoundPlan(MappingProxyType(dict.fromkeys(SIGNS, False)), breath_seconds=3.5, beat_seconds=0.8, seed=11)


def heard(*signs: str) -> np.ndarray:
    plan = replace(QUIET, heard=MappingProxyType({sign: sign in signs for sign in SIGNS}))
    return render_sound(plan).astype(float)


def band(samples: np.ndarray, low: float, high: float) -> float:
    power = np.abs(np.fft.rfft(samples)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    return float(power[(hz >= low) & (hz < high)].sum())


def test_the_same_plan_gives_the_same_sound() -> None:
    assert (render_sound(QUIET) == render_sound(QUIET)).all()
    assert (render_sound(QUIET) != render_sound(replace(QUIET, seed=12))).any()


def test_lost_sounds_have_a_tenth_of_the_breath_at_most() -> None:
    assert band(heard("faint"), 120, 300) < 0.1 * band(heard(), 120, 300)


@pytest.mark.parametrize(("sign", "low", "high"), [("fine_crackles", 500, 900), ("coarse_crackles", 250, 450)])
def test_crackles_ring_in_their_band_in_short_bursts(sign: str, low: float, high: float) -> None:
    plain = heard()
    added = heard(sign) - plain  # breath and heart are drawn first, so they are the same

    assert band(added, low, high) > 0.4 * band(added, 0, RATE_HZ / 2)
    assert np.abs(added).max() > 8 * np.median(np.abs(added))


def test_a_wheeze_is_two_tones_above_the_breath() -> None:
    # The upper tone, an octave above 220 to 480 Hz, stands where a breath has little.
    assert max(band(heard("wheeze"), low, low + 60) / band(heard(), low, low + 60) for low in range(440, 960, 60)) > 5


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    samples = render_sound(QUIET)
    (tmp_path / "lungs.wav").write_bytes(to_wave(samples))

    sound = read_recording(tmp_path / "lungs.wav")

    assert (sound.rate_hz, sound.seconds, sound.notes) == (RATE_HZ, SECONDS, ())
    assert (np.rint(sound.samples * 32768) == samples).all()


def wish(*findings: str) -> Truth:
    truth = draw_truth(open_stream(1, 0, "truth"))
    present = MappingProxyType({name: name in findings for name in FINDINGS})
    return replace(truth, present=present, copd=False, failing=False, infection=False, scar=False)


@pytest.mark.parametrize(
    ("finding", "sign", "expected"),
    [
        # 0.87 not silent x noisy-or, plus 0.13 silent x base.
        ("pneumonia", "coarse_crackles", 0.87 * (1 - 0.97 * 0.36) + 0.13 * 0.03),
        ("pulmonary_edema", "fine_crackles", 0.87 * (1 - 0.97 * 0.36) + 0.13 * 0.03),
        ("pneumothorax", "faint", 0.87 * (1 - 0.97 * 0.26) + 0.13 * 0.03),
        ("nodule", "wheeze", 0.04),
    ],
)
def test_signs_are_heard_as_often_as_the_table_says(finding: str, sign: str, expected: float) -> None:
    truth, n = wish(finding), 2000
    plans = [plan_sound(open_stream(3, index, "sound"), truth) for index in range(n)]

    share = np.mean([plan.heard[sign] for plan in plans])

    assert share == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / n))
