"""Text encoder: any BERT over chunks of a case's notes, pooled by attention."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from medmm.core.quality import InputKind
from medmm.models.encoded import Encoded
from medmm.models.note_encoder import NoteEncoder
from medmm.models.pooling import attend

N_QUERIES = 8


class BertNotes(NoteEncoder):
    """Chunks -> contextual tokens -> one vector per case.

    The result depends neither on padding nor on the order of the chunks nor on other cases in the batch.
    """

    input_kind = InputKind.NOTE

    def __init__(self, bert: PreTrainedModel) -> None:
        super().__init__()
        self.bert = bert
        self.dim = int(bert.config.hidden_size)
        self.token_score = nn.Linear(self.dim, N_QUERIES)
        self.token_value = nn.Linear(self.dim, self.dim)
        self.chunk_score = nn.Linear(self.dim, 1)

    def word_embeddings(self, token_ids: Tensor) -> Tensor:
        """Look up word vectors [N, T, hidden]: the layer that token attributions start from."""
        return cast(Tensor, self.bert.get_input_embeddings()(token_ids))

    def vectors_of(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Look up word vectors; here they depend on the words alone."""
        return self.word_embeddings(token_ids)

    def blank_of(self, vectors: Tensor, token_ids: Tensor, is_ordinary: Tensor, mask_token_id: int) -> Tensor:
        """Give the vectors with every ordinary token masked: the baseline of attributions."""
        return self.word_embeddings(torch.where(is_ordinary, mask_token_id, token_ids))

    def forward(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode chunks [N, T] of n_cases cases; every case has at least one chunk."""
        return self.encode_embeddings(self.word_embeddings(token_ids), token_mask, chunk_case, n_cases)

    def encode_embeddings(self, vectors: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode word vectors [N, T, hidden] instead of ids (differentiable from here on)."""
        tokens = self.bert(inputs_embeds=vectors, attention_mask=token_mask).last_hidden_state
        chunks = self.pool_tokens(tokens, token_mask)
        return Encoded(z=self._pool_chunks(chunks, chunk_case, n_cases), token_z=tokens)

    def pool_tokens(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """Gather contextual tokens [N, T, hidden] with mask [N, T] to one vector per chunk, [N, hidden]."""
        scores = self.token_score(tokens).masked_fill(mask.unsqueeze(-1) == 0, float("-inf"))  # [N, T, Q]
        values = self.token_value(tokens).unflatten(-1, (N_QUERIES, -1))  # [N, T, Q, hidden / Q]
        return torch.einsum("ntq,ntqv->nqv", scores.softmax(dim=1), values).flatten(start_dim=1)  # [N, hidden]

    def _pool_chunks(self, chunks: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        return attend(chunks, cast(Tensor, self.chunk_score(chunks)).squeeze(-1), chunk_case, n_cases)
