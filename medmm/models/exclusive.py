"""Findings that exclude each other: a softmax over them and "none of them", whose logit is always 0."""

from __future__ import annotations

import torch
from torch import Tensor


def with_none(class_logits: Tensor) -> Tensor:
    """Put the reference class "none of them" before the findings: [B, F] to [B, F + 1]."""
    return torch.cat([class_logits.new_zeros(len(class_logits), 1), class_logits], dim=1)


def log_odds(class_logits: Tensor) -> Tensor:
    """Give l_k = z_k - log(1 + sum of exp z_j over j other than k), so that sigmoid(l_k) is the softmax probability.

    class_logits: [B, F]. One finding alone keeps its logit: a softmax of two classes is a sigmoid.
    """
    n = class_logits.shape[1]
    others = with_none(class_logits).unsqueeze(1).expand(-1, n, -1)
    # Row k without column k + 1, its own class.
    own = torch.eye(n, n + 1, dtype=torch.bool, device=class_logits.device).roll(1, dims=1)
    return class_logits - others.masked_fill(own, -torch.inf).logsumexp(dim=2)
