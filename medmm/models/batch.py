"""The tensors of several cases side by side, as the network takes them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class ModelBatch:
    """B cases; rows of absent inputs are zero and never reach an encoder.

    present: bool [B, K] in the order of spec.input_kinds;
    image: float32 [B, 1, rows, cols]; token_ids, token_mask: int64 [N chunks, T] of all cases together;
    chunk_case: int64 [N], the row of the case that a chunk belongs to; vitals: float32 [B, V].
    """

    present: Tensor
    image: Tensor | None = None
    token_ids: Tensor | None = None
    token_mask: Tensor | None = None
    chunk_case: Tensor | None = None
    vitals: Tensor | None = None

    @property
    def size(self) -> int:
        """Count the cases."""
        return int(self.present.shape[0])

    def to(self, device: torch.device) -> ModelBatch:
        """Copy every tensor to a device."""

        def moved(tensor: Tensor | None) -> Tensor | None:
            return None if tensor is None else tensor.to(device)

        return ModelBatch(
            self.present.to(device),
            moved(self.image),
            moved(self.token_ids),
            moved(self.token_mask),
            moved(self.chunk_case),
            moved(self.vitals),
        )
