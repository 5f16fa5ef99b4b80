"""All members of a run: folds, seeds and fusions; their out-of-fold logits; one net out of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedModel

from medmm.models.multimodal import MultimodalNet
from medmm.models.spec import ModelSpec
from medmm.models.vocabulary import Vocabulary
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example
from medmm.training.folds import OUT_OF_FOLD, OutOfFold, assign_folds, case_digest, write_out_of_fold
from medmm.training.member import Member, Session, train_base, train_member
from medmm.training.metrics import mean_auroc
from medmm.training.patients import SIMULATED
from medmm.training.scores import labels_of, predict_logits
from medmm.training.soup import State, greedy_soup

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
) -> MultimodalNet:
    """Train every member, write what they say out of fold, and make one net of them by a greedy soup."""
    config = session.config
    rows = [example.row for example in examples]
    folds = assign_folds(rows, config.folds, seed=config.seed, only_real=bool(config.base))
    base = train_base(session, spec, bert, examples)
    nets: list[MultimodalNet] = []
    logits = np.zeros((len(examples), len(spec.findings)))
    for member in members:
        seen = [
            e if fold != member.fold or member.fold is None else replace(e, row=replace(e.row, part="out_of_fold"))
            for e, fold in zip(examples, folds, strict=True)
        ]
        nets.append(train_member(session, member, spec, bert, seen, base=base))
        if member.fold is not None:
            held = np.flatnonzero(folds == member.fold).tolist()
            everything = frozenset(spec.input_kinds)
            logits[held] += predict_logits(nets[-1], [examples[place] for place in held], [everything])[everything]
    if not session.ranks.is_first:
        # What is left is said, chosen and published by the first process alone.
        return nets[-1]
    if config.folds:
        _keep_out_of_fold(session, examples, folds, logits / (len(members) / config.folds))
    return nets[0] if len(nets) == 1 else _soup_of_best_fusion(session, members, nets, examples)


def _keep_out_of_fold(session: Session, examples: Sequence[Example], folds: np.ndarray, logits: np.ndarray) -> None:
    held = np.flatnonzero(folds >= 0).tolist()
    chosen = [examples[place] for place in held]
    found = OutOfFold(
        logits[held], labels_of(chosen), folds[held], np.array([case_digest(example.row) for example in chosen])
    )
    write_out_of_fold(session.out / OUT_OF_FOLD, found)
    figure = mean_auroc(found.labels, found.logits)
    session.log.write("out_of_fold", {"auroc": figure, "cases": len(held)})
    log.info("out of fold: AUROC %.3f over %d cases", figure, len(held))


def _soup_of_best_fusion(
    session: Session, members: Sequence[Member], nets: Sequence[MultimodalNet], examples: Sequence[Example]
) -> MultimodalNet:
    validation = [e for e in examples if e.row.part == "validation" and e.row.domain == SIMULATED]
    own = [_figure(net, validation) for net in nets]
    best = int(np.argmax(np.nan_to_num(own, nan=-1.0)))
    # Only weights of one architecture can be averaged.
    alike = [place for place, member in enumerate(members) if member.fusion == members[best].fusion]
    net = nets[best]

    def figure(state: State) -> float:
        net.load_state_dict(state)
        return _figure(net, validation)

    states: list[dict[str, Tensor]] = [_copy(nets[place]) for place in alike]
    weights, kept = greedy_soup(states, figure)
    net.load_state_dict(weights)
    chosen = [members[alike[place]].number for place in kept]
    session.log.write("soup", {"fusion": members[best].fusion, "members": chosen, "auroc": _figure(net, validation)})
    log.info("soup of members %s, validation AUROC %.3f", chosen, _figure(net, validation))
    return net


def _figure(net: MultimodalNet, examples: Sequence[Example]) -> float:
    if not examples:
        return float("nan")
    everything = frozenset(net.kinds)
    return mean_auroc(labels_of(examples), predict_logits(net, examples, [everything])[everything])


def _copy(net: MultimodalNet) -> dict[str, torch.Tensor]:
    return {name: tensor.detach().clone() for name, tensor in net.state_dict().items()}
