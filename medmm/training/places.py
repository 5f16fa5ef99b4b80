"""Where findings lie on the film: boxes as masks that go through the augmentation, and the loss that asks for them.

A label says that a nodule is somewhere among 36,864 pixels; its box says where, and an encoder learns it from far
fewer films. The question is put to the head of the image alone, cell by cell, so that no weight is there for it only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from medmm.training.patients import Box
from medmm.training.reading import Reading


@dataclass(frozen=True)
class Places:
    """masks: [B, F, rows, cols], the part of each input pixel that lies in the box; known: bool [B, F], box or none.

    A finding may be known but not seen: the augmentation has turned or cut it out of the picture.
    """

    masks: Tensor
    known: Tensor

    def to(self, device: torch.device) -> Places:
        """Copy both to a device."""
        return Places(self.masks.to(device), self.known.to(device))


def has_places(reading: Reading, boxes: Sequence[Box | None]) -> bool:
    """Tell whether anything is known of where findings lie: films only, a box has no slices."""
    return reading.image is not None and len(reading.grid) == 4 and any(boxes)


def draw_masks(reading: Reading, boxes: Sequence[Box | None]) -> NDArray[np.float32]:
    """Draw boxes of stored pixels on the model's input, [F, rows, cols] in 0..1, a part where a pixel is cut."""
    assert reading.image is not None
    masks = np.zeros((len(boxes), *reading.image.shape), dtype=np.float32)
    row_step, row_start, col_step, col_start = reading.grid
    for mask, box in zip(masks, boxes, strict=True):
        if box is not None:
            rows = _covered(box[0], box[2], row_step, row_start, mask.shape[0])
            cols = _covered(box[1], box[3], col_step, col_start, mask.shape[1])
            mask[:] = np.outer(rows, cols)
    return masks


def _covered(first: int, last: int, step: float, start: float, n: int) -> NDArray[np.float64]:
    """Give the part of each of n pixels between two stored places."""
    low, high = (first - start) / step, (last - start) / step
    edges = np.arange(n)
    return np.asarray(np.clip(np.minimum(high, edges + 1) - np.maximum(low, edges), 0, 1))


def place_loss(local: Tensor, places: Tensor, weights: Tensor, over: Tensor) -> Tensor:
    """-log of how much of a finding's evidence lies in its box, as a softmax over the cells of the map shares it out.

    local: logits [B, F, h, w] of the cells; places: masks as of `Places`; weights: [B, F], 0 where there is no box;
    over: what to divide the sum by. Cells that are half in a box count half; what is not seen counts nothing.
    """
    height, width = local.shape[-2:]
    covered = functional.adaptive_avg_pool2d(places, (height, width)).flatten(2)
    most = covered.amax(dim=2, keepdim=True)
    inside = (covered / most.clamp(min=1e-6)).clamp(min=1e-6)
    losses = -(functional.log_softmax(local.float().flatten(2), dim=2) + inside.log()).logsumexp(dim=2)
    return (losses * weights * (most.squeeze(2) > 0)).sum() / over.clamp(min=1e-6)
