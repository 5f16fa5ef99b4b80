"""From what members say to the logits of their ensemble: one per finding, differentiable, whatever the head."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from medmm.models.ensemble_spec import EnsembleRule

# From what the last layer says [B, F] to logits that a sigmoid turns into scores; of one head, as in `fusion_net`.
ToLogits = Callable[[Tensor], Tensor]


def average(class_logits: Tensor, weights: Tensor, to_logits: ToLogits) -> Tensor:
    """Average what the last layers of members say, [M, B, F], with weights [M] that sum to 1; gives logits [B, F].

    That is the geometric mean of their odds, or under a softmax of their class probabilities.
    """
    return to_logits(torch.einsum("mbf,m->bf", class_logits, weights))


def vote(class_logits: Tensor, weights: Tensor, to_logits: ToLogits) -> Tensor:
    """Give the logits [B, F] of the mean of the members' probabilities; class_logits [M, B, F], weights [M].

    A soft vote (the sum rule of Kittler et al. 1998, "On Combining Classifiers"): a hard one would have the logit
    infinity where all agree and no slope anywhere, so that neither shares nor maps could be drawn from it.
    """
    logits = torch.stack([to_logits(own) for own in class_logits])
    shares = weights.log()[:, None, None]
    return torch.logsumexp(logsigmoid(logits) + shares, dim=0) - torch.logsumexp(logsigmoid(-logits) + shares, dim=0)


COMBINE: dict[EnsembleRule, Callable[[Tensor, Tensor, ToLogits], Tensor]] = {
    "mean": average,
    "weighted": average,
    "vote": vote,
}
