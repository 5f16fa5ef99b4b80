"""The multimodal network: encoders before the fusion and its head. Logits leave it, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, cast

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.models.audio_encoder import SoundCNN
from medmm.models.batch import ModelBatch
from medmm.models.encoded import Encoded
from medmm.models.fusion_net import FusionNet
from medmm.models.image_encoder import BUILDERS, build_image_encoder
from medmm.models.series_encoder import VitalsGRU
from medmm.models.spec import ModelSpec
from medmm.models.tabular_encoder import VitalsMLP
from medmm.models.text_encoder import BertNotes
from medmm.models.vocabulary import Vocabulary
from medmm.models.word_encoders import TfidfNotes, WordNotes

# What reads the notes: a BERT, or the words of a model without one.
TextParts: TypeAlias = PreTrainedModel | Vocabulary | None


class MultimodalNet(FusionNet):
    """encode: each present input to its own vector; fuse: vectors and presence to logits."""

    spec: ModelSpec

    def __init__(self, spec: ModelSpec, *, bert: TextParts = None) -> None:
        encoders = {kind: _build_encoder(kind, spec, bert) for kind in spec.input_kinds}
        super().__init__(spec, {kind: cast(int, encoder.dim) for kind, encoder in encoders.items()})
        self.encoders = nn.ModuleDict({kind.value: encoder for kind, encoder in encoders.items()})

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


def _build_image(spec: ModelSpec, bert: TextParts) -> nn.Module:
    assert spec.image is not None
    return build_image_encoder(spec.image)


def _build_vitals(spec: ModelSpec, bert: TextParts) -> nn.Module:
    assert spec.vitals is not None
    return VitalsMLP(spec.vitals.n_features, dropout=spec.dropout)


def _build_series(spec: ModelSpec, bert: TextParts) -> nn.Module:
    assert spec.vitals is not None
    return VitalsGRU(len(spec.vitals.names), dropout=spec.dropout)


def _build_sound(spec: ModelSpec, bert: TextParts) -> nn.Module:
    return SoundCNN()


def _build_notes(spec: ModelSpec, bert: TextParts) -> nn.Module:
    if not isinstance(bert, PreTrainedModel):
        raise ValueError("a model that reads notes needs its BERT")
    return BertNotes(bert)


def _build_tfidf(spec: ModelSpec, bert: TextParts) -> nn.Module:
    return TfidfNotes(_words(bert), dropout=spec.dropout)


def _build_words(spec: ModelSpec, bert: TextParts) -> nn.Module:
    return WordNotes(_words(bert), dropout=spec.dropout)


def _words(parts: TextParts) -> Vocabulary:
    if not isinstance(parts, Vocabulary):
        raise ValueError("a model that reads words needs its vocabulary")
    return parts


ENCODERS: dict[str, Callable[[ModelSpec, TextParts], nn.Module]] = {
    **dict.fromkeys(BUILDERS, _build_image),
    "hf.bert": _build_notes,
    "text.tfidf": _build_tfidf,
    "text.words": _build_words,
    "tab.mlp": _build_vitals,
    "tab.gru": _build_series,
    "audio.mfcc": _build_sound,
    "audio.log_mel": _build_sound,
}


def _build_encoder(kind: InputKind, spec: ModelSpec, bert: TextParts) -> nn.Module:
    part = spec.parts[kind]
    assert part is not None
    return find_entry(ENCODERS, part.encoder, what="encoder")(spec, bert)
