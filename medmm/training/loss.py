"""The training loss: fused logits under two presence masks, plus each input's own logits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from medmm.core.quality import InputKind
from medmm.models.multimodal import MultimodalNet
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example, TrainingBatch

MAX_POS_WEIGHT = 50.0


@dataclass(frozen=True)
class LossShape:
    """pos_weight: [F], what a positive counts against a negative; gamma: focal exponent, 0 = plain cross-entropy."""

    pos_weight: Tensor | None = None
    gamma: float = 0.0


PLAIN = LossShape()
# Embeddings [B, d] of one kind, and which cases have it, bool [B].
Known = tuple[Tensor, Tensor]


def loss_shape(config: TrainingConfig, examples: Sequence[Example]) -> LossShape:
    """Choose the loss that the configuration's imbalance asks for, from the labels of the training part."""
    if config.imbalance == "focal":
        return LossShape(gamma=config.focal_gamma)
    if config.imbalance != "pos_weight":
        return PLAIN
    labels = np.array([example.row.labels for example in examples], dtype=np.float64)
    positive, known = np.nansum(labels > 0.5, axis=0), (~np.isnan(labels)).sum(axis=0)
    weight = (known - positive) / np.maximum(positive, 1)
    return LossShape(torch.tensor(np.clip(weight, 1 / MAX_POS_WEIGHT, MAX_POS_WEIGHT), dtype=torch.float32))


def masked_bce(logits: Tensor, labels: Tensor, weights: Tensor, shape: LossShape = PLAIN) -> Tensor:
    """Mean binary cross-entropy over known labels (NaN = unknown); 0 where nothing is known.

    logits, labels: [B, F]; weights: [B]. Focal: each term times (1 - p of the truth)^gamma (Lin et al. 2017, eq. 4).
    """
    known = ~labels.isnan()
    targets = labels.nan_to_num()
    pos_weight = None if shape.pos_weight is None else shape.pos_weight.to(logits.device)
    losses = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none", pos_weight=pos_weight)
    if shape.gamma:
        score = logits.sigmoid()
        losses = losses * (targets * (1 - score) + (1 - targets) * score) ** shape.gamma
    weighted = known * weights.unsqueeze(-1)
    return (losses * weighted).sum() / weighted.sum().clamp(min=1e-6)


def drop_inputs(present: Tensor, chance: float, generator: torch.Generator) -> Tensor:
    """Drop present inputs with a chance each, never the last one of a case. present: bool [B, K]."""
    # Drawn on the CPU whatever the device, so that the same seed drops the same inputs.
    kept = present & (torch.rand(present.shape, generator=generator) >= chance).to(present.device)
    nothing_left = ~kept.any(dim=1) & present.any(dim=1)
    # One of the present inputs survives, drawn evenly.
    lots = torch.rand(present.shape, generator=generator).to(present.device).masked_fill(~present, -1.0)
    survivor = functional.one_hot(lots.argmax(dim=1), present.shape[1]).bool()
    return torch.where(nothing_left.unsqueeze(-1), survivor, kept)


def training_loss(
    net: MultimodalNet,
    batch: TrainingBatch,
    *,
    auxiliary_weight: float,
    generator: torch.Generator,
    shape: LossShape = PLAIN,
    known: Mapping[InputKind, Known] | None = None,
) -> Tensor:
    """Encode once, fuse twice: with everything, and with modality dropout (the head costs next to nothing).

    known: embeddings of encoders that stand still, computed before; the batch is without their inputs.
    """
    present = batch.inputs.present.clone()
    z = {kind: encoded.z for kind, encoded in net.encode(batch.inputs).items()}
    for kind, (vectors, has) in (known or {}).items():
        z[kind] = vectors
        present[:, net.kinds.index(kind)] = has
    inputs = replace(batch.inputs, present=present)
    batch = replace(batch, inputs=inputs)
    dropped = drop_inputs(present, net.spec.modality_dropout, generator)
    fused = [masked_bce(net.fuse(z, mask), batch.labels, batch.weights, shape) for mask in (present, dropped)]
    singles = [_single_loss(net, kind, logits, batch, shape) for kind, logits in net.unimodal_logits(z).items()]
    loss = torch.stack(fused).mean() + auxiliary_weight * torch.stack(singles).sum()
    if not torch.isfinite(loss):
        raise FloatingPointError(f"the training loss became {float(loss)}")
    return loss


def _single_loss(net: MultimodalNet, kind: InputKind, logits: Tensor, batch: TrainingBatch, shape: LossShape) -> Tensor:
    has_input = batch.inputs.present[:, net.kinds.index(kind)].float()
    return masked_bce(logits, batch.labels, batch.weights * has_input, shape)
