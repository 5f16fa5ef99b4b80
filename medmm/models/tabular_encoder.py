"""Encoder of the vital signs' summary features."""

from __future__ import annotations

from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.encoded import Encoded


class VitalsMLP(nn.Module):
    """Two layers over standardised features and missing flags."""

    input_kind = InputKind.VITALS
    dim = 64

    def __init__(self, n_features: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(n_features, self.dim), nn.GELU(), nn.Dropout(dropout), nn.Linear(self.dim, self.dim), nn.GELU()
        )

    def forward(self, features: Tensor) -> Encoded:
        """Encode features [B, V]."""
        return Encoded(z=self.layers(features))
