"""What is heard through a stethoscope over the lung bases, given the truth.

Noisy-or as in evidence.py: a sign is heard with chance 1 - (1 - base) x product over its true causes of (1 - weight).
A silent recording keeps only the base and the background. Crackles are damped sinusoids of the widths that the ATS
gives (two-cycle duration 5 ms fine, 10 ms coarse; Computerized Respiratory Sound Analysis, Sovijarvi et al. 2000),
fine ones late in inspiration; wheezes are two gliding tones in expiration; lost sounds are the same breath, faint.
"""

import wave
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from medmm.simulate.truth import Truth

RATE_HZ = 8_000
SECONDS = 12.0
SILENT_SOUND = 0.13
SIGNS: Mapping[str, tuple[float, Mapping[str, float]]] = MappingProxyType(
    {
        "coarse_crackles": (0.03, {"pneumonia": 0.64, "scar": 0.10, "infection": 0.12}),
        "fine_crackles": (0.03, {"pulmonary_edema": 0.64, "failing": 0.25, "pneumonia": 0.10, "scar": 0.08}),
        "wheeze": (0.04, {"copd": 0.60, "infection": 0.28, "pulmonary_edema": 0.10}),
        "faint": (0.03, {"pneumothorax": 0.74, "pleural_effusion": 0.50}),
    }
)
WITNESSES: Mapping[str, str] = MappingProxyType(
    {
        "pneumonia": "coarse_crackles",
        "pulmonary_edema": "fine_crackles",
        "pneumothorax": "faint",
        "pleural_effusion": "faint",
    }
)
_BACKGROUND = frozenset({"copd", "failing", "scar"})
# Hz of the ringing, seconds of its decay, how many in one breath, and from which part of the inspiration on.
_FINE, _COARSE = (650.0, 0.0013, 14, 0.55), (330.0, 0.0032, 8, 0.1)


@dataclass(frozen=True)
class SoundPlan:
    """Which signs are heard, how the patient breathes, and the seed of every other detail."""

    heard: Mapping[str, bool]
    breath_seconds: float
    beat_seconds: float
    seed: int

    def speaks_for(self, finding: str) -> bool:
        """Tell whether the sign that is typical of a finding is heard."""
        return finding in WITNESSES and self.heard[WITNESSES[finding]]


def plan_sound(rng: np.random.Generator, truth: Truth) -> SoundPlan:
    """Draw the signs by the table; breathing and heart rate are nobody's business here: the vital signs tell them."""
    is_silent = bool(rng.random() < SILENT_SOUND)
    active = {name for name, is_present in truth.present.items() if is_present}
    active |= {name for name in ("copd", "failing", "infection", "scar") if getattr(truth, name)}
    if is_silent:
        active &= _BACKGROUND
    heard = {}
    for sign, (base, weights) in SIGNS.items():
        absent = (1 - base) * float(np.prod([1 - weight for cause, weight in weights.items() if cause in active]))
        heard[sign] = bool(rng.random() < 1 - absent)
    return SoundPlan(
        MappingProxyType(heard),
        breath_seconds=float(rng.uniform(2.8, 4.6)),
        beat_seconds=float(rng.uniform(0.62, 1.0)),
        seed=int(rng.integers(2**32)),
    )


def render_sound(plan: SoundPlan) -> NDArray[np.int16]:
    """Give the recording, RATE_HZ samples a second."""
    rng = np.random.default_rng(plan.seed)
    gain = rng.uniform(0.08, 0.16)
    time = np.arange(round(SECONDS * RATE_HZ)) / RATE_HZ
    phase = (time / plan.breath_seconds + rng.random()) % 1.0  # 0..0.42 in, 0.42..0.9 out, then a pause
    loudness = np.where(phase < 0.42, np.sin(np.pi * phase / 0.42), 0.55 * np.sin(np.pi * (phase - 0.42) / 0.48))
    breath = _breath_noise(rng, len(time)) * np.where(phase < 0.9, loudness, 0.0)
    sound = breath * (0.14 if plan.heard["faint"] else 1.0)
    sound += _heart(rng, time, plan.beat_seconds)
    added = np.zeros_like(sound)
    if plan.heard["fine_crackles"]:
        added += _crackles(rng, phase, _FINE)
    if plan.heard["coarse_crackles"]:
        added += _crackles(rng, phase, _COARSE)
    if plan.heard["wheeze"]:
        added += _wheeze(rng, time, phase)
    sound += added * (0.5 if plan.heard["faint"] else 1.0)
    sound += 0.02 * rng.standard_normal(len(time)) + 0.01 * np.sin(2 * np.pi * 50 * time)
    return np.clip(np.rint(sound * gain * 32767), -32768, 32767).astype(np.int16)


def to_wave(samples: NDArray[np.int16]) -> bytes:
    """Write a WAV file of 16 bit PCM."""
    stream = BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())
    return stream.getvalue()


def _breath_noise(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
    # Vesicular sound: noise from about 100 Hz that falls steeply above 300 Hz.
    spectrum = np.fft.rfft(rng.standard_normal(n))
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    spectrum *= (hz / 90) ** 2 / (1 + (hz / 90) ** 2) / (1 + (hz / 300) ** 3)
    noise = np.fft.irfft(spectrum, n)
    return np.asarray(noise / noise.std(), dtype=np.float64)


def _heart(rng: np.random.Generator, time: NDArray[np.float64], beat_seconds: float) -> NDArray[np.float64]:
    place = (time + rng.random()) % beat_seconds
    first = np.exp(-place / 0.03) * np.sin(2 * np.pi * 55 * place)
    later = place - 0.34 * beat_seconds**0.5
    second = np.where(later > 0, np.exp(-np.maximum(later, 0) / 0.02) * np.sin(2 * np.pi * 75 * later), 0.0)
    heart: NDArray[np.float64] = 1.1 * first + 0.7 * second
    return heart


def _crackles(
    rng: np.random.Generator, phase: NDArray[np.float64], form: tuple[float, float, int, float]
) -> NDArray[np.float64]:
    hz, decay, per_breath, earliest = form
    inspired = np.flatnonzero((phase > 0.42 * earliest) & (phase < 0.41))
    n_breaths = max(1, int((np.diff(phase) < 0).sum()))
    clicks = np.zeros(len(phase))
    for start in rng.choice(inspired, per_breath * n_breaths):
        tail = np.arange(min(round(6 * decay * RATE_HZ), len(phase) - start)) / RATE_HZ
        ring = np.sin(2 * np.pi * hz * rng.uniform(0.85, 1.15) * tail) * np.exp(-tail / decay)
        clicks[start : start + len(tail)] += rng.uniform(3.0, 6.0) * ring
    return clicks


def _wheeze(rng: np.random.Generator, time: NDArray[np.float64], phase: NDArray[np.float64]) -> NDArray[np.float64]:
    hz = rng.uniform(220, 480)
    glide = 2 * np.pi * np.cumsum(hz * (1 + 0.06 * np.sin(2 * np.pi * 0.7 * time))) / RATE_HZ
    out = np.where((phase > 0.45) & (phase < 0.85), np.sin(np.pi * (phase - 0.45) / 0.4), 0.0)
    tones: NDArray[np.float64] = out * (0.9 * np.sin(glide) + 0.45 * np.sin(2.02 * glide))
    return tones
