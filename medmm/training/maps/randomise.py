"""Cascading randomisation: the same network with its learnt weights shuffled, from the top down."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

import torch
from torch import nn

from medmm.core.quality import InputKind
from medmm.models.case_net import CaseNet

# The encoder's layers are shuffled in so many steps, after the first one: fusion and heads.
N_STEPS = 3
HEAD = "fusion and heads"


def cascade(net: CaseNet, *, seed: int) -> Iterator[tuple[str, CaseNet]]:
    """Give the network with more and more of its layers random, each step by itself named by its last layer.

    Values are shuffled within each weight, so that their distribution, and with it the size of the activations, stays
    (Adebayo et al. 2018 draw new ones; a normalised network answers nothing sensible then). The caller's net stays.
    """
    random = copy.deepcopy(net)
    lots = torch.Generator().manual_seed(seed)
    encoders = {id(one) for encoder in random.encoders.values() for one in encoder.parameters()}
    for parameter in random.parameters():
        if id(parameter) not in encoders:
            _shuffle(parameter, lots)
    yield HEAD, copy.deepcopy(random)
    for name, layers in _steps(random.encoders[InputKind.IMAGE.value]):
        for layer in layers:
            for parameter in layer.parameters():
                _shuffle(parameter, lots)
        yield name, copy.deepcopy(random)


def _steps(encoder: nn.Module) -> Iterator[tuple[str, Sequence[nn.Module]]]:
    """Put the encoder's layers, from the last to the first, into steps of like many."""
    inner = getattr(encoder, "features", encoder)
    features = inner if isinstance(inner, nn.Sequential) else encoder
    layers = [(name, one) for name, one in features.named_children() if any(True for _ in one.parameters())][::-1]
    size = -(-len(layers) // N_STEPS)
    for start in range(0, len(layers), size):
        part = layers[start : start + size]
        yield part[-1][0], [layer for _, layer in part]


def _shuffle(weight: nn.Parameter, lots: torch.Generator) -> None:
    flat = weight.detach().flatten()
    order = torch.randperm(flat.numel(), generator=lots)
    with torch.no_grad():
        weight.copy_(flat[order].view_as(weight))
