"""From the logits of members to those of their ensemble: one per finding, differentiable, in the same unit."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from medmm.models.ensemble_spec import EnsembleRule


def average(logits: Tensor, weights: Tensor) -> Tensor:
    """Average the logits [M, B, F] of members with weights [M] that sum to 1: the geometric mean of their odds."""
    return torch.einsum("mbf,m->bf", logits, weights)


def vote(logits: Tensor, weights: Tensor) -> Tensor:
    """Give the logits [B, F] of the mean of the members' probabilities; logits [M, B, F], weights [M].

    A soft vote (the sum rule of Kittler et al. 1998, "On Combining Classifiers"): a hard one would have the logit
    infinity where all agree and no slope anywhere, so that neither shares nor maps could be drawn from it.
    """
    shares = weights.log()[:, None, None]
    return torch.logsumexp(logsigmoid(logits) + shares, dim=0) - torch.logsumexp(logsigmoid(-logits) + shares, dim=0)


COMBINE: dict[EnsembleRule, Callable[[Tensor, Tensor], Tensor]] = {
    "mean": average,
    "weighted": average,
    "vote": vote,
}
