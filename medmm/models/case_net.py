"""What every network of ours can do with a case: encode its inputs one by one, then fuse what was encoded."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.batch import ModelBatch
from medmm.models.encoded import Encoded
from medmm.models.spec import ModelSpec


class CaseNet(nn.Module, ABC):
    """encode: each present input to its own vector; fuse: vectors and presence to logits.

    encoders: one module per input kind; kinds: their order, that of the columns of `present`.
    """

    spec: ModelSpec
    kinds: tuple[InputKind, ...]
    encoders: nn.ModuleDict

    @abstractmethod
    def fuse(self, z: Mapping[InputKind, Tensor], present: Tensor) -> Tensor:
        """Return logits [B, F] from embeddings [B, d_k] and presence, bool [B, K] in the order of spec.input_kinds."""

    @abstractmethod
    def unimodal_logits(self, z: Mapping[InputKind, Tensor]) -> dict[InputKind, Tensor]:
        """Return each input's own logits [B, F]."""

    @abstractmethod
    def projected(self, z: Mapping[InputKind, Tensor]) -> dict[InputKind, Tensor]:
        """Return what the fusion sees of each input [B, d]; of an ensemble what its members see, side by side."""

    def member_logits(self, z: Mapping[InputKind, Tensor], present: Tensor) -> Tensor:
        """Return the logits [M, B, F] of every member; a network without members is its only one."""
        return self.fuse(z, present).unsqueeze(0)

    def encode(self, batch: ModelBatch) -> dict[InputKind, Encoded]:
        """Encode the inputs that are present; an input that no case has is left out, absent rows are zero."""
        found = {kind: self._encode_kind(kind, batch) for kind in self.kinds}
        return {kind: encoded for kind, encoded in found.items() if encoded is not None}

    def forward(self, batch: ModelBatch) -> Tensor:
        """Return logits [B, F]."""
        return self.fuse({kind: encoded.z for kind, encoded in self.encode(batch).items()}, batch.present)

    def _encode_kind(self, kind: InputKind, batch: ModelBatch) -> Encoded | None:
        rows = batch.present[:, self.kinds.index(kind)].nonzero()[:, 0]
        if rows.numel() == 0:
            return None
        encoder = self.encoders[kind.value]
        if kind is InputKind.IMAGE and batch.image is not None:
            return _spread(encoder(batch.image[rows]), rows, batch.size)
        if kind is InputKind.VITALS and batch.series is not None and batch.series_steps is not None:
            return _spread(encoder(batch.series[rows], batch.series_steps[rows]), rows, batch.size)
        if kind is InputKind.VITALS and batch.vitals is not None:
            return _spread(encoder(batch.vitals[rows]), rows, batch.size)
        if kind is InputKind.NOTE and batch.token_ids is not None:
            return _spread(_encode_notes(encoder, batch, rows), rows, batch.size)
        if kind is InputKind.AUDIO and batch.sound is not None:
            return _spread(_encode_sound(encoder, batch, rows), rows, batch.size)
        raise ValueError(f"{kind} is marked present but the batch holds no {kind}")


def _encode_notes(encoder: nn.Module, batch: ModelBatch, rows: Tensor) -> Encoded:
    assert batch.token_ids is not None
    assert batch.token_mask is not None
    assert batch.chunk_case is not None
    chunk_case = _among(batch.chunk_case, rows, batch.size)
    kept = chunk_case >= 0
    encoded: Encoded = encoder(batch.token_ids[kept], batch.token_mask[kept], chunk_case[kept], len(rows))
    return encoded


def _encode_sound(encoder: nn.Module, batch: ModelBatch, rows: Tensor) -> Encoded:
    assert batch.sound is not None
    assert batch.window_case is not None
    window_case = _among(batch.window_case, rows, batch.size)
    kept = window_case >= 0
    encoded: Encoded = encoder(batch.sound[kept], window_case[kept], len(rows))
    return encoded


def _among(part_case: Tensor, rows: Tensor, n_cases: int) -> Tensor:
    """Count the cases of parts among `rows` alone, -1 where a part belongs to none of them."""
    place = torch.full((n_cases,), -1, device=rows.device)
    return place.index_copy(0, rows, torch.arange(len(rows), device=rows.device))[part_case]


def _spread(encoded: Encoded, rows: Tensor, n_cases: int) -> Encoded:
    if len(rows) == n_cases:
        return encoded

    def spread(tensor: Tensor) -> Tensor:
        return tensor.new_zeros(n_cases, *tensor.shape[1:]).index_copy(0, rows, tensor)

    maps = None if encoded.maps is None else spread(encoded.maps)
    return Encoded(spread(encoded.z), maps, encoded.token_z, encoded.window_maps)
