"""Does a picture look like an upright frontal chest film? A small network over 24 x 24 pixels that knows what else
pictures that claim to be one can be.

Made by `installer/film_look.py` from simulated films, films of ChestX-ray14 (Wang et al., CVPR 2017) and what is made
of both: turned, inverted, cut, and shapes that are no chest. It tells nothing about findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from medmm.core.resources import resource
from medmm.inference.image_steps import exposed_field
from medmm.inference.plane_steps import resize

SIDE = 24
UPRIGHT, LATERAL, CUT, OTHER = "upright", "lateral", "cut", "other"
TURNED, INVERTED = ("turned_90", "turned_180", "turned_270"), "inverted"
INVERTED_TURNED = ("inverted_turned_90", "inverted_turned_180", "inverted_turned_270")
LOOKS = (UPRIGHT, *TURNED, INVERTED, *INVERTED_TURNED, CUT, LATERAL, OTHER)
WEIGHTS = ("film", "film_look.safetensors")
Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class FilmLook:
    """share: how sure the network is, by look; they add up to 1."""

    share: dict[str, float]

    @property
    def upright(self) -> float:
        """Give the share of an upright frontal chest film."""
        return self.share[UPRIGHT]

    @property
    def likeliest_fault(self) -> str:
        """Name the likeliest look that is none."""
        return max(LOOKS[1:], key=lambda look: self.share[look])


def look_at(display: Pixels) -> FilmLook:
    """Look at display values [rows, cols] in [0, 1], bright bones."""
    hidden_weights, hidden_bias, weights, bias = _layers()
    hidden = np.maximum(to_features(display) @ hidden_weights + hidden_bias, 0.0)
    logits = hidden @ weights + bias
    shares = np.exp(logits - logits.max())
    return FilmLook(dict(zip(LOOKS, (shares / shares.sum()).tolist(), strict=True)))


def to_features(display: Pixels) -> Pixels:
    """Shrink the exposed field to 24 x 24 and standardise it: float32 [576], whatever size and contrast it had."""
    row0, col0, row1, col1 = exposed_field(display)
    small = resize(display[row0:row1, col0:col1], SIDE, SIDE)
    features: Pixels = ((small - small.mean()) / (small.std() + 1e-6)).ravel().astype(np.float32)
    return features


@lru_cache(maxsize=1)
def _layers() -> tuple[Pixels, Pixels, Pixels, Pixels]:
    found = load_file(resource(*WEIGHTS))
    hidden_weights, hidden_bias, weights, bias = (
        found[name].astype(np.float32) for name in ("hidden_weights", "hidden_bias", "weights", "bias")
    )
    return hidden_weights, hidden_bias, weights, bias
