"""Recurrent encoder of the vital signs over time, aware of gaps: GRU-D (Che et al. 2018, "Recurrent Neural Networks
for Multivariate Time Series with Missing Values", eq. 4 to 7)."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.encoded import Encoded


class VitalsGRU(nn.Module):
    """Times one after the other: what was not measured decays from the last value to the training mean, which is 0.

    The state decays too, the longer the gap; whether a sign was measured is an input of its own. The result depends
    neither on padding nor on other cases in the batch.
    """

    input_kind = InputKind.VITALS
    dim = 64

    def __init__(self, n_signs: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        # Eq. 4: gamma = exp(-max(0, w * hours + b)), sign by sign for the values, over all signs for the state.
        self.value_decay = nn.Parameter(torch.full((n_signs,), 0.1))
        self.value_offset = nn.Parameter(torch.zeros(n_signs))
        self.state_decay = nn.Linear(n_signs, self.dim)
        self.cell = nn.GRUCell(2 * n_signs, self.dim)
        self.output = nn.Sequential(nn.Dropout(dropout), nn.Linear(self.dim, self.dim), nn.GELU())

    def forward(self, series: Tensor, n_steps: Tensor) -> Encoded:
        """Encode series [B, T, signs, 3] of (standardised value, is measured, hours since the sign's last value).

        n_steps: int64 [B], how many of the T steps are there; what follows is padding.
        """
        value, is_measured, hours = series.unbind(dim=-1)
        state = series.new_zeros(series.shape[0], self.dim)
        last = torch.zeros_like(value[:, 0])
        for step in range(series.shape[1]):
            at = value[:, step], is_measured[:, step], hours[:, step]
            moved, last = self.advance(state, last, *at)
            state = torch.where((step < n_steps).unsqueeze(-1), moved, state)
        return Encoded(z=cast(Tensor, self.output(state)))

    def advance(self, state: Tensor, last: Tensor, value: Tensor, here: Tensor, gap: Tensor) -> tuple[Tensor, Tensor]:
        """Go on by one time: give state [B, dim] and last values [B, signs] after it; the rest as in `series`."""
        decay = torch.exp(-torch.relu(self.value_decay * gap + self.value_offset))
        filled = here * value + (1 - here) * decay * last  # eq. 5, the mean being 0
        state_decay = torch.exp(-torch.relu(self.state_decay(torch.log1p(gap))))
        moved = self.cell(torch.cat([filled, here], dim=-1), state_decay * state)
        return moved, here * value + (1 - here) * last
