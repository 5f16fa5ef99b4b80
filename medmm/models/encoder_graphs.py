"""The encoders of a bundle as graphs of plain tensors, with the golden case as what goes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

# A prototype of torch without a public name, of which the exporter makes ONNX's own Scan.
from torch._higher_order_ops.scan import scan
from torch.nn.utils.rnn import pad_sequence

from medmm.core.errors import ExchangeError
from medmm.core.words import Words
from medmm.models.audio_encoder import SoundCNN
from medmm.models.batch import ModelBatch
from medmm.models.encoded import Encoded
from medmm.models.image_encoder import ImageEncoder
from medmm.models.series_encoder import VitalsGRU
from medmm.models.spec import ModelSpec
from medmm.models.tabular_encoder import VitalsMLP
from medmm.models.text_encoder import BertNotes
from medmm.models.word_encoders import TfidfNotes, WordNotes

MOST_WORDS = 65_536
Carry = tuple[Tensor, Tensor]
WHOLE_NOTE = "A row holds the words of all chunks of a case side by side, of any length, and token_mask says which."


@dataclass(frozen=True)
class EncoderGraph:
    """An encoder ready to be written.

    inputs: examples by name, whose first axis may have any length; longest: what their second axis may reach, 0 where
    it stays as it is; meaning: how the outputs become the vector of a case, where they are not that vector themselves.
    """

    module: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    longest: int = 0
    meaning: str = ""


class _Image(nn.Module):
    def __init__(self, encoder: ImageEncoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        encoded: Encoded = self.encoder(image)
        assert encoded.maps is not None, "image encoders give maps"
        return encoded.z, encoded.maps


class _Chunks(nn.Module):
    def __init__(self, encoder: BertNotes) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, token_ids: Tensor, token_mask: Tensor) -> tuple[Tensor, Tensor]:
        words = self.encoder.word_embeddings(token_ids)
        tokens = self.encoder.bert(inputs_embeds=words, attention_mask=token_mask).last_hidden_state
        chunks = self.encoder.pool_tokens(tokens, token_mask)
        return chunks, self.encoder.chunk_score(chunks).squeeze(-1)


class _Bags(nn.Module):
    """The encoder's own sum over words as one product: a word that comes twice counts twice in its bag."""

    def __init__(self, encoder: TfidfNotes) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, token_ids: Tensor, token_mask: Tensor) -> Tensor:
        encoder = self.encoder
        # Not len(): it would hold the number of rows to that of the example.
        counts = encoder.idf.new_zeros(token_ids.shape[0], encoder.idf.shape[0])
        bags = counts.scatter_add(1, token_ids, token_mask.to(encoder.idf.dtype)) * encoder.idf
        length = bags.square().sum(dim=1, keepdim=True).sqrt().clamp(min=1e-6)
        return cast(Tensor, encoder.output(bags / length @ encoder.words.weight + encoder.bias))


class _WordMeans(nn.Module):
    """The encoder's attention over the words of each row instead of over all rows at once."""

    def __init__(self, encoder: WordNotes) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, token_ids: Tensor, token_mask: Tensor) -> Tensor:
        words = self.encoder.words(token_ids)
        scores = self.encoder.word_score(words).masked_fill(token_mask.unsqueeze(-1) == 0, float("-inf"))
        return cast(Tensor, self.encoder.output((scores.softmax(dim=1) * words).sum(dim=1)))


class _Features(nn.Module):
    def __init__(self, encoder: VitalsMLP) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, features: Tensor) -> Tensor:
        return cast(Encoded, self.encoder(features)).z


