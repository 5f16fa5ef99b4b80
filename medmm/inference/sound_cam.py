"""Grad-CAM of the recordings from the pooling and the fusion head alone, joined to one map of time a recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.heat_map import SoundMap
from medmm.core.quality import InputKind
from medmm.inference.cepstrum import band_edges
from medmm.inference.model_input import PreparedAudio
from medmm.models.audio_encoder import SoundCNN, whole_case
from medmm.models.joined_encoders import JoinedSound
from medmm.models.spec import AudioSpec

if TYPE_CHECKING:
    from medmm.models.case_net import CaseNet


def sound_gradcam(
    net: CaseNet, z: Mapping[InputKind, Tensor], present: Tensor, maps: Tensor, *, findings: Sequence[int]
) -> Tensor:
    """Give Grad-CAM maps [n findings, N, h, w], in logits, of the windows of one case.

    maps: [N, C, h, w] of its windows. What a window says through its weight in the pooling counts too.
    """
    encoder = net.encoders[InputKind.AUDIO.value]
    assert isinstance(encoder, SoundCNN | JoinedSound)
    found = []
    with torch.enable_grad():
        varied = maps.detach().clone().requires_grad_()
        pooled = encoder.pool(varied, whole_case(len(maps), device=maps.device), 1)
        logits = net.fuse({**z, InputKind.AUDIO: pooled}, present)
        for finding in findings:
            (gradient,) = torch.autograd.grad(logits[0, finding], varied, retain_graph=True)
            # Selvaraju et al. 2017, eq. 1 and 2; a window's vector is the mean of its maps, so this sum is exact.
            found.append((gradient.mean(dim=(2, 3), keepdim=True) * maps).sum(dim=1).relu())
    return torch.stack(found).detach()


def to_sound_maps(values: NDArray[np.float32], audio: PreparedAudio, spec: AudioSpec) -> tuple[SoundMap, ...]:
    """Join the maps [N, h, w] of windows to one map a recording; where windows overlap, what they add is summed.

    Rows of cepstral coefficients are no frequencies: they are summed to one band.
    """
    n_cols = values.shape[2]
    seconds_per_moment = spec.window_seconds / n_cols
    rows = values.sum(axis=1, keepdims=True) if spec.is_cepstral else values
    bands = _bands(rows.shape[1], spec)
    maps = []
    for index, seconds in enumerate(audio.seconds):
        n_moments = max(1, int(np.ceil(round(seconds / seconds_per_moment, 6))))
        joined = np.zeros((rows.shape[1], n_moments), dtype=np.float32)
        for own, start in zip(
            rows[audio.recording_index == index], audio.start_seconds[audio.recording_index == index], strict=True
        ):
            places = np.arange(n_cols) + round(start / seconds_per_moment)
            # A recording shorter than a window was repeated: what is beyond its end is its beginning again.
            places = places % n_moments if seconds < spec.window_seconds else np.minimum(places, n_moments - 1)
            np.add.at(joined.T, places, own.T)
        maps.append(SoundMap(joined, seconds_per_moment, bands, index))
    return tuple(maps)


def _bands(n_rows: int, spec: AudioSpec) -> tuple[tuple[float, float], ...]:
    corners = band_edges(spec.n_mels, rate_hz=spec.rate_hz)
    # A row of the map covers several bands; its edges lie at the middles of the triangles.
    edges = np.interp(np.linspace(0, spec.n_mels + 1, n_rows + 1), np.arange(spec.n_mels + 2), corners)
    return tuple((low, high) for low, high in pairwise(edges.tolist()))
