"""The training loss: fused logits under two presence masks, plus each input's own logits."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from medmm.core.quality import InputKind
from medmm.models.multimodal import MultimodalNet
from medmm.training.examples import TrainingBatch


def masked_bce(logits: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    """Mean binary cross-entropy over known labels (NaN = unknown); 0 where nothing is known.

    logits, labels: [B, F]; weights: [B].
    """
    known = ~labels.isnan()
    losses = functional.binary_cross_entropy_with_logits(logits, labels.nan_to_num(), reduction="none")
    weighted = known * weights.unsqueeze(-1)
    return (losses * weighted).sum() / weighted.sum().clamp(min=1e-6)


def drop_inputs(present: Tensor, chance: float, generator: torch.Generator) -> Tensor:
    """Drop present inputs with a chance each, never the last one of a case. present: bool [B, K]."""
    kept = present & (torch.rand(present.shape, generator=generator) >= chance)
    nothing_left = ~kept.any(dim=1) & present.any(dim=1)
    # One of the present inputs survives, drawn evenly.
    lots = torch.rand(present.shape, generator=generator).masked_fill(~present, -1.0)
    survivor = torch.nn.functional.one_hot(lots.argmax(dim=1), present.shape[1]).bool()
    return torch.where(nothing_left.unsqueeze(-1), survivor, kept)


def training_loss(
    net: MultimodalNet, batch: TrainingBatch, *, auxiliary_weight: float, generator: torch.Generator
) -> Tensor:
    """Encode once, fuse twice: with everything, and with modality dropout (the head costs next to nothing)."""
    present = batch.inputs.present
    z = {kind: encoded.z for kind, encoded in net.encode(batch.inputs).items()}
    dropped = drop_inputs(present, net.spec.modality_dropout, generator)
    fused = [masked_bce(net.fuse(z, mask), batch.labels, batch.weights) for mask in (present, dropped)]
    singles = [_single_loss(net, kind, logits, batch) for kind, logits in net.unimodal_logits(z).items()]
    loss = torch.stack(fused).mean() + auxiliary_weight * torch.stack(singles).sum()
    if not torch.isfinite(loss):
        raise FloatingPointError(f"the training loss became {float(loss)}")
    return loss


def _single_loss(net: MultimodalNet, kind: InputKind, logits: Tensor, batch: TrainingBatch) -> Tensor:
    has_input = batch.inputs.present[:, net.kinds.index(kind)].float()
    return masked_bce(logits, batch.labels, batch.weights * has_input)
