"""The tensors of several cases side by side, as the network takes them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
from torch import Tensor


@dataclass(frozen=True)
class ModelBatch:
    """B cases; rows of absent inputs are zero and never reach an encoder.

    present: bool [B, K] in the order of spec.input_kinds;
    image: float32 [B, 1, rows, cols]; token_ids, token_mask: int64 [N chunks, T] of all cases together;
    chunk_case: int64 [N], the row of the case that a chunk belongs to; vitals: float32 [B, V];
    series: float32 [B, T, signs, 3] and series_steps: int64 [B], for an encoder of vital signs over time;
    sound: float32 [N windows, rows, frames] of all cases together; window_case: int64 [N].
    """

    present: Tensor
    image: Tensor | None = None
    token_ids: Tensor | None = None
    token_mask: Tensor | None = None
    chunk_case: Tensor | None = None
    vitals: Tensor | None = None
    series: Tensor | None = None
    series_steps: Tensor | None = None
    sound: Tensor | None = None
    window_case: Tensor | None = None

    @property
    def size(self) -> int:
        """Count the cases."""
        return int(self.present.shape[0])

    def to(self, device: torch.device) -> ModelBatch:
        """Copy every tensor to a device."""
        tensors = ((one.name, getattr(self, one.name)) for one in fields(self))
        return ModelBatch(**{name: tensor.to(device) for name, tensor in tensors if tensor is not None})
