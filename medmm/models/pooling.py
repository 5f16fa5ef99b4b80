"""Pool the parts of each case (chunks of its notes, windows of its recordings) to one vector, in whatever order."""

from __future__ import annotations

from torch import Tensor


def attend(parts: Tensor, scores: Tensor, part_case: Tensor, n_cases: int) -> Tensor:
    """Give [n_cases, d]: the parts [N, d] of each case weighed by the softmax of their scores [N] within the case.

    part_case: int64 [N], the case that a part belongs to; every case has at least one.
    """
    top = scores.new_full((n_cases,), float("-inf")).scatter_reduce(0, part_case, scores.detach(), "amax")
    weights = (scores - top[part_case]).exp()
    total = weights.new_zeros(n_cases).index_add(0, part_case, weights)
    weights = weights / total[part_case]
    return parts.new_zeros(n_cases, parts.shape[1]).index_add(0, part_case, parts * weights.unsqueeze(-1))
