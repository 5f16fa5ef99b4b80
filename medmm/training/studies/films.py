"""What a network says of films alone: vectors, logits and maps of many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from medmm.core.quality import InputKind
from medmm.inference.gradcam import head_gradcam
from medmm.models.case_net import CaseNet
from medmm.training.examples import Example, make_batch

BATCH = 32


@dataclass(frozen=True)
class FilmAnswers:
    """Of N films: vectors [N, d], logits [N, F] of the image alone, maps [N, F, h, w] by head-only Grad-CAM."""

    vectors: NDArray[np.float64]
    logits: NDArray[np.float64]
    maps: NDArray[np.float32]


def answer_films(net: CaseNet, examples: Sequence[Example]) -> FilmAnswers:
    """Look at the image of every example; every one must have one."""
    vectors, logits, maps = [], [], []
    without = frozenset(net.kinds) - {InputKind.IMAGE}
    findings = range(len(net.spec.findings))
    net.eval()
    for start in range(0, len(examples), BATCH):
        batch = make_batch(examples[start : start + BATCH], net.spec, without=without).inputs
        with torch.no_grad():
            encoded = net.encode(batch)[InputKind.IMAGE]
            z = {InputKind.IMAGE: encoded.z}
            logits.append(net.fuse(z, batch.present).double().numpy())
        if encoded.maps is None:
            raise ValueError("image encoders give maps")
        vectors.append(encoded.z.double().numpy())
        maps.append(head_gradcam(net, z, batch.present, encoded.maps, findings=findings).numpy())
    return FilmAnswers(np.concatenate(vectors), np.concatenate(logits), np.concatenate(maps))
