"""Integrated gradients jointly over the words of the notes and the vital signs, in logits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import IntegratedGradients
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.quality import InputKind
from medmm.inference.model_input import ModelInput, PreparedNote
from medmm.models.case_net import CaseNet
from medmm.models.encoded import Encoded
from medmm.models.note_encoder import NoteEncoder

MAX_GAP = 0.01
FIRST_STEPS = 16
MAX_STEPS = 128
# Changes below this many logits are rounding; the gap is not taken relative to less.
SMALL_CHANGE = 0.05
# Tokens in one forward and backward pass, and in one attribution: bounds memory and time on a CPU.
TOKENS_AT_ONCE = 4096
TOKENS_IN_ALL = 400_000


@dataclass(frozen=True)
class Attribution:
    """Weights in logits for one finding.

    tokens: [N chunks, T], 0 for special and padding tokens; vitals: [V] per feature;
    series: [T, signs] per value, for an encoder over time, vitals being None then;
    change: f(inputs) - f(baseline); gap: |sum of weights - change| relative to the change; n_steps: steps used.
    """

    tokens: NDArray[np.float64] | None
    vitals: NDArray[np.float64] | None
    change: float
    gap: float
    n_steps: int
    series: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class _Path:
    """The function that is integrated, its end points, and what one step of it costs in tokens that a network reads."""

    forward: Callable[..., Tensor]
    inputs: tuple[Tensor, ...]
    baselines: tuple[Tensor, ...]
    has_note: bool
    is_series: bool
    tokens_per_step: int


def attribute_records(
    net: CaseNet,
    model_input: ModelInput,
    z: Mapping[InputKind, Tensor],
    *,
    finding: int,
    mask_token_id: int,
    device: torch.device,
) -> Attribution | None:
    """Attribute one finding's logit to tokens and vital features; None when neither input is present.

    Baseline: every ordinary token becomes [MASK] (in a bag of words it is taken out), every vital feature or value the
    training mean (0; missing flags, times and gaps kept); everything else stays as it is (z). Steps are doubled until
    the gap is below 1 % or the budget ends; the gap is returned.
    Sundararajan et al. 2017; over embeddings as in captum's LayerIntegratedGradients, but without hooks.
    """
    path = _build_path(net, model_input, z, mask_token_id, device)
    if path is None:
        return None
    steps = FIRST_STEPS
    best = _integrate(path, finding, steps)
    while best.gap > MAX_GAP and 2 * steps <= MAX_STEPS and 2 * steps * path.tokens_per_step <= TOKENS_IN_ALL:
        steps *= 2
        best = _integrate(path, finding, steps)
    return best


def _build_path(
    net: CaseNet, model_input: ModelInput, z: Mapping[InputKind, Tensor], mask_token_id: int, device: torch.device
) -> _Path | None:
    inputs: list[Tensor] = []
    baselines: list[Tensor] = []
    note, vitals = model_input.note, model_input.vitals
    if note is not None:
        words, masked = _word_vectors(net, note, mask_token_id, device)
        inputs.append(words)
        baselines.append(masked)
    is_series = vitals is not None and vitals.series is not None
    if vitals is not None and vitals.series is not None:
        inputs.append(torch.from_numpy(vitals.series[..., 0]).to(device)[None].clone())
        baselines.append(torch.zeros_like(inputs[-1]))
    elif vitals is not None:
        features = torch.from_numpy(vitals.features).to(device)[None]
        inputs.append(features)
        baselines.append(_mean_vitals(net, features))
    if not inputs:
        return None
    return _Path(
        forward=_forward_from(net, model_input, z, device),
        inputs=tuple(tensor.requires_grad_() for tensor in inputs),
        baselines=tuple(baselines),
        has_note=note is not None,
        is_series=is_series,
        tokens_per_step=note.token_ids.size * _notes_encoder(net).n_encoders if note is not None else 1,
    )


def _notes_encoder(net: CaseNet) -> NoteEncoder:
    encoder = net.encoders[InputKind.NOTE.value]
    assert isinstance(encoder, NoteEncoder)
    return encoder


def _word_vectors(net: CaseNet, note: PreparedNote, mask_token_id: int, device: torch.device) -> tuple[Tensor, Tensor]:
    ids = torch.from_numpy(note.token_ids).to(device)
    ordinary = torch.from_numpy(note.note_index >= 0).to(device)
    encoder = _notes_encoder(net)
    mask = torch.from_numpy(note.token_mask).to(device)
    with torch.no_grad():
        words = encoder.vectors_of(ids, mask, torch.zeros(len(ids), dtype=torch.long, device=device), 1)
        masked = encoder.blank_of(words, ids, ordinary, mask_token_id)
    return words[None].clone(), masked[None].clone()  # [1, N, T, hidden]


def _mean_vitals(net: CaseNet, features: Tensor) -> Tensor:
    spec = net.spec.vitals
    assert spec is not None
    is_flag = torch.tensor([name.endswith(".missing") for name in spec.feature_names], device=features.device)
    return torch.where(is_flag, features, torch.zeros_like(features))


def _forward_from(
    net: CaseNet, model_input: ModelInput, z: Mapping[InputKind, Tensor], device: torch.device
) -> Callable[..., Tensor]:
    fixed = {kind: vector.to(device) for kind, vector in z.items()}
    present = torch.tensor([list(model_input.present)], device=device)
    note = model_input.note
    mask = torch.from_numpy(note.token_mask).to(device) if note is not None else None
    vitals = model_input.vitals
    series = torch.from_numpy(vitals.series).to(device) if vitals is not None and vitals.series is not None else None

    def forward(*varied: Tensor) -> Tensor:
        n_steps = varied[0].shape[0]
        vectors = {kind: vector.expand(n_steps, -1) for kind, vector in fixed.items()}
        rest = list(varied)
        if mask is not None:
            vectors[InputKind.NOTE] = _encode_steps(_notes_encoder(net), rest.pop(0), mask)
        if rest and series is not None:
            vectors[InputKind.VITALS] = _encode_values(net, rest[0], series)
        elif rest:
            vectors[InputKind.VITALS] = net.encoders[InputKind.VITALS.value](rest[0]).z
        return net.fuse(vectors, present.expand(n_steps, -1))

    return forward


def _encode_values(net: CaseNet, values: Tensor, series: Tensor) -> Tensor:
    # Only the values vary: when they were measured stays what it was.
    n_rows, n_times = values.shape[:2]
    fixed = series[None, ..., 1:].expand(n_rows, -1, -1, -1)
    steps = torch.full((n_rows,), n_times, device=values.device)
    encoded: Encoded = net.encoders[InputKind.VITALS.value](torch.cat([values.unsqueeze(-1), fixed], dim=-1), steps)
    return encoded.z


def _encode_steps(encoder: NoteEncoder, words: Tensor, mask: Tensor) -> Tensor:
    n_steps, n_chunks = words.shape[:2]
    chunk_case = torch.arange(n_steps, device=words.device).repeat_interleave(n_chunks)
    return encoder.encode_embeddings(words.flatten(0, 1), mask.repeat(n_steps, 1), chunk_case, n_steps).z


def _integrate(path: _Path, finding: int, n_steps: int) -> Attribution:
    at_once = max(1, TOKENS_AT_ONCE // path.tokens_per_step)
    weights = IntegratedGradients(path.forward).attribute(
        path.inputs,
        path.baselines,
        target=finding,
        n_steps=n_steps,
        method="gausslegendre",
        internal_batch_size=at_once,
    )
    parts = [weight.detach().double().cpu() for weight in weights]
    with torch.no_grad():
        change = float(path.forward(*path.inputs)[0, finding] - path.forward(*path.baselines)[0, finding])
    gap = abs(float(sum(part.sum() for part in parts)) - change) / max(abs(change), SMALL_CHANGE)
    tokens = parts.pop(0)[0].sum(dim=-1).numpy() if path.has_note else None
    values = parts[0][0].numpy() if parts else None
    if path.is_series:
        return Attribution(tokens, None, change, gap, n_steps, series=values)
    return Attribution(tokens, values, change, gap, n_steps)
