"""Which maps are tested: those that a user would see, of findings whose place is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.quality import InputKind
from medmm.inference.confidence import operating_points, score_findings
from medmm.inference.conformal import limits_for
from medmm.inference.map_methods import MapSubject
from medmm.models.calibration import Calibration
from medmm.models.case_net import CaseNet
from medmm.training.examples import Example, kinds_of, make_batch
from medmm.training.places import draw_masks

BATCH = 8


@dataclass(frozen=True)
class AskedCase:
    """One case with the findings whose maps are tested.

    columns: of the findings; boxes: [len(columns), rows, cols], the part of each model pixel in the box; seen: bool
    [rows, cols], what is no padding.
    """

    example: Example
    columns: tuple[int, ...]
    boxes: NDArray[np.float32]
    seen: NDArray[np.bool_]


def ask(net: CaseNet, calibration: Calibration | None, examples: Sequence[Example]) -> list[AskedCase]:
    """Choose cases and findings: present, with a box on the film, and called positive as a user would be told.

    Films only: a box has no slices.
    """
    if net.spec.image is None or net.spec.image.slices:
        return []
    placed = [e for e in examples if e.reading.image is not None and any(e.row.boxes)]
    found: list[AskedCase] = []
    with torch.inference_mode():
        for start in range(0, len(placed), BATCH):
            part = placed[start : start + BATCH]
            logits = net(make_batch(part, net.spec).inputs).double().numpy()
            found += [_asked(net, calibration, one, row) for one, row in zip(part, logits, strict=True)]
    return [one for one in found if one.columns]


def _asked(net: CaseNet, calibration: Calibration | None, example: Example, logits: NDArray[np.float64]) -> AskedCase:
    spec = net.spec
    points = operating_points(spec.findings, calibration)
    limits = limits_for(calibration, spec.findings, kinds_of(example, spec), head=spec.head)
    scores = score_findings(logits.tolist(), points, head=spec.head, limits=limits)
    masks = draw_masks(example.reading, example.row.boxes)
    columns = tuple(
        place
        for place, score in enumerate(scores)
        if score.decision == "positive" and example.row.labels[place] == 1 and masks[place].max() > 0
    )
    seen = np.zeros(masks.shape[1:], dtype=bool)
    seen[tuple(slice(*stretch) for stretch in example.reading.stretches)] = True
    return AskedCase(example, columns, masks[list(columns)], seen)


def subjects(net: CaseNet, cases: Sequence[AskedCase]) -> Iterator[tuple[Sequence[AskedCase], MapSubject]]:
    """Encode the cases, some at a time."""
    for start in range(0, len(cases), BATCH):
        part = cases[start : start + BATCH]
        yield part, subject_of(net, part)


def subject_of(net: CaseNet, cases: Sequence[AskedCase]) -> MapSubject:
    """Encode cases as what maps are drawn of."""
    batch = make_batch([case.example for case in cases], net.spec).inputs
    with torch.no_grad():
        encoded = net.encode(batch)
    image, maps = batch.image, encoded[InputKind.IMAGE].maps
    assert image is not None
    assert maps is not None
    encode = net.encoders[InputKind.IMAGE.value]
    return MapSubject({kind: one.z for kind, one in encoded.items()}, batch.present, image, maps, encode)


def cells_of(pixels: NDArray[np.floating] | NDArray[np.bool_], grid: Sequence[int]) -> NDArray[np.float64]:
    """Average pixels [rows, cols] over the cells of a grid: [grid rows, grid cols]."""
    plane: Tensor = torch.from_numpy(np.asarray(pixels, dtype=np.float64))[None]
    pooled: NDArray[np.float64] = torch.nn.functional.adaptive_avg_pool2d(plane, (grid[0], grid[1]))[0].numpy()
    return pooled
