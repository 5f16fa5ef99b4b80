"""What an encoder gives back."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Encoded:
    """z: [B, d] the embedding before projection; maps: [B, C, h, w] activations with z = mean over h, w (image only);
    token_z: [N chunks, T, hidden] contextual tokens (note only);
    window_maps: [N windows, C, h, w] activations of all windows of all cases (audio only)."""

    z: Tensor
    maps: Tensor | None = None
    token_z: Tensor | None = None
    window_maps: Tensor | None = None
