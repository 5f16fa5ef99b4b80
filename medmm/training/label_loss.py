"""The loss of labels under each head: a cross-entropy per finding, or one over classes that exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from medmm.core.lookup import find_entry
from medmm.models.exclusive import with_none
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example
from medmm.training.exclusive import possible_classes

MAX_WEIGHT = 50.0


@dataclass(frozen=True)
class LossShape:
    """class_weight: [F], what a positive counts against a negative, or [F + 1], what a case of each class counts
    (softmax head); gamma: focal exponent, 0 = plain cross-entropy."""

    class_weight: Tensor | None = None
    gamma: float = 0.0


PLAIN = LossShape()


def loss_shape(config: TrainingConfig, examples: Sequence[Example]) -> LossShape:
    """Choose the loss that the configuration's imbalance asks for, from the labels of the training part."""
    if config.imbalance == "focal":
        return LossShape(gamma=config.focal_gamma)
    if config.imbalance != "pos_weight":
        return PLAIN
    labels = np.array([example.row.labels for example in examples], dtype=np.float64)
    weight = _class_weight(labels) if config.head == "softmax" else _positive_weight(labels)
    return LossShape(torch.tensor(np.clip(weight, 1 / MAX_WEIGHT, MAX_WEIGHT), dtype=torch.float32))


def _positive_weight(labels: NDArray[np.float64]) -> NDArray[np.float64]:
    positive, known = np.nansum(labels > 0.5, axis=0), (~np.isnan(labels)).sum(axis=0)
    return np.asarray((known - positive) / np.maximum(positive, 1))


def _class_weight(labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """N / (classes * cases of the class): as if every class were equally common."""
    possible = possible_classes(labels)
    known = possible[possible.sum(axis=1) == 1]
    return np.asarray(len(known) / (known.shape[1] * np.maximum(known.sum(axis=0), 1)))


def masked_bce(logits: Tensor, labels: Tensor, weights: Tensor, shape: LossShape = PLAIN) -> Tensor:
    """Mean binary cross-entropy over known labels (NaN = unknown); 0 where nothing is known.

    logits, labels: [B, F]; weights: [B]. Focal: each term times (1 - p of the truth)^gamma (Lin et al. 2017, eq. 4).
    """
    return label_loss("sigmoid", logits, labels, weights, shape)


def label_loss(
    head: str,
    class_logits: Tensor,
    labels: Tensor,
    weights: Tensor,
    shape: LossShape = PLAIN,
    over: Tensor | None = None,
) -> Tensor:
    """Mean loss of a head (a name of `HEADS`) over what is known of the labels; 0 where nothing is.

    class_logits, labels: [B, F]; weights: [B]; over: what to divide the sum by instead of the weight of this batch.
    """
    terms = find_entry(TERMS, head, what="head")
    # Of mixed precision bfloat16 comes out here: eight bits of a logit are too few for the tail of a cross-entropy.
    losses = terms.losses(class_logits.float(), labels, shape)
    over = weight_of(head, labels, weights) if over is None else over
    return (losses * terms.known(labels) * weights.unsqueeze(-1)).sum() / over.clamp(min=1e-6)


def weight_of(head: str, labels: Tensor, weights: Tensor) -> Tensor:
    """Sum the weights [B] of all terms of the loss of which something is known."""
    return (find_entry(TERMS, head, what="head").known(labels) * weights.unsqueeze(-1)).sum()


def _binary_losses(logits: Tensor, labels: Tensor, shape: LossShape) -> Tensor:
    targets = labels.nan_to_num()
    pos_weight = None if shape.class_weight is None else shape.class_weight.to(logits.device)
    losses = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none", pos_weight=pos_weight)
    if shape.gamma:
        score = logits.sigmoid()
        losses = losses * (targets * (1 - score) + (1 - targets) * score) ** shape.gamma
    return losses


def _known_labels(labels: Tensor) -> Tensor:
    return ~labels.isnan()


def _class_losses(class_logits: Tensor, labels: Tensor, shape: LossShape) -> Tensor:
    """-log of the probability of the possible classes, [B, 1]; of one class alone that is its cross-entropy."""
    possible = possible_of(labels)
    log_p = functional.log_softmax(with_none(class_logits), dim=1)
    log_likelihood = log_p.masked_fill(~possible, -torch.inf).logsumexp(dim=1, keepdim=True)
    losses = -log_likelihood
    if shape.gamma:
        losses = losses * (1 - log_likelihood.exp()).clamp(min=0) ** shape.gamma
    if shape.class_weight is not None:
        weighed = possible * shape.class_weight.to(losses.device)
        losses = losses * weighed.sum(dim=1, keepdim=True) / possible.sum(dim=1, keepdim=True)
    return losses


def _known_classes(labels: Tensor) -> Tensor:
    return ~possible_of(labels).all(dim=1, keepdim=True)


def possible_of(labels: Tensor) -> Tensor:
    """Tell which classes a case can be of, [B, F + 1], as `exclusive.possible_classes` does; labels: [B, F]."""
    positive = labels.nan_to_num() > 0.5
    is_none = ~positive.any(dim=1, keepdim=True)
    return torch.cat([is_none, positive | (labels.isnan() & is_none)], dim=1)


@dataclass(frozen=True)
class Terms:
    """Loss of every term [B, T] from class logits and labels [B, F], and which terms are known [B, T]."""

    losses: Callable[[Tensor, Tensor, LossShape], Tensor]
    known: Callable[[Tensor], Tensor]


TERMS = {"sigmoid": Terms(_binary_losses, _known_labels), "softmax": Terms(_class_losses, _known_classes)}
