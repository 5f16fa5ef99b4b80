"""Several encoders of one input side by side, called as one: what they give stands next to each other, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.audio_encoder import SoundCNN
from medmm.models.encoded import Encoded
from medmm.models.note_encoder import NoteEncoder


class JoinedEncoder(nn.Module):
    """Encoders of one architecture: z and maps along channels.

    A map's channel and the embedding's stay at one place, so that Grad-CAM from the head alone stays exact.
    """

    def __init__(self, parts: Sequence[nn.Module]) -> None:
        super().__init__()
        self.parts = nn.ModuleList(parts)
        self.input_kind = cast(InputKind, parts[0].input_kind)
        self.dim = sum(cast(int, part.dim) for part in parts)

    def forward(self, *inputs: object) -> Encoded:
        """Encode with every part; the inputs are those of a part."""
        return join_encoded([part(*inputs) for part in self.parts])


class JoinedSound(JoinedEncoder):
    """Encoders of recordings."""

    def pool(self, maps: Tensor, window_case: Tensor, n_cases: int) -> Tensor:
        """Give [n_cases, dim] from the maps [N, C, h, w] of all windows (differentiable)."""
        pieces = maps.chunk(len(self.parts), dim=1)
        found = [
            cast(SoundCNN, part).pool(own, window_case, n_cases) for part, own in zip(self.parts, pieces, strict=True)
        ]
        return torch.cat(found, dim=1)


class JoinedNotes(NoteEncoder):
    """Encoders of notes; a token's vectors stand side by side too, and its weight is the sum over all of them."""

    input_kind = InputKind.NOTE

    def __init__(self, parts: Sequence[NoteEncoder]) -> None:
        super().__init__()
        self.parts = nn.ModuleList(parts)
        self.dim = sum(cast(int, part.dim) for part in parts)
        self.n_encoders = len(parts)

    def forward(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode chunks [N, T] of n_cases cases; every case has at least one chunk."""
        return join_encoded([part(token_ids, token_mask, chunk_case, n_cases) for part in self.parts])

    def vectors_of(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Look up the vectors of tokens for every part."""
        found = [part.vectors_of(token_ids, token_mask, chunk_case, n_cases) for part in self._notes()]
        return torch.cat(found, dim=-1)

    def blank_of(self, vectors: Tensor, token_ids: Tensor, is_ordinary: Tensor, mask_token_id: int) -> Tensor:
        """Give the vectors of the note with nothing in it, for every part."""
        pieces = vectors.chunk(self.n_encoders, dim=-1)
        found = [
            part.blank_of(own, token_ids, is_ordinary, mask_token_id)
            for part, own in zip(self._notes(), pieces, strict=True)
        ]
        return torch.cat(found, dim=-1)

    def encode_embeddings(self, vectors: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode vectors instead of tokens, each part its own."""
        pieces = vectors.chunk(self.n_encoders, dim=-1)
        found = [
            part.encode_embeddings(own, token_mask, chunk_case, n_cases)
            for part, own in zip(self._notes(), pieces, strict=True)
        ]
        return join_encoded(found)

    def _notes(self) -> list[NoteEncoder]:
        return [cast(NoteEncoder, part) for part in self.parts]


def join_encoders(parts: Sequence[nn.Module]) -> nn.Module:
    """Make one encoder of several of one architecture; a single one stays what it is."""
    if len(parts) == 1:
        return parts[0]
    if all(isinstance(part, NoteEncoder) for part in parts):
        return JoinedNotes(cast(Sequence[NoteEncoder], parts))
    return JoinedSound(parts) if isinstance(parts[0], SoundCNN) else JoinedEncoder(parts)


def parts_of(encoder: nn.Module) -> list[nn.Module]:
    """List the encoders that were joined, or the only one."""
    return list(encoder.parts) if isinstance(encoder, JoinedEncoder | JoinedNotes) else [encoder]


def join_encoded(found: Sequence[Encoded]) -> Encoded:
    """Put what encoders gave side by side: vectors, maps and tokens along channels."""
    return Encoded(
        z=torch.cat([one.z for one in found], dim=1),
        maps=_side_by_side([one.maps for one in found], dim=1),
        token_z=_side_by_side([one.token_z for one in found], dim=-1),
        window_maps=_side_by_side([one.window_maps for one in found], dim=1),
    )


def _side_by_side(tensors: Sequence[Tensor | None], *, dim: int) -> Tensor | None:
    there = [tensor for tensor in tensors if tensor is not None]
    return torch.cat(there, dim=dim) if there else None
