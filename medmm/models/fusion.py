"""Fusions: from one vector per input to one vector per case, whatever subset of the inputs is there.

Each is called with vectors [B, K, width], where an absent input has already been replaced by its learned token, and
present, bool [B, K]; it gives [B, dim].
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import torch
from torch import Tensor, nn

N_HEADS = 4


class AbsentTokens(nn.Module):
    """One learned vector per input kind, put where the input is absent."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.tokens = nn.Parameter(torch.randn(n_inputs, width) * 0.02)

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Replace the vectors [B, K, width] of absent inputs."""
        return torch.where(present.unsqueeze(-1), vectors, self.tokens.unsqueeze(0))


class ConcatFusion(nn.Module):
    """Inputs side by side."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = n_inputs * width

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, K * width]."""
        return vectors.flatten(start_dim=1)


class MeanFusion(nn.Module):
    """Mean over the present inputs."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = width

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, width]."""
        weights = counted(present).to(vectors.dtype)
        return torch.einsum("bk,bkd->bd", weights / weights.sum(dim=1, keepdim=True), vectors)


class MaxFusion(nn.Module):
    """Largest value of each feature over the present inputs."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = width

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, width]."""
        return vectors.masked_fill(~counted(present).unsqueeze(-1), float("-inf")).amax(dim=1)


class WeightedFusion(nn.Module):
    """Weighted sum over the present inputs; one learned weight per input, positive, summing to 1."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = width
        self.scores = nn.Parameter(torch.zeros(n_inputs))

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, width]."""
        scores = self.scores.expand(present.shape).masked_fill(~counted(present), float("-inf"))
        return torch.einsum("bk,bkd->bd", scores.softmax(dim=1), vectors)


class GatedFusion(nn.Module):
    """Gated multimodal units (Arevalo et al. 2017): each input is let through feature by feature, seeing all others."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = width
        self.values = nn.ModuleList(nn.Linear(width, width) for _ in range(n_inputs))
        self.gates = nn.Linear(n_inputs * width, n_inputs * width)

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, width]."""
        values = torch.stack([layer(vectors[:, k]).tanh() for k, layer in enumerate(self.values)], dim=1)
        gates = self.gates(vectors.flatten(start_dim=1)).sigmoid().unflatten(1, (vectors.shape[1], self.dim))
        return cast(Tensor, (gates * values * counted(present).unsqueeze(-1)).sum(dim=1))


class AttentionFusion(nn.Module):
    """Cross-modal attention: the present inputs attend to each other, then a learned query gathers them."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = width
        self.place = nn.Parameter(torch.randn(n_inputs + 1, width) * 0.02)
        n_heads = next(heads for heads in (N_HEADS, 2, 1) if width % heads == 0)
        self.layer = nn.TransformerEncoderLayer(
            width, n_heads, 2 * width, dropout=0.0, activation="gelu", batch_first=True, norm_first=True
        )

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, width]."""
        query = vectors.new_zeros(len(vectors), 1, self.dim)
        tokens = torch.cat([query, vectors], dim=1) + self.place
        # The query is always there, so that nothing present still has something to attend to.
        hidden = torch.cat([present.new_zeros(len(present), 1), ~present], dim=1)
        return cast(Tensor, self.layer(tokens, src_key_padding_mask=hidden)[:, 0])


class JointMLP(nn.Module):
    """A joint network: two layers over the inputs side by side."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = width
        self.layers = nn.Sequential(
            nn.Linear(n_inputs * width, 2 * width), nn.GELU(), nn.Linear(2 * width, width), nn.GELU()
        )

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, width]."""
        return cast(Tensor, self.layers(vectors.flatten(start_dim=1)))


class JointLSTM(nn.Module):
    """A joint network that reads the inputs one after the other (MedFuse, Hayat et al. 2022), in both directions."""

    def __init__(self, n_inputs: int, width: int) -> None:
        super().__init__()
        self.dim = 2 * (width // 2)
        self.lstm = nn.LSTM(width, width // 2, batch_first=True, bidirectional=True)

    def forward(self, vectors: Tensor, present: Tensor) -> Tensor:
        """Return [B, width]."""
        _, (last, _) = self.lstm(vectors)
        return torch.cat([last[0], last[1]], dim=1)


def counted(present: Tensor) -> Tensor:
    """Say which inputs count, bool [B, K]: the present ones; where there is none, all their learned tokens."""
    return present | ~present.any(dim=1, keepdim=True)


FUSIONS: dict[str, Callable[[int, int], nn.Module]] = {
    "concat": ConcatFusion,
    "mean": MeanFusion,
    "max": MaxFusion,
    "weighted": WeightedFusion,
    "gated": GatedFusion,
    "attention": AttentionFusion,
    "mlp": JointMLP,
    "lstm": JointLSTM,
}
