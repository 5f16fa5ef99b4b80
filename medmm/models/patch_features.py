"""A small vision transformer as a map of features: one vector for each patch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from monai.networks.nets import ViT
from torch import Tensor, nn
from torch.nn import functional

PATCH = 16
WIDTH = 192
N_LAYERS = 6
N_HEADS = 3


class PatchFeatures(nn.Module):
    """MONAI's ViT without class token: images of any size in multiples of 16 to maps [B, 192, ..., size / 16].

    The learned positions belong to `size`; other sizes interpolate between them (Dosovitskiy et al. 2021, 3.2).
    """

    dim = WIDTH

    def __init__(self, size: Sequence[int]) -> None:
        super().__init__()
        self.grid = tuple(length // PATCH for length in size)
        self.net = ViT(
            in_channels=1,
            img_size=tuple(size),
            patch_size=PATCH,
            hidden_size=WIDTH,
            mlp_dim=4 * WIDTH,
            num_layers=N_LAYERS,
            num_heads=N_HEADS,
            spatial_dims=len(self.grid),
        )
        for block in self.net.blocks:
            # Meant for cross attention, which is not used: weights without a gradient.
            cast(nn.Module, block).norm_cross_attn = nn.Identity()

    def forward(self, image: Tensor) -> Tensor:
        """Return the normalised tokens at their places."""
        embedding = self.net.patch_embedding
        patches = cast(nn.Module, embedding.patch_embeddings)(image)  # [B, 192, grid...]
        positions = self._positions(cast(Tensor, embedding.position_embeddings), patches.shape[2:])
        tokens = (patches + positions).flatten(2).transpose(1, 2)
        for block in self.net.blocks:
            tokens = block(tokens)
        maps: Tensor = self.net.norm(tokens).transpose(1, 2).reshape(patches.shape)
        return maps

    def _positions(self, learned: Tensor, grid: torch.Size) -> Tensor:
        placed = learned.transpose(1, 2).reshape(1, WIDTH, *self.grid)
        if tuple(grid) == self.grid:
            return placed
        mode = "bicubic" if len(grid) == 2 else "trilinear"
        return functional.interpolate(placed, size=tuple(grid), mode=mode, align_corners=False)
