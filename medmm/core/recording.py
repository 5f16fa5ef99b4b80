"""A sound recording as a value: auscultation or cough."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medmm.core.identity import PatientIdentity
from medmm.core.quality import QualityNote


@dataclass(frozen=True)
class Recording:
    """A recording that goes in.

    samples: float32 [n], one channel, full scale = -1..1; rate_hz: samples a second; n_channels: of the file, averaged.
    """

    samples: NDArray[np.float32]
    rate_hz: int
    path: Path
    n_channels: int = 1
    identity: PatientIdentity = PatientIdentity()
    sha256: str = ""
    notes: tuple[QualityNote, ...] = ()

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / self.rate_hz
