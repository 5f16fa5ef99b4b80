"""Ways to draw where on an image a logit comes from, behind one call: all findings at once, in logits.

Every method gives [B, n findings, (d,) h, w] >= 0 on its native grid; a cell that changes nothing is zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import prod
from types import EllipsisType
from typing import TypeAlias

import torch
from torch import Tensor

from medmm.core.heat_map import GRADCAM
from medmm.core.lookup import find_entry
from medmm.core.quality import InputKind
from medmm.inference.gradcam import head_gradcam
from medmm.models.case_net import CaseNet
from medmm.models.encoded import Encoded

EncodeImages: TypeAlias = Callable[[Tensor], Encoded]
# What stands in for a hidden cell: the mean of a standardised image, the middle grey of a windowed one.
GREY = 0.0


@dataclass(frozen=True)
class MapSubject:
    """What maps are drawn of: cases with an image.

    image: [B, 1, (slices,) rows, cols] as the network takes it; maps: [B, C, (d,) h, w] of its encoder; z, present: as
    `CaseNet.fuse` takes them; encode: the image encoder, whatever runs it.
    """

    z: Mapping[InputKind, Tensor]
    present: Tensor
    image: Tensor
    maps: Tensor
    encode: EncodeImages

    def rows(self, rows: Sequence[int]) -> MapSubject:
        """Give some of the cases, one perhaps several times."""
        chosen = list(rows)
        z = {kind: vector[chosen] for kind, vector in self.z.items()}
        return MapSubject(z, self.present[chosen], self.image[chosen], self.maps[chosen], self.encode)

    def seen_as(self, image: Tensor) -> tuple[dict[InputKind, Tensor], Tensor]:
        """Encode another image of the same cases: embeddings with its own, and its maps."""
        with torch.no_grad():
            encoded = self.encode(image)
        assert encoded.maps is not None
        return {**self.z, InputKind.IMAGE: encoded.z}, encoded.maps


@dataclass(frozen=True)
class MapMethod:
    """title: for people; draw: net, subject, columns of the findings -> maps; looks: how often the image is
    encoded for a map, from the encoder's grid; finer: cells for one of the encoder's along each axis."""

    title: str
    draw: Callable[[CaseNet, MapSubject, Sequence[int]], Tensor]
    looks: Callable[[Sequence[int]], int]
    finer: int = 1


def draw_maps(name: str, net: CaseNet, subject: MapSubject, *, findings: Sequence[int]) -> Tensor:
    """Draw maps [B, n findings, (d,) h, w] by a named method. Raises ValueError where nobody knows the name."""
    return find_entry(MAP_METHODS, name, what="map method").draw(net, subject, findings)


def draw_gradcam(net: CaseNet, subject: MapSubject, findings: Sequence[int]) -> Tensor:
    """Head-only Grad-CAM on the maps that are there: no further look at the image."""
    return head_gradcam(net, subject.z, subject.present, subject.maps, findings=findings)


def draw_occlusion(net: CaseNet, subject: MapSubject, findings: Sequence[int]) -> Tensor:
    """Hide cell after cell of the encoder's grid behind grey and see by how much each logit falls.

    Zeiler and Fergus 2014; the image is encoded once a cell. What a cell lowers is no evidence for it and counts 0.
    """
    grid = subject.maps.shape[2:]
    columns = list(findings)
    with torch.no_grad():
        whole = net.fuse(subject.z, subject.present)[:, columns]
        drops = []
        for cell in cell_slices(subject.image.shape[2:], grid):
            hidden = subject.image.clone()
            hidden[last_axes(cell)] = GREY
            z, _ = subject.seen_as(hidden)
            drops.append(whole - net.fuse(z, subject.present)[:, columns])
    return torch.stack(drops, dim=-1).relu().reshape(len(whole), len(columns), *grid)


def draw_shifted(net: CaseNet, subject: MapSubject, findings: Sequence[int]) -> Tensor:
    """Average the Grad-CAMs of the image moved by half a cell along each axis, on a grid twice as fine.

    A cell of the finer grid takes the mean of the coarse cells that covered it, a part of each by area, so that a map
    adds up to what its Grad-CAMs add up to. Like SmoothGrad (Smilkov et al. 2017), with shifts instead of noise: the
    cells of the encoder fall on other pixels each time, which is where the finer grid comes from.
    """
    grid, size = subject.maps.shape[2:], subject.image.shape[2:]
    n_parts = 2 ** len(grid)
    total = count = None
    for halves in product((0, 1), repeat=len(grid)):
        shift = [half * (length // n) // 2 for half, length, n in zip(halves, size, grid, strict=True)]
        one = moved(subject, shift) if any(shift) else subject
        drawn = head_gradcam(net, one.z, one.present, one.maps, findings=findings) / n_parts
        for axis in range(2, drawn.dim()):
            drawn = drawn.repeat_interleave(2, dim=axis)
        back = [-half for half in halves]
        drawn, seen = move(drawn, back), move(torch.ones_like(drawn), back)
        total = drawn if total is None else total + drawn
        count = seen if count is None else count + seen
    assert total is not None
    assert count is not None
    return total / count.clamp(min=1)


def moved(subject: MapSubject, shift: Sequence[int]) -> MapSubject:
    """Give the same cases with the image moved by whole pixels; what comes in is grey."""
    image = move(subject.image, shift)
    z, maps = subject.seen_as(image)
    return replace(subject, z=z, image=image, maps=maps)


def cell_slices(size: Sequence[int], grid: Sequence[int]) -> Iterator[tuple[slice, ...]]:
    """Give the pixels of each cell of a grid over an image, in the order of the flattened grid."""
    edges = [[length * k // n for k in range(n + 1)] for length, n in zip(size, grid, strict=True)]
    yield from product(*([slice(low, high) for low, high in pairwise(e)] for e in edges))


def move(values: Tensor, shift: Sequence[int]) -> Tensor:
    """Move the last axes of values by whole steps; what comes in is zero."""
    moved = torch.zeros_like(values)
    there = [slice(max(0, s), values.shape[-len(shift) + k] + min(0, s)) for k, s in enumerate(shift)]
    here = [slice(max(0, -s), values.shape[-len(shift) + k] - max(0, s)) for k, s in enumerate(shift)]
    moved[last_axes(there)] = values[last_axes(here)]
    return moved


def last_axes(slices: Sequence[slice]) -> tuple[EllipsisType | slice, ...]:
    """Give the index of the last axes of an array."""
    return (..., *slices)


# In the order of their cost.
MAP_METHODS = {
    "gradcam": MapMethod(GRADCAM, draw_gradcam, lambda grid: 1),
    "shifted_gradcam": MapMethod("Grad-CAM (mean of shifts)", draw_shifted, lambda grid: 2 ** len(grid), finer=2),
    "occlusion": MapMethod("Occlusion", draw_occlusion, lambda grid: 1 + prod(grid)),
}
