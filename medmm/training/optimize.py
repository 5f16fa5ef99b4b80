"""The training loop: stages, epochs, steps; a checkpoint after each epoch."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.optim import AdamW

from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import InputKind
from medmm.models.multimodal import MultimodalNet
from medmm.training.augment import make_augment
from medmm.training.checkpoint import load_checkpoint, load_place, save_checkpoint
from medmm.training.config import StageConfig, TrainingConfig
from medmm.training.examples import Example, make_batch
from medmm.training.loss import training_loss
from medmm.training.metrics import mean_auroc
from medmm.training.scores import labels_of, predict_logits

log = logging.getLogger(__name__)
WARM_UP = 0.05


@dataclass(frozen=True)
class Run:
    """What every epoch needs."""

    config: TrainingConfig
    train: Sequence[Example]
    validation: Sequence[Example]
    checkpoints: Path
    progress: Progress
    cancel: CancelToken


def optimize(net: MultimodalNet, run: Run) -> None:
    """Run all stages; a run that was interrupted goes on after its last finished epoch."""
    done = load_place(run.checkpoints, run_id=run.config.run_id)
    for number, stage in enumerate(run.config.stages):
        optimizer = AdamW(net.parameters(), lr=stage.rate, weight_decay=run.config.weight_decay)
        first = 0
        if done is not None and number <= done[0]:
            first = done[1] + 1 if number == done[0] else stage.epochs
            if number == done[0]:
                load_checkpoint(run.checkpoints, net, optimizer)
        for epoch in range(first, stage.epochs):
            _run_epoch(net, optimizer, run, number, epoch)
            save_checkpoint(run.checkpoints, net, optimizer, run_id=run.config.run_id, stage=number, epoch=epoch)


def _run_epoch(net: MultimodalNet, optimizer: AdamW, run: Run, number: int, epoch: int) -> None:
    stage = run.config.stages[number]
    # Seeded by place, so that a resumed run draws what the uninterrupted one would have drawn.
    seed = run.config.seed * 10_007 + number * 101 + epoch
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    augment = make_augment(seed, run.config.augment, n_axes=net.spec.image.n_axes if net.spec.image else 2)
    batches = list(draw_batches(run.train, stage, np.random.default_rng(seed)))
    without = frozenset({InputKind.IMAGE}) if stage.inputs == "records" else frozenset()
    started, total = time.monotonic(), 0.0
    set_training(net, frozen=stage.frozen)
    for step, examples in enumerate(batches):
        run.cancel.raise_if_set()
        rate = rate_at(stage, (epoch * len(batches) + step) / (stage.epochs * len(batches)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        batch = make_batch(examples, net.spec, augment=augment, size=stage.size, without=without)
        loss = training_loss(net, batch, auxiliary_weight=run.config.auxiliary_weight, generator=generator)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward([loss])
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        total += float(loss.detach())
        run.progress(step + 1, len(batches), f"stage {number + 1} epoch {epoch + 1}: loss {total / (step + 1):.4f}")
    _report_epoch(net, run, number, epoch, total / len(batches), time.monotonic() - started)


def set_training(net: MultimodalNet, *, frozen: Sequence[InputKind]) -> None:
    """Put the net into training mode, except the encoders that stand still (no gradient, no dropout)."""
    net.train()
    for kind in net.kinds:
        net.encoders[kind.value].requires_grad_(kind not in frozen)
        net.encoders[kind.value].train(kind not in frozen)


def rate_at(stage: StageConfig, place: float) -> float:
    """Give the learning rate at a place in 0..1 of the stage: linear warm-up, then a cosine."""
    if place < WARM_UP:
        return stage.rate * (0.05 + 0.95 * place / WARM_UP)
    cosine = 0.5 * (1 + math.cos(math.pi * (place - WARM_UP) / (1 - WARM_UP)))
    return stage.end_rate + (stage.rate - stage.end_rate) * cosine


def draw_batches(examples: Sequence[Example], stage: StageConfig, rng: np.random.Generator) -> Iterator[list[Example]]:
    """Shuffle into batches; a last one of a single case is left out (batch norm needs two).

    A warm-up on records leaves out cases that have neither.
    """
    wanted = [e for e in examples if stage.inputs == "all" or e.note is not None or e.vitals is not None]
    order = rng.permutation(len(wanted))
    for start in range(0, len(order), stage.batch):
        picked = order[start : start + stage.batch]
        if len(picked) > 1:
            yield [wanted[index] for index in picked]


def _report_epoch(net: MultimodalNet, run: Run, number: int, epoch: int, loss: float, seconds: float) -> None:
    stage = run.config.stages[number]
    all_kinds = frozenset(net.kinds) - ({InputKind.IMAGE} if stage.inputs == "records" else frozenset())
    subsets = list(dict.fromkeys([all_kinds, *(frozenset({kind}) for kind in net.kinds if kind in all_kinds)]))
    logits = predict_logits(net, run.validation, subsets)
    labels = labels_of(run.validation)
    figures = ", ".join(f"{'+'.join(sorted(s))} {mean_auroc(labels, logits[s]):.3f}" for s in subsets)
    log.info("stage %d epoch %d: loss %.4f, %.0f s, validation AUROC %s", number + 1, epoch + 1, loss, seconds, figures)
