"""The straight way of each input from a blank one to itself, along which attributions integrate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from medmm.core.quality import InputKind
from medmm.inference.encoding import EncodedCase
from medmm.inference.model_input import ModelInput, PreparedAudio, PreparedImage, PreparedNote, PreparedVitals
from medmm.inference.prediction import Prediction
from medmm.inference.prepare_audio import silent_window
from medmm.models.audio_encoder import SoundCNN
from medmm.models.case_net import CaseNet
from medmm.models.encoded import Encoded
from medmm.models.joined_encoders import JoinedSound
from medmm.models.note_encoder import NoteEncoder
from medmm.models.spec import ModelSpec


@dataclass(frozen=True)
class InputPath:
    """own, blank: the ends of the way, [1, ...]; to_z: S points of it, [S, ...], to embeddings [S, d], differentiable;
    n_tokens: what a network of notes reads for one point."""

    kind: InputKind
    own: Tensor
    blank: Tensor
    to_z: Callable[[Tensor], Tensor]
    n_tokens: int = 0


def blank_input(spec: ModelSpec) -> ModelInput | None:
    """Give a uniformly grey film and a window of silence, as far as the model takes them; None where neither."""
    image = audio = None
    if spec.image is not None:
        # 0 is the mean of a standardised film and the middle of a window.
        size = spec.image.size
        image = PreparedImage(np.zeros(size, dtype=np.float32), np.eye(len(size) + 1), (0.0, 0.0, size[-2], size[-1]))
    if spec.audio is not None:
        silence = silent_window(spec.audio)[None]
        audio = PreparedAudio(silence, np.zeros(1, np.int64), np.zeros(1), (spec.audio.window_seconds,))
    there = {InputKind.IMAGE: image is not None, InputKind.AUDIO: audio is not None}
    present = tuple(there.get(kind, False) for kind in spec.input_kinds)
    return ModelInput(present, image=image, audio=audio) if any(present) else None


def paths_of(
    net: CaseNet, model_input: ModelInput, prediction: Prediction, *, blank: EncodedCase, mask_token_id: int
) -> tuple[InputPath, ...]:
    """Give the way of every input that took part, on the device of `net`; blank: what `blank_input` is encoded to.

    A film goes from uniform grey to itself at its last feature map, a recording from silence at the feature maps of
    its windows: the networks before are not run again. Every ordinary token of a note comes from
    [MASK] (in a bag of words from nothing), every vital sign from the training mean, at the input itself; special
    tokens, missing flags, times and gaps stay as they are.
    """
    device = next(net.parameters()).device
    found = []
    if prediction.maps is not None and blank.maps is not None:
        found.append(InputPath(InputKind.IMAGE, prediction.maps.to(device), blank.maps.to(device), _average))
    if model_input.note is not None:
        found.append(_note_path(net, model_input.note, mask_token_id, device))
    if model_input.vitals is not None:
        found.append(_vitals_path(net, model_input.vitals, device))
    own, silence = prediction.window_maps, blank.window_maps
    if own is not None and silence is not None:
        found.append(_audio_path(net, own.to(device), silence.to(device).expand_as(own)))
    return tuple(found)


def _average(maps: Tensor) -> Tensor:
    # What every image encoder makes of its last feature map [S, C, (d,) h, w].
    return maps.flatten(start_dim=2).mean(dim=2)


def _audio_path(net: CaseNet, own: Tensor, blank: Tensor) -> InputPath:
    encoder = net.encoders[InputKind.AUDIO.value]
    assert isinstance(encoder, SoundCNN | JoinedSound)

    def to_z(points: Tensor) -> Tensor:
        n_points, n_windows = points.shape[:2]
        window_case = torch.arange(n_points, device=points.device).repeat_interleave(n_windows)
        return encoder.pool(points.flatten(0, 1), window_case, n_points)

    return InputPath(InputKind.AUDIO, own[None], blank[None], to_z)


def _note_path(net: CaseNet, note: PreparedNote, mask_token_id: int, device: torch.device) -> InputPath:
    encoder = net.encoders[InputKind.NOTE.value]
    assert isinstance(encoder, NoteEncoder)
    ids = torch.from_numpy(note.token_ids).to(device)
    mask = torch.from_numpy(note.token_mask).to(device)
    ordinary = torch.from_numpy(note.note_index >= 0).to(device)
    with torch.no_grad():
        words = encoder.vectors_of(ids, mask, torch.zeros(len(ids), dtype=torch.long, device=device), 1)
        masked = encoder.blank_of(words, ids, ordinary, mask_token_id)

    def to_z(points: Tensor) -> Tensor:
        n_points, n_chunks = points.shape[:2]
        chunk_case = torch.arange(n_points, device=device).repeat_interleave(n_chunks)
        return encoder.encode_embeddings(points.flatten(0, 1), mask.repeat(n_points, 1), chunk_case, n_points).z

    return InputPath(InputKind.NOTE, words[None], masked[None], to_z, n_tokens=ids.numel() * encoder.n_encoders)


def _vitals_path(net: CaseNet, vitals: PreparedVitals, device: torch.device) -> InputPath:
    encoder = net.encoders[InputKind.VITALS.value]
    if vitals.series is None:
        features = torch.from_numpy(vitals.features).to(device)[None]
        return InputPath(InputKind.VITALS, features, _mean_vitals(net, features), lambda points: encoder(points).z)
    series = torch.from_numpy(vitals.series).to(device)
    values = series[None, ..., 0]

    def to_z(points: Tensor) -> Tensor:
        # Only the values vary: when they were measured stays what it was.
        n_points, n_times = points.shape[:2]
        fixed = series[None, ..., 1:].expand(n_points, -1, -1, -1)
        steps = torch.full((n_points,), n_times, device=device)
        encoded: Encoded = encoder(torch.cat([points.unsqueeze(-1), fixed], dim=-1), steps)
        return encoded.z

    return InputPath(InputKind.VITALS, values, torch.zeros_like(values), to_z)


def _mean_vitals(net: CaseNet, features: Tensor) -> Tensor:
    spec = net.spec.vitals
    assert spec is not None
    is_flag = torch.tensor([name.endswith(".missing") for name in spec.feature_names], device=features.device)
    return torch.where(is_flag, features, torch.zeros_like(features))
