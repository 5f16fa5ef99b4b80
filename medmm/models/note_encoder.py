"""What attributions need of every encoder of notes, whatever it reads with."""

from __future__ import annotations

from abc import ABC, abstractmethod

from torch import Tensor, nn

from medmm.models.encoded import Encoded


class NoteEncoder(nn.Module, ABC):
    """Tokens of the chunks of several cases to one vector per case, by way of one vector per token.

    n_encoders: how many networks run when it is called, which is what a call costs.
    """

    n_encoders = 1

    @abstractmethod
    def vectors_of(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Look up the vectors [N, T, width] of tokens [N, T]: what attributions start from."""

    @abstractmethod
    def blank_of(self, vectors: Tensor, token_ids: Tensor, is_ordinary: Tensor, mask_token_id: int) -> Tensor:
        """Give the vectors of the same note with nothing in it: the baseline of attributions."""

    @abstractmethod
    def encode_embeddings(self, vectors: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode vectors [N, T, width] instead of tokens (differentiable from here on)."""
