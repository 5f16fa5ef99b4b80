"""What several processes found of one batch, added up: gradients, loss and the running figures of batch norm."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from medmm.training.ranks import Ranks


def add_up_gradients(parameters: Iterable[nn.Parameter], loss: float, ranks: Ranks) -> float:
    """Sum the gradients over all processes in place, and give the sum of their losses.

    A parameter that no process has a gradient of stays without one, so that the optimiser passes over it.
    """
    if ranks.count == 1:
        return loss
    learning = [parameter for parameter in parameters if parameter.requires_grad]
    device = learning[0].device
    flags = [float(parameter.grad is not None) for parameter in learning]
    pieces = [torch.zeros_like(p) if p.grad is None else p.grad for p in learning]
    # One message for everything: many small ones cost more than they carry.
    flat = torch.cat([*(piece.flatten().float() for piece in pieces), torch.tensor([*flags, loss], device=device)])
    total = ranks.add_up(flat)
    *sums, counts = torch.split(total, [*(piece.numel() for piece in pieces), len(flags) + 1])
    for parameter, found, count in zip(learning, sums, counts.tolist(), strict=False):
        parameter.grad = found.view_as(parameter).to(parameter.dtype) if count else None
    return float(counts[-1])


def average_running_figures(net: nn.Module, ranks: Ranks) -> None:
    """Average what batch norm layers that learn have seen, so that all processes have the same net."""
    found = [
        buffer
        for module in net.modules()
        if module.training and isinstance(module, nn.modules.batchnorm._BatchNorm)
        for buffer in module.buffers(recurse=False)
        if buffer.is_floating_point()
    ]
    if ranks.count == 1 or not found:
        return
    total = ranks.add_up(torch.cat([buffer.flatten() for buffer in found])) / ranks.count
    _put(found, torch.split(total, [buffer.numel() for buffer in found]))


def _put(buffers: Iterable[Tensor], values: Iterable[Tensor]) -> None:
    for buffer, value in zip(buffers, values, strict=True):
        buffer.copy_(value.view_as(buffer))
