"""Grad-CAM from the fusion head alone: no hooks, no backward pass through the CNN, all findings at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.prediction import HeatMap
from medmm.core.quality import InputKind
from medmm.inference.model_input import PreparedImage

if TYPE_CHECKING:
    from medmm.models.multimodal import MultimodalNet


def head_gradcam(
    net: MultimodalNet, z: Mapping[InputKind, Tensor], present: Tensor, maps: Tensor, *, findings: Sequence[int]
) -> Tensor:
    """Give Grad-CAM maps [B, n findings, (d,) h, w], in logits, of the image input.

    z: embeddings [B, d_k] with z[IMAGE] = average of `maps` [B, C, (d,) h, w] over its places; present: bool [B, K].
    Because z is that average, dy/dA = dy/dz / (d h w) everywhere and only the head is differentiated
    (Selvaraju et al. 2017, eq. 1 and 2; MODEL.md 2.5). Leaves no .grad behind; safe to call from several threads.
    """
    n_cases, n = len(maps), len(findings)
    # One row per case and finding, so that one backward pass gives every gradient.
    repeated = {kind: vector.detach().repeat_interleave(n, dim=0) for kind, vector in z.items()}
    with torch.enable_grad():
        image_z = repeated[InputKind.IMAGE].requires_grad_()
        logits = net.fuse({**repeated, InputKind.IMAGE: image_z}, present.repeat_interleave(n, dim=0))
        columns = torch.tensor(list(findings), device=logits.device).repeat(n_cases)
        chosen = logits.gather(1, columns[:, None]).sum()
        (gradient,) = torch.autograd.grad(chosen, image_z)
    weights = gradient.reshape(n_cases, n, -1) / maps[0, 0].numel()
    return torch.einsum("bfc,bc...->bf...", weights, maps.detach()).relu()


def to_heatmap(values: NDArray[np.float32], image: PreparedImage, *, stability: float | None = None) -> HeatMap:
    """Put a map [h, w] at its place in the stored image."""
    return HeatMap(
        values=np.ascontiguousarray(values, dtype=np.float32),
        to_stored=image.grid_to_stored((values.shape[0], values.shape[1])),
        seen_box=image.seen_box,
        image_index=image.image_index,
        slice_index=image.slice_index,
        stability=stability,
    )


def rank_agreement(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Spearman's rank correlation of two maps: 1 = same order of cells; 0 where a map is constant."""
    a, b = _ranks(first.ravel()), _ranks(second.ravel())
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / scale if scale > 0 else 0.0


def _ranks(values: NDArray[np.float32]) -> NDArray[np.float64]:
    # Ties share their mean rank: relu makes many cells exactly zero.
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    means: NDArray[np.float64] = last - (counts - 1) / 2.0
    return means[inverse]
