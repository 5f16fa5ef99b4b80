"""Grad-CAM from the fusion head alone: no hooks, no backward pass through the CNN, all findings at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.heat_map import HeatMap
from medmm.core.quality import InputKind
from medmm.inference.model_input import PreparedImage

if TYPE_CHECKING:
    from medmm.models.case_net import CaseNet


def head_gradcam(
    net: CaseNet, z: Mapping[InputKind, Tensor], present: Tensor, maps: Tensor, *, findings: Sequence[int]
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
    """Put a map [h, w] at its place in the stored image; of a volume's map [d, h, w] the slice with the maximum."""
    if values.ndim == 3:
        return replace(slice_heatmap(values, image), stability=stability)
    return HeatMap(
        values=np.ascontiguousarray(values, dtype=np.float32),
        to_stored=image.grid_to_stored(values.shape),
        seen_box=image.seen_box,
        image_index=image.image_index,
        slice_index=image.slice_index,
        stability=stability,
    )


def slice_heatmap(values: NDArray[np.float32], image: PreparedImage, *, slice_index: int | None = None) -> HeatMap:
    """Cut the map [d, h, w] of a volume where a stored slice lies; None: the middle of the cell with the maximum.

    The volume may lie turned in its series, so that a stored slice cuts the map along any of its axes.
    """
    assert image.seen_slices is not None
    to_stored = image.grid_to_stored(values.shape)
    across = int(np.argmax(np.abs(to_stored[0, :3])))
    step, start = to_stored[0, across], to_stored[0, 3]
    if slice_index is None:
        cell = int(np.unravel_index(int(np.argmax(values)), values.shape)[across])
        first, last = image.seen_slices
        slice_index = int(np.clip(np.floor(start + step * (cell + 0.5)), np.floor(first), np.ceil(last) - 1))
    cell = int(np.clip(np.floor((slice_index + 0.5 - start) / step), 0, values.shape[across] - 1))
    kept = [axis for axis in (0, 1, 2) if axis != across]
    in_plane = np.eye(3)
    in_plane[:2] = to_stored[1:3][:, [*kept, 3]]
    return HeatMap(
        values=np.ascontiguousarray(values.take(cell, axis=across), dtype=np.float32),
        to_stored=in_plane,
        seen_box=image.seen_box,
        image_index=image.image_index,
        slice_index=slice_index,
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