class _Series(nn.Module):
    """The encoder's loop over times as one Scan: unrolled, 64 times would take four times as long to write."""

    def __init__(self, encoder: VitalsGRU) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, series: Tensor, series_steps: Tensor) -> Tensor:
        def step(carry: Carry, at: tuple[Tensor, ...]) -> tuple[Carry, Tensor]:
            moved, last = self.encoder.advance(*carry, *at[1:])
            state = torch.where((at[0] < series_steps).unsqueeze(-1), moved, carry[0])
            # A scan may not give out a tensor twice.
            return (state, last), state.clone()

        value, is_measured, hours = series.transpose(0, 1).unbind(dim=-1)
        begin = series.new_zeros(series.shape[0], self.encoder.dim), torch.zeros_like(value[0])
        (state, _), _ = scan(step, begin, (torch.arange(series.shape[1]), value, is_measured, hours))
        return cast(Tensor, self.encoder.output(state))


class _Windows(nn.Module):
    def __init__(self, encoder: SoundCNN) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, sound: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        maps = self.encoder.layers(sound.unsqueeze(1))
        windows = maps.mean(dim=(2, 3))
        return windows, self.encoder.window_score(windows).squeeze(-1), maps


def graph_of(encoder: nn.Module, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    """Make the graph of an encoder. Raises ExchangeError for one that nobody wrote a graph for."""
    for kind, make in _MAKERS.items():
        if isinstance(encoder, kind):
            return make(encoder, batch, spec)
    raise ExchangeError(
        Words("the encoder {name} of this bundle cannot be written as ONNX", name=type(encoder).__name__),
        Words("Every encoder that medmm trains can."),
    )


def _image(encoder: ImageEncoder, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    return EncoderGraph(_Image(encoder), {"image": _given(batch.image)}, ("z", "maps"))


def _chunks(encoder: BertNotes, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    inputs = {"token_ids": _given(batch.token_ids), "token_mask": _given(batch.token_mask)}
    meaning = "A note's vector is the mean of its chunks weighted by softmax of chunk_score over them."
    longest = int(encoder.bert.config.max_position_embeddings)
    return EncoderGraph(_Chunks(encoder), inputs, ("chunk_z", "chunk_score"), longest, meaning)


def _bags(encoder: TfidfNotes, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    return EncoderGraph(_Bags(encoder), _side_by_side(batch), ("z",), MOST_WORDS, WHOLE_NOTE)


def _means(encoder: WordNotes, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    return EncoderGraph(_WordMeans(encoder), _side_by_side(batch), ("z",), MOST_WORDS, WHOLE_NOTE)


def _features(encoder: VitalsMLP, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    return EncoderGraph(_Features(encoder), {"features": _given(batch.vitals)}, ("z",))


def _steps(encoder: VitalsGRU, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    assert spec.vitals is not None
    inputs = {"series": _given(batch.series), "series_steps": _given(batch.series_steps)}
    meaning = "series_steps says how many times of a row are there; what follows is padding."
    return EncoderGraph(_Series(encoder), inputs, ("z",), spec.vitals.max_steps, meaning)


def _windows(encoder: SoundCNN, batch: ModelBatch, spec: ModelSpec) -> EncoderGraph:
    meaning = "A case's vector is the mean of its windows weighted by softmax of window_score over them."
    outputs = ("window_z", "window_score", "maps")
    return EncoderGraph(_Windows(encoder), {"sound": _given(batch.sound)}, outputs, meaning=meaning)


def _given(tensor: Tensor | None) -> Tensor:
    assert tensor is not None, "the golden case has every input of its model"
    return tensor


def _side_by_side(batch: ModelBatch) -> dict[str, Tensor]:
    """Lay the words of each case that has some in one row."""
    ids, mask, owner = _given(batch.token_ids), _given(batch.token_mask).bool(), _given(batch.chunk_case)
    rows = [ids[owner == case][mask[owner == case]] for case in torch.unique(owner).tolist()]
    masks = [torch.ones_like(row) for row in rows]
    return {
        "token_ids": pad_sequence(rows, batch_first=True),
        "token_mask": pad_sequence(masks, batch_first=True),
    }


_MAKERS: Mapping[type[nn.Module], Callable[..., EncoderGraph]] = {
    ImageEncoder: _image,
    BertNotes: _chunks,
    TfidfNotes: _bags,
    WordNotes: _means,
    VitalsMLP: _features,
    VitalsGRU: _steps,
    SoundCNN: _windows,
}
