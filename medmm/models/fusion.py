"""Fusions: from one vector per input to one vector per case."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn


class ConcatFusion(nn.Module):
    """Inputs side by side; an absent one has already been replaced by its learned token."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = n_inputs * width

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """vectors: [B, K, width], present: bool [B, K]. Returns [B, K * width]."""
        return vectors.flatten(start_dim=1)


class AbsentTokens(nn.Module):
    """One learned vector per input kind, put where the input is absent."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.tokens = nn.Parameter(torch.randn(n_inputs, width) * 0.02)

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Replace the vectors [B, K, width] of absent inputs."""
        return torch.where(present.unsqueeze(-1), vectors, self.tokens.unsqueeze(0))


FUSIONS: dict[str, Callable[[int, int], ConcatFusion]] = {"concat": ConcatFusion}
