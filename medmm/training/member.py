"""One trained network: of a fold, a seed and a fusion; most runs have one member only."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from transformers import PreTrainedModel

from medmm.core.progress import CancelToken, Progress
from medmm.inference.runtime import Runtime
from medmm.models.multimodal import MultimodalNet
from medmm.models.spec import ModelSpec
from medmm.models.vocabulary import Vocabulary
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example
from medmm.training.lora import add_adapters, merge_adapters
from medmm.training.optimize import Run, optimize
from medmm.training.pace import Pace
from medmm.training.patients import SIMULATED
from medmm.training.ranks import ALONE, Ranks
from medmm.training.run_log import RunLog
from medmm.training.start_weights import start_encoder
from medmm.training.tracking import Tracker

BASE = -1


@dataclass(frozen=True)
class Member:
    """number: place among the members, BASE for what they begin with; fold: what is left out of its training part."""

    number: int
    seed: int
    fusion: str
    fold: int | None = None


@dataclass(frozen=True)
class Session:
    """What all members share."""

    config: TrainingConfig
    out: Path
    runtime: Runtime
    log: RunLog
    pace: Pace
    tracker: Tracker
    progress: Progress
    cancel: CancelToken
    ranks: Ranks = ALONE


def train_member(
    session: Session,
    member: Member,
    spec: ModelSpec,
    bert: PreTrainedModel | Vocabulary | None,
    examples: Sequence[Example],
    *,
    base: MultimodalNet | None = None,
) -> MultimodalNet:
    """Train one member on the examples of the training part and give it back on the CPU, adapters merged.

    base: a network of the same spec whose weights it begins with.
    """
    config = session.config
    # Every member begins with the same text encoder, whatever the one before made of it.
    bert = copy.deepcopy(bert)
    torch.manual_seed(member.seed)
    net = MultimodalNet(replace(spec, fusion=member.fusion), bert=bert)
    if (start := start_encoder(config.image, session.out if session.ranks.is_first else None)) is not None:
        start.put_into(net)
    if base is not None:
        begin_with(net, base)
    if config.lora is not None and isinstance(bert, PreTrainedModel):
        add_adapters(bert, config.lora)
    validation = [e for e in examples if e.row.part == "validation" and e.row.domain == SIMULATED]
    train = [example for example in examples if example.row.part == "train"]
    run = Run(
        config,
        train,
        validation,
        checkpoint_folder(session.out, member),
        session.out / "cache" / "embeddings",
        member_key(config, member),
        member.seed,
        member.number,
        session.runtime,
        session.log,
        session.pace,
        session.tracker,
        session.progress,
        session.cancel,
        session.ranks,
    )
    optimize(net, run)
    net.to("cpu")
    merge_adapters(net)
    return net


def train_base(
    session: Session, spec: ModelSpec, bert: PreTrainedModel | Vocabulary | None, examples: Sequence[Example]
) -> MultimodalNet | None:
    """Train the base stages once, on everything but what folds hold out; None where there are none."""
    config = session.config
    if not config.base:
        return None
    # Adapters belong to the members: the base learns its text encoder whole.
    alone = config.model_copy(update={"stages": config.base, "lora": None})
    pace = Pace(config.base, members=1, has_images=session.pace.has_images)
    seen = [e for e in examples if e.row.part != "train" or not e.row.is_real]
    member = Member(BASE, config.seed, config.fusion)
    return train_member(replace(session, config=alone, pace=pace), member, spec, bert, seen)


def begin_with(net: MultimodalNet, base: MultimodalNet) -> None:
    """Copy the weights of the base; parts of another fusion keep their own."""
    own = net.state_dict()
    fitting = {
        name: values for name, values in base.state_dict().items() if name in own and own[name].shape == values.shape
    }
    net.load_state_dict({**own, **fitting})


def checkpoint_folder(out: Path, member: Member) -> Path:
    """Give the folder of a member's checkpoint."""
    if member.number == BASE:
        return out / "checkpoint" / "base"
    return out / "checkpoint" if member.number == 0 else out / "checkpoint" / f"member{member.number}"


def member_key(config: TrainingConfig, member: Member) -> str:
    """Name what a checkpoint belongs to."""
    content = f"{config.start_id if member.number == BASE else config.weights_id} {member}"
    return hashlib.sha256(content.encode()).hexdigest()
