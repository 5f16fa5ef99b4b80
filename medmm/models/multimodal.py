"""The multimodal network: encoders before the fusion and its head. Logits leave it, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, cast

from torch import nn
from transformers import PreTrainedModel

from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.models.audio_encoder import SoundCNN
from medmm.models.case_net import CaseNet
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


class MultimodalNet(FusionNet, CaseNet):
    """One network: an encoder for every input, one fusion, one head."""

    spec: ModelSpec

    def __init__(self, spec: ModelSpec, *, bert: TextParts = None) -> None:
        encoders = {kind: build_encoder(kind, spec, bert) for kind in spec.input_kinds}
        super().__init__(spec, {kind: cast(int, encoder.dim) for kind, encoder in encoders.items()})
        self.encoders = nn.ModuleDict({kind.value: encoder for kind, encoder in encoders.items()})


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


def build_encoder(kind: InputKind, spec: ModelSpec, bert: TextParts) -> nn.Module:
    """Build the encoder that a spec names for one of its inputs. Raises ValueError where nobody knows the name."""
    part = spec.parts[kind]
    assert part is not None
    return find_entry(ENCODERS, part.encoder, what="encoder")(spec, bert)
