"""All members of a run: folds, seeds and fusions; their out-of-fold logits; one net out of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from transformers import PreTrainedModel

from medmm.models.multimodal import MultimodalNet
from medmm.models.spec import ModelSpec
from medmm.models.vocabulary import Vocabulary
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example
from medmm.training.folds import OUT_OF_FOLD_FILE, OutOfFold, assign_folds, case_digest, write_out_of_fold
from medmm.training.held_out import BEFORE_FOLDS, OUT_OF_FOLD, HeldOut, HeldOutCollector
from medmm.training.joining import join
from medmm.training.member import Member, Session, train_base, train_member
from medmm.training.metrics import mean_auroc
from medmm.training.patients import SIMULATED
from medmm.training.scores import labels_of
from medmm.training.trained import Trained

log = logging.getLogger(__name__)


def list_members(config: TrainingConfig) -> list[Member]:
    """List every combination of fusion, seed and fold; one member where the configuration asks for none."""
    seeds = config.seeds or (config.seed,)
    fusions = config.fusions or (config.fusion,)
    folds: list[int | None] = list(range(config.folds)) or [None]
    combined = [(fusion, seed, fold) for fusion in fusions for seed in seeds for fold in folds]
    return [Member(number, seed, fusion, fold) for number, (fusion, seed, fold) in enumerate(combined)]


def train_members(
    session: Session,
    members: Sequence[Member],
    spec: ModelSpec,
    bert: PreTrainedModel | Vocabulary | None,
    examples: Sequence[Example],
) -> Trained | None:
    """Train every member, write what they say out of fold, and make one net of them as the configuration says.

    None in all processes but the first: what is left is said, chosen and published by that one alone.
    """
    config = session.config
    rows = [example.row for example in examples]
    folds = assign_folds(rows, config.folds, seed=config.seed, only_real=bool(config.base))
    base = train_base(session, spec, bert, examples)
    nets: list[MultimodalNet] = []
    said = HeldOutCollector(OUT_OF_FOLD, examples, folds, spec.input_kinds)
    for member in members:
        seen = [
            e if fold != member.fold or member.fold is None else replace(e, row=replace(e.row, part="out_of_fold"))
            for e, fold in zip(examples, folds, strict=True)
        ]
        nets.append(train_member(session, member, spec, bert, seen, base=base))
        if member.fold is not None and session.ranks.is_first:
            said.ask(nets[-1], member.fold)
    if not session.ranks.is_first:
        return None
    held_out = [*_said_before(base, examples, folds, spec), *([said.result()] if config.folds else [])]
    if config.folds:
        _keep_out_of_fold(session, held_out[-1])
    validation = [e for e in examples if e.row.part == "validation" and e.row.domain == SIMULATED]
    trained = join(members, nets, validation, rule=config.ensemble, run_log=session.log)
    return replace(trained, held_out=tuple(held_out))


def _said_before(
    base: MultimodalNet | None, examples: Sequence[Example], folds: np.ndarray, spec: ModelSpec
) -> Iterator[HeldOut]:
    if base is None or folds.max() < 0:
        return
    said = HeldOutCollector(BEFORE_FOLDS, examples, folds, spec.input_kinds)
    for fold in range(int(folds.max()) + 1):
        said.ask(base, fold)
    yield said.result()


def _keep_out_of_fold(session: Session, held: HeldOut) -> None:
    everything = max(held.logits, key=len)
    digests = np.array([case_digest(example.row) for example in held.examples])
    found = OutOfFold(held.logits[everything], labels_of(held.examples), held.folds, digests)
    write_out_of_fold(session.out / OUT_OF_FOLD_FILE, found)
    figure = mean_auroc(found.labels, found.logits)
    session.log.write("out_of_fold", {"auroc": figure, "cases": len(held.examples)})
    log.info("out of fold: AUROC %.3f over %d cases", figure, len(held.examples))
