"""What learns when and how fast: rates over a stage, blocks of an encoder, what stands still."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from torch import nn
from torch.optim import AdamW, Optimizer

from medmm.models.multimodal import MultimodalNet
from medmm.training.config import StageConfig, TrainingConfig

WARM_UP = 0.05


def rate_at(stage: StageConfig, place: float) -> float:
    """Give the learning rate at a place in 0..1 of the stage: linear warm-up, then a cosine."""
    if place < WARM_UP:
        return stage.rate * (0.05 + 0.95 * place / WARM_UP)
    cosine = 0.5 * (1 + math.cos(math.pi * (place - WARM_UP) / (1 - WARM_UP)))
    return stage.end_rate + (stage.rate - stage.end_rate) * cosine


def block_of(parameter: str) -> str:
    """Name the block of an encoder that a parameter belongs to: its name up to the first number in it.

    `features.denseblock4.denselayer1.norm1.weight` -> `features.denseblock4`; without a number its first two words.
    """
    words = parameter.split(".")[:-1]
    for place, word in enumerate(words):
        if re.search(r"\d$", word):
            return ".".join(words[: place + 1])
    return ".".join(words[:2])


def blocks_of(encoder: nn.Module) -> list[str]:
    """List an encoder's blocks from the input to the output."""
    return list(dict.fromkeys(block_of(name) for name, _ in encoder.named_parameters()))


def make_optimizer(net: MultimodalNet, config: TrainingConfig, stage: StageConfig) -> AdamW:
    """AdamW; each block of an encoder learns slower by `layer_decay` than the one above it (Howard & Ruder 2018)."""
    if config.layer_decay == 1:
        groups: list[dict[str, Any]] = [{"params": list(net.parameters()), "scale": 1.0}]
    else:
        groups = _groups(net, config.layer_decay)
    return AdamW(groups, lr=stage.rate, weight_decay=config.weight_decay)


def _groups(net: MultimodalNet, decay: float) -> list[dict[str, Any]]:
    scales: dict[str, float] = {}
    for kind in net.kinds:
        encoder = net.encoders[kind.value]
        blocks = blocks_of(encoder)
        for name, _ in encoder.named_parameters():
            scales[f"encoders.{kind.value}.{name}"] = decay ** (len(blocks) - blocks.index(block_of(name)))
    by_scale: dict[float, list[nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        by_scale.setdefault(scales.get(name, 1.0), []).append(parameter)
    return [{"params": found, "scale": scale} for scale, found in by_scale.items()]


def set_rate(optimizer: Optimizer, rate: float) -> None:
    """Set the rate of every group by its scale."""
    for group in optimizer.param_groups:
        group["lr"] = rate * group["scale"]


def set_training(net: MultimodalNet, stage: StageConfig, *, has_lora: bool = False) -> None:
    """Put the net into training mode, except what stands still in this stage (no gradient, no dropout)."""
    net.train()
    for kind in net.kinds:
        encoder = net.encoders[kind.value]
        blocks = blocks_of(encoder)
        n_free = len(blocks) if kind not in stage.frozen else stage.unfreeze_layers.get(kind, 0)
        still = blocks[: max(0, len(blocks) - n_free)]
        for name, parameter in encoder.named_parameters():
            # The adapters learn in the place of the weights that they are added to.
            is_kept = has_lora and name.startswith("bert.") and "lora_" not in name
            parameter.requires_grad_(block_of(name) not in still and not is_kept)
        if len(still) == len(blocks):
            encoder.eval()
        for name, module in encoder.named_modules():
            if _is_inside(name, still):
                module.eval()


def _is_inside(module: str, blocks: Sequence[str]) -> bool:
    return any(module == block or module.startswith(f"{block}.") for block in blocks)
