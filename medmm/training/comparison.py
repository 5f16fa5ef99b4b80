"""A fusion trained on embeddings that were computed before, which takes seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from medmm.core.quality import InputKind
from medmm.models.fusion_net import FusionNet
from medmm.training.embed import Embedded
from medmm.training.label_loss import label_loss
from medmm.training.loss import drop_inputs
from medmm.training.metrics import mean_auroc

Array = NDArray[np.float64]
EPOCHS, BATCH, RATE, DECAY, PATIENCE = 40, 64, 2e-3, 0.02, 8
AUXILIARY = 0.3


@dataclass(frozen=True)
class Cohort:
    """labels: [N, F], NaN where unknown; parts: train, validation or test of each case; patients: what to resample."""

    labels: Array
    parts: NDArray[np.str_]
    patients: tuple[str, ...]

    def rows(self, part: str) -> NDArray[np.intp]:
        """Give the cases of a part."""
        return np.flatnonzero(self.parts == part)


@dataclass(frozen=True)
class Sizes:
    """What stands behind the encoders, as in `ModelSpec`."""

    findings: tuple[str, ...]
    input_kinds: tuple[InputKind, ...]
    embedding: int = 128
    hidden: int = 128
    fusion: str = "concat"
    dropout: float = 0.1
    modality_dropout: float = 0.3
    head: str = "sigmoid"


def train_fusion(spec: Sizes, chosen: Sequence[Embedded], cohort: Cohort, *, seed: int) -> FusionNet:
    """Train the part behind the encoders on the training cases; the best epoch on the validation cases stays."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    net = FusionNet(spec, {each.kind: each.z.shape[1] for each in chosen})
    z, present = _tensors(chosen)
    labels = torch.from_numpy(cohort.labels).float()
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY, fused=True)
    train, validation = cohort.rows("train"), cohort.rows("validation")
    best, best_state, since = -1.0, deepcopy(net.state_dict()), 0
    for _ in range(EPOCHS):
        net.train()
        order = torch.randperm(len(train), generator=generator)
        for rows in torch.split(torch.from_numpy(train)[order], BATCH):
            loss = _loss(net, {kind: value[rows] for kind, value in z.items()}, present[rows], labels[rows], generator)
            optimizer.zero_grad(set_to_none=True)
            torch.autograd.backward([loss])
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
        value = mean_auroc(cohort.labels[validation], _logits(net, z, present, validation))
        if value > best:
            best, best_state, since = value, deepcopy(net.state_dict()), 0
        elif (since := since + 1) >= PATIENCE:
            break
    net.load_state_dict(best_state)
    return net


def fused_logits(net: FusionNet, chosen: Sequence[Embedded], subset: frozenset[InputKind]) -> Array:
    """Give logits [N, F] from a subset of the inputs; NaN where a case has none of it."""
    z, present = _tensors(chosen)
    mask = present & torch.tensor([kind in subset for kind in net.kinds])
    return _logits(net, z, mask, np.arange(len(mask)))


def _logits(net: FusionNet, z: Mapping[InputKind, Tensor], mask: Tensor, rows: NDArray[np.intp]) -> Array:
    net.eval()
    with torch.inference_mode():
        logits = net.fuse({kind: value[rows] for kind, value in z.items()}, mask[rows]).double().numpy()
    logits[~mask[rows].any(dim=1).numpy()] = np.nan
    return logits


def _loss(
    net: FusionNet,
    z: Mapping[InputKind, Tensor],
    present: Tensor,
    labels: Tensor,
    generator: torch.Generator,
) -> Tensor:
    dropped = drop_inputs(present, net.spec.modality_dropout, generator)
    head, ones = net.spec.head, torch.ones(len(labels))
    # Both masks in one pass: these nets are so small that calls cost more than what they compute.
    twice = {kind: torch.cat([value, value]) for kind, value in z.items()}
    logits = net.class_logits(twice, torch.cat([present, dropped]))
    fused = label_loss(head, logits, torch.cat([labels, labels]), torch.cat([ones, ones]))
    alone = [
        label_loss(head, own, labels, present[:, net.kinds.index(kind)].float())
        for kind, own in net.unimodal_class_logits(z).items()
    ]
    return fused + AUXILIARY * torch.stack(alone).sum()


def _tensors(chosen: Sequence[Embedded]) -> tuple[dict[InputKind, Tensor], Tensor]:
    z = {each.kind: torch.from_numpy(each.z) for each in chosen}
    return z, torch.from_numpy(np.stack([each.has for each in chosen], axis=1))
