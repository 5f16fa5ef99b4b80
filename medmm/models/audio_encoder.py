"""Audio encoder: a small CNN over windows of MFCC or log-mel features, pooled by attention."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.encoded import Encoded
from medmm.models.pooling import attend

WIDTHS = (16, 32, 64)


class SoundCNN(nn.Module):
    """Windows -> maps -> one vector per case.

    The result depends neither on the order of the windows nor on other cases in the batch. A window's vector is the
    plain average of its maps, so that Grad-CAM needs the pooling and the head alone.
    """

    input_kind = InputKind.AUDIO
    dim = WIDTHS[-1]

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.BatchNorm2d(1)]
        before = 1
        for width in WIDTHS:
            layers += [nn.Conv2d(before, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
            layers += [nn.AvgPool2d(2)] if width != WIDTHS[-1] else []
            before = width
        self.layers = nn.Sequential(*layers)
        self.window_score = nn.Linear(self.dim, 1)

    def forward(self, sound: Tensor, window_case: Tensor, n_cases: int) -> Encoded:
        """Encode windows [N, rows, frames] of n_cases cases; every case has at least one window."""
        maps = self.layers(sound.unsqueeze(1))  # [N, 64, rows / 4, frames / 4]
        return Encoded(z=self.pool(maps, window_case, n_cases), window_maps=maps)

    def pool(self, maps: Tensor, window_case: Tensor, n_cases: int) -> Tensor:
        """Give [n_cases, dim] from the maps of all windows (differentiable)."""
        windows = maps.mean(dim=(2, 3))
        return attend(windows, cast(Tensor, self.window_score(windows)).squeeze(-1), window_case, n_cases)


def whole_case(n_windows: int, *, device: torch.device) -> Tensor:
    """Say that all windows belong to one case."""
    return torch.zeros(n_windows, dtype=torch.long, device=device)
