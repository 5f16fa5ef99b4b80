"""The training loop: stages, epochs, steps; a checkpoint after each epoch."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch.optim import AdamW

from medmm.core.progress import CancelToken, Progress
from medmm.core.quality import InputKind
from medmm.inference.runtime import Runtime
from medmm.models.multimodal import MultimodalNet
from medmm.training.augment import make_augment
from medmm.training.checkpoint import Place, load_moments, load_place, load_weights, save_checkpoint
from medmm.training.config import StageConfig, TrainingConfig
from medmm.training.draw import draw_batches
from medmm.training.early_stop import best_epoch, has_ended
from medmm.training.embedding_cache import EmbeddingCache, still_kinds, trained_on
from medmm.training.examples import Example, kinds_of, make_batch
from medmm.training.gradients import add_up_gradients, average_running_figures
from medmm.training.label_loss import LossShape, loss_shape
from medmm.training.loss import Whole, training_loss
from medmm.training.metrics import mean_auroc
from medmm.training.pace import Pace, time_words
from medmm.training.places import has_places
from medmm.training.precision import learning_precision
from medmm.training.ranks import ALONE, Ranks, share_of
from medmm.training.run_log import EpochRecord, RunLog
from medmm.training.schedule import make_optimizer, rate_at, set_rate, set_training
from medmm.training.scores import labels_of, predict_logits
from medmm.training.tracking import Tracker

log = logging.getLogger(__name__)
SECONDS_BETWEEN_LINES = 1.0


@dataclass(frozen=True)
class Run:
    """What every epoch of one member needs. key: names configuration, seed and fold; member: its number."""

    config: TrainingConfig
    train: Sequence[Example]
    validation: Sequence[Example]
    checkpoints: Path
    embeddings: Path
    key: str
    seed: int
    member: int
    runtime: Runtime
    log: RunLog
    pace: Pace
    tracker: Tracker
    progress: Progress
    cancel: CancelToken
    ranks: Ranks = ALONE


@dataclass(frozen=True)
class Still:
    """Embeddings of the encoders that stand still in a stage, for the steps and for the validation after them."""

    train: EmbeddingCache
    validation: EmbeddingCache


def optimize(net: MultimodalNet, run: Run) -> None:
    """Run all stages; a run that was interrupted goes on after its last finished epoch, as if it had not been."""
    place = load_place(run.checkpoints, key=run.key)
    net.to(run.runtime.device)
    run.ranks.share(list(net.state_dict().values()))
    for number in range(len(run.config.stages)):
        place = _run_stage(net, run, number, place)


def _run_stage(net: MultimodalNet, run: Run, number: int, place: Place | None) -> Place | None:
    if place is not None and place.stage > number:
        return place
    stage, rule = run.config.stages[number], run.config.early_stop
    set_training(net, stage, has_lora=run.config.lora is not None)
    optimizer = make_optimizer(net, run.config, stage)
    if place is not None and place.stage == number:
        load_weights(run.checkpoints, place.weights, net)
        load_moments(run.checkpoints, place.weights, net, optimizer)
    with run.ranks.first_alone():
        still = _embed_what_stands_still(net, run, stage)
    while True:
        done = place.of_stage(number) if place else []
        figures = [record.auroc for record in done]
        if len(done) == stage.epochs or has_ended(figures, rule):
            break
        record = _run_epoch(net, optimizer, run, (number, len(done)), still)
        is_best = best_epoch([*figures, record.auroc], rule) == len(done)
        records = (*(place.records if place else ()), record)
        best = None if is_best or place is None else place.best
        place = run.ranks.agree(
            save_checkpoint(run.checkpoints, net, optimizer, key=run.key, records=records, best=best)
            if run.ranks.is_first
            else None
        )
        _tell(run, record, step=len(records) - 1)
    assert place is not None
    if place.best != place.weights:
        load_weights(run.checkpoints, place.best, net)
    return place


def _embed_what_stands_still(net: MultimodalNet, run: Run, stage: StageConfig) -> Still:
    train = EmbeddingCache(net, trained_on(net, stage), run.train, run.embeddings, size=stage.size)
    # Only the first process validates.
    seen = run.validation if run.ranks.is_first else ()
    return Still(train, EmbeddingCache(net, still_kinds(stage), seen, run.embeddings))


def _run_epoch(net: MultimodalNet, optimizer: AdamW, run: Run, place: tuple[int, int], still: Still) -> EpochRecord:
    number, epoch = place
    stage = run.config.stages[number]
    # Seeded by place, so that a resumed run draws what the uninterrupted one would have drawn.
    seed = run.seed * 10_007 + number * 101 + epoch
    # Every process draws the same batches and leaves out the same inputs, but has its own dropout and augmentation.
    torch.manual_seed(seed + run.ranks.rank)
    balanced = run.config.imbalance == "balanced_sampler"
    batches = list(draw_batches(run.train, stage, np.random.default_rng(seed), balanced=balanced))
    started, total, told, rate = time.monotonic(), 0.0, 0.0, stage.rate
    set_training(net, stage, has_lora=run.config.lora is not None)
    step_of = _Step(net, optimizer, run, (stage, seed), still.train)
    for step, examples in enumerate(batches):
        run.cancel.raise_if_set()
        rate = rate_at(stage, (epoch * len(batches) + step) / (stage.epochs * len(batches)))
        set_rate(optimizer, rate)
        total += step_of(examples)
        run.pace.add(number, 1 / len(batches))
        left = run.pace.left_s(run.member, number, epoch + (step + 1) / len(batches))
        words = f"stage {number + 1} epoch {epoch + 1}: loss {total / (step + 1):.4f}{time_words(left)}"
        run.progress(step + 1, len(batches), words)
        if time.monotonic() - told > SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            fields = {"member": run.member, "stage": number, "epoch": epoch, "loss": total / (step + 1), "left_s": left}
            run.log.write("step", {**fields, "done": step + 1, "total": len(batches), "rate": rate})
    average_running_figures(net, run.ranks)
    by_input = run.ranks.agree(_validate(net, run, stage, still) if run.ranks.is_first else {})
    seconds = round(time.monotonic() - started, 3)
    first = next(iter(by_input.values()), float("nan"))
    return EpochRecord(number, epoch, total / max(len(batches), 1), first, by_input, rate, seconds)


class _Step:
    """One step of the optimiser, with what an epoch keeps between them."""

    def __init__(
        self, net: MultimodalNet, optimizer: AdamW, run: Run, place: tuple[StageConfig, int], cache: EmbeddingCache
    ) -> None:
        stage, seed = place
        self._cache = cache
        self._net, self._optimizer, self._run, self._stage = net, optimizer, run, stage
        self._generator = torch.Generator().manual_seed(seed)
        self._augment = make_augment(
            seed + run.ranks.rank, run.config.augment, n_axes=net.spec.image.n_axes if net.spec.image else 2
        )
        self._shape: LossShape = loss_shape(run.config, run.train)
        self._without = cache.kinds | ({InputKind.IMAGE} if stage.inputs == "records" else set())

    def __call__(self, examples: Sequence[Example]) -> float:
        ranks = self._run.ranks
        rows = share_of(len(examples), ranks)
        self._optimizer.zero_grad(set_to_none=True)
        loss = self._loss(examples, rows) if rows.stop > rows.start else 0.0
        total = add_up_gradients(self._net.parameters(), loss, ranks)
        torch.nn.utils.clip_grad_norm_(self._net.parameters(), self._run.config.gradient_clip)
        self._optimizer.step()
        return total

    def _loss(self, examples: Sequence[Example], rows: slice) -> float:
        """Compute what the rows of this process add to the loss of the batch, with its gradients."""
        runtime, mine = self._run.runtime, examples[rows]
        config = self._run.config
        batch = make_batch(
            mine,
            self._net.spec,
            augment=self._augment,
            size=self._stage.size,
            without=self._without,
            with_places=config.box_weight > 0,
        )
        with learning_precision(runtime):
            loss = training_loss(
                self._net,
                batch.to(runtime.device),
                auxiliary_weight=config.auxiliary_weight,
                generator=self._generator,
                shape=self._shape,
                known=self._cache.known(mine),
                whole=self._whole(examples, rows),
                box_weight=config.box_weight,
            )
        torch.autograd.backward([loss])
        return float(loss.detach())

    def _whole(self, examples: Sequence[Example], rows: slice) -> Whole | None:
        if self._run.ranks.count == 1:
            return None
        has = [kinds_of(example, self._net.spec) - (self._without - self._cache.kinds) for example in examples]
        present = torch.tensor([[kind in kinds for kind in self._net.kinds] for kinds in has])
        labels = torch.tensor([example.row.labels for example in examples], dtype=torch.float32)
        weights = torch.tensor([example.row.weight for example in examples])
        device = self._run.runtime.device
        n_placed = sum(
            example.row.weight * sum(box is not None for box in example.row.boxes)
            for example, kinds in zip(examples, has, strict=True)
            if InputKind.IMAGE in kinds and has_places(example.reading, example.row.boxes)
        )
        return Whole(labels.to(device), weights.to(device), present.to(device), rows, n_placed)


def _validate(net: MultimodalNet, run: Run, stage: StageConfig, still: Still) -> Mapping[str, float]:
    """Measure mean AUROC of all inputs of the stage together, then of each alone; nothing without patients."""
    if not run.validation:
        return {}
    all_kinds = frozenset(net.kinds) - ({InputKind.IMAGE} if stage.inputs == "records" else frozenset())
    subsets = list(dict.fromkeys([all_kinds, *(frozenset({kind}) for kind in net.kinds if kind in all_kinds)]))
    logits = predict_logits(net, run.validation, subsets, cache=still.validation)
    labels = labels_of(run.validation)
    return {"+".join(sorted(subset)): mean_auroc(labels, logits[subset]) for subset in subsets}


def _tell(run: Run, record: EpochRecord, *, step: int) -> None:
    run.log.write("epoch", {"member": run.member, **asdict(record)})
    run.tracker.note(run.member, step, record)
    figures = ", ".join(f"{name} {value:.3f}" for name, value in record.by_input.items())
    log.info(
        "stage %d epoch %d: loss %.4f, %.0f s, validation AUROC %s",
        record.stage + 1,
        record.epoch + 1,
        record.loss,
        record.seconds,
        figures or "unknown",
    )
