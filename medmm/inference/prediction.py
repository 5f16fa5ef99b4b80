"""What the network said about one case, with the cached embeddings that explanations start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor

from medmm.core.prediction import FindingScore
from medmm.core.quality import InputKind, QualityNote
from medmm.core.words import NOTHING, Words


@dataclass(frozen=True)
class Prediction:
    """Findings in the order of the spec.

    z: embeddings [1, d_k] of the present inputs, float32 on the CPU; maps: [1, C, h, w] of the image or None;
    doubt: why the calibration does not hold for the case, empty where it does;
    window_maps: [N, C, h, w] of the windows of the recordings or None;
    present: bool [1, K] in the order of spec.input_kinds; single: each present input's own logits by finding;
    notes: what has to be told about how it was computed (missing device, memory ladder).
    """

    findings: tuple[FindingScore, ...]
    z: Mapping[InputKind, Tensor]
    present: Tensor
    maps: Tensor | None = None
    single: Mapping[InputKind, Mapping[str, float]] = field(default_factory=dict)
    notes: tuple[QualityNote, ...] = ()
    window_maps: Tensor | None = None
    doubt: Words = NOTHING

    @property
    def kinds(self) -> tuple[InputKind, ...]:
        """The inputs that took part, in the order of the spec."""
        return tuple(self.z)
