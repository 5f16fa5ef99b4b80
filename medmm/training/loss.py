"""The training loss: fused logits under two presence masks, plus each input's own logits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from medmm.core.quality import InputKind
from medmm.models.encoded import Encoded
from medmm.models.multimodal import MultimodalNet
from medmm.training.examples import TrainingBatch
from medmm.training.label_loss import PLAIN, LossShape, label_loss, weight_of
from medmm.training.places import Places, place_loss

# Embeddings [B, d] of one kind, and which cases have it, bool [B].
Known = tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Whole:
    """The batch that several processes share: labels [N, F], weights [N], present [N, K]; rows: those of this one;
    n_placed: the weight of all findings whose place is known, None: those of this process.

    What each of them computes is its part of the sum that one process would have computed.
    """

    labels: Tensor
    weights: Tensor
    present: Tensor
    rows: slice
    n_placed: float | None = None


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
    whole: Whole | None = None,
    box_weight: float = 0.0,
) -> Tensor:
    """Encode once, fuse twice: with everything, and with modality dropout (the head costs next to nothing).

    box_weight: of the question where findings lie, which is asked of a batch with places.

    known: embeddings of encoders that stand still, computed before; the batch is without their inputs.
    whole: what the batch is a part of; None: nothing but itself.
    """
    present = batch.inputs.present.clone()
    encoded = net.encode(batch.inputs)
    z = {kind: own.z for kind, own in encoded.items()}
    for kind, (vectors, has) in (known or {}).items():
        z[kind] = vectors
        present[:, net.kinds.index(kind)] = has
    batch = replace(batch, inputs=replace(batch.inputs, present=present))
    whole = whole or Whole(batch.labels, batch.weights, present, slice(None))
    dropped = drop_inputs(whole.present, net.spec.modality_dropout, generator)[whole.rows]
    head = net.spec.head
    over = weight_of(head, whole.labels, whole.weights)
    fused = [
        label_loss(head, net.class_logits(z, mask), batch.labels, batch.weights, shape, over)
        for mask in (present, dropped)
    ]
    singles = [
        _single_loss(net, kind, logits, batch, whole, shape) for kind, logits in net.unimodal_class_logits(z).items()
    ]
    loss = torch.stack(fused).mean() + auxiliary_weight * torch.stack(singles).sum()
    if box_weight and batch.places is not None and InputKind.IMAGE in encoded:
        loss = loss + box_weight * _box_loss(net, encoded[InputKind.IMAGE], batch, batch.places, whole)
    if not torch.isfinite(loss):
        raise FloatingPointError(f"the training loss became {float(loss)}")
    return loss


def _single_loss(
    net: MultimodalNet, kind: InputKind, logits: Tensor, batch: TrainingBatch, whole: Whole, shape: LossShape
) -> Tensor:
    column, head = net.kinds.index(kind), net.spec.head
    own, all_of_them = batch.inputs.present[:, column].float(), whole.present[:, column].float()
    over = weight_of(head, whole.labels, whole.weights * all_of_them)
    return label_loss(head, logits, batch.labels, batch.weights * own, shape, over)


def _box_loss(net: MultimodalNet, encoded: Encoded, batch: TrainingBatch, places: Places, whole: Whole) -> Tensor:
    assert encoded.maps is not None
    weights = places.known * batch.weights.unsqueeze(-1)
    over = weights.sum() if whole.n_placed is None else torch.tensor(whole.n_placed, device=weights.device)
    return place_loss(net.local_class_logits(encoded.maps), places.masks, weights, over)
