"""Made-up recordings and specs of models that hear them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from medmm.core.quality import InputKind
from medmm.core.recording import Recording
from medmm.models.spec import AudioSpec

SPEC = AudioSpec(window_seconds=2.0)


def make_recording(seconds: float = 5.0, *, rate_hz: int = 4000, seed: int = 0, gain: float = 0.1) -> Recording:
    """Noise with a tone that comes and goes every second, over a steady floor."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    rng = np.random.default_rng(seed)
    swell = np.clip(np.sin(2 * np.pi * time), 0, None)
    samples = swell * np.sin(2 * np.pi * 300 * time) + 0.05 * rng.standard_normal(len(time))
    return Recording((gain * samples).astype(np.float32), rate_hz, Path("lungs.wav"))


def with_audio(spec: Any, *, encoder: str = "audio.mfcc") -> Any:
    """The spec of a model that hears, too."""
    kinds = (*spec.input_kinds, InputKind.AUDIO)
    return replace(spec, input_kinds=kinds, audio=replace(SPEC, encoder=encoder))
