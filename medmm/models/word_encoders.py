"""Text encoders without BERT: TF-IDF bags of words, and word vectors averaged by attention."""

from __future__ import annotations

from abc import abstractmethod
from typing import cast

import torch
from torch import Tensor, nn

from medmm.core.quality import InputKind
from medmm.models.encoded import Encoded
from medmm.models.note_encoder import NoteEncoder
from medmm.models.pooling import attend
from medmm.models.vocabulary import Vocabulary

WIDTH = 64


class WordEncoder(NoteEncoder):
    """What both share: words of all chunks of a case to one vector, whatever their order, chunks or padding."""

    input_kind = InputKind.NOTE
    dim = WIDTH

    def __init__(self, vocabulary: Vocabulary, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary.size, WIDTH)
        self.output = nn.Sequential(nn.GELU(), nn.Dropout(dropout), nn.Linear(WIDTH, WIDTH), nn.GELU())

    @abstractmethod
    def pooled(self, vectors: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Gather the vectors of each case to [n_cases, width]."""

    def forward(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode chunks [N, T] of n_cases cases; every case has at least one word."""
        vectors = self.vectors_of(token_ids, token_mask, chunk_case, n_cases)
        return self.encode_embeddings(vectors, token_mask, chunk_case, n_cases)

    def encode_embeddings(self, vectors: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Encoded:
        """Encode word vectors [N, T, width] instead of numbers (differentiable from here on)."""
        return Encoded(z=cast(Tensor, self.output(self.pooled(vectors, token_mask, chunk_case, n_cases))))

    def blank_of(self, vectors: Tensor, token_ids: Tensor, is_ordinary: Tensor, mask_token_id: int) -> Tensor:
        """Give the vectors of the note with nothing in it: the baseline of attributions."""
        return vectors * ~is_ordinary.unsqueeze(-1)


class TfidfNotes(WordEncoder):
    """A linear map of the TF-IDF bag (counts times idf, of length 1 as in scikit-learn), then a small network."""

    idf: Tensor

    def __init__(self, vocabulary: Vocabulary, *, dropout: float = 0.1) -> None:
        super().__init__(vocabulary, dropout=dropout)
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        # From words.json whenever the net is built: one truth, and no rounding to 16 bits.
        self.register_buffer("idf", torch.tensor((0.0, *vocabulary.idf)), persistent=False)

    def bags(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Give the TF-IDF bag [n_cases, vocabulary] of each case, before its length is set."""
        counts = self.idf.new_zeros(n_cases, len(self.idf))
        rows = chunk_case.unsqueeze(1).expand_as(token_ids)
        counts.index_put_((rows, token_ids), token_mask.to(counts.dtype), accumulate=True)
        return counts * self.idf

    def vectors_of(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Look up what each word adds to the map of its case's bag."""
        bags = self.bags(token_ids, token_mask, chunk_case, n_cases)
        length = torch.linalg.vector_norm(bags, dim=1).clamp(min=1e-6)
        weights = self.idf[token_ids] / length[chunk_case].unsqueeze(1)
        vectors: Tensor = self.words(token_ids) * weights.unsqueeze(-1)
        return vectors

    def pooled(self, vectors: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Sum over all words of a case."""
        sums = (vectors * token_mask.unsqueeze(-1)).sum(dim=1)
        totals: Tensor = sums.new_zeros(n_cases, WIDTH).index_add(0, chunk_case, sums) + self.bias
        return totals


class WordNotes(WordEncoder):
    """Word vectors averaged with weights that each word earns by itself."""

    def __init__(self, vocabulary: Vocabulary, *, dropout: float = 0.1) -> None:
        super().__init__(vocabulary, dropout=dropout)
        self.word_score = nn.Linear(WIDTH, 1)

    def vectors_of(self, token_ids: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Look up the vectors of words."""
        return cast(Tensor, self.words(token_ids))

    def pooled(self, vectors: Tensor, token_mask: Tensor, chunk_case: Tensor, n_cases: int) -> Tensor:
        """Average over all words of a case."""
        is_word = token_mask.bool()
        words = vectors[is_word]
        word_case = chunk_case.unsqueeze(1).expand_as(token_mask)[is_word]
        return attend(words, cast(Tensor, self.word_score(words)).squeeze(-1), word_case, n_cases)
