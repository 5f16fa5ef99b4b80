"""What a run sets up before its first member and writes at the head of its log."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from medmm.core.progress import CancelToken, Progress
from medmm.inference.runtime import choose_device
from medmm.training.checkpoint import load_place
from medmm.training.config import TrainingConfig
from medmm.training.examples import Example
from medmm.training.member import BASE, Member, Session, checkpoint_folder, member_key
from medmm.training.members import list_members
from medmm.training.pace import Pace
from medmm.training.precision import learning_runtime
from medmm.training.publish import data_hash
from medmm.training.ranks import ALONE, Ranks
from medmm.training.run_log import LOG, NoLog, RunLog
from medmm.training.tracking import make_tracker

log = logging.getLogger(__name__)


def open_session(
    config: TrainingConfig,
    out: Path,
    examples: Sequence[Example],
    progress: Progress,
    cancel: CancelToken,
    *,
    ranks: Ranks = ALONE,
) -> Session:
    """Gather what all members share: the device, the log, the pace, the tracker."""
    runtime = learning_runtime(choose_device(config.device), config.precision)
    n_members = len(list_members(config))
    pace = Pace(config.stages, members=n_members, has_images=any(e.reading.image is not None for e in examples))
    tracker = make_tracker(config.tracking if ranks.is_first else "none", out, run_id=config.run_id)
    log = RunLog(out / LOG) if ranks.is_first else NoLog(out / LOG)
    return Session(config, out, runtime, log, pace, tracker, progress, cancel, ranks)


def start_log(session: Session, members: Sequence[Member], examples: Sequence[Example]) -> None:
    """Begin the run's log with hashes and seeds, and the epochs that earlier calls have finished."""
    config = session.config
    records = []
    first = [Member(BASE, config.seed, config.fusion)] if config.base else []
    for member in (*first, *members):
        place = load_place(checkpoint_folder(session.out, member), key=member_key(config, member))
        records += [(member.number, record) for record in (place.records if place else ())]
    start = {
        "name": config.name,
        "run_id": config.run_id,
        "seed": config.seed,
        "data": data_hash(examples),
        "cases": dict(Counter(e.row.part for e in examples)),
        "members": len(members),
        "base_epochs": [stage.epochs for stage in config.base],
        "epochs": [stage.epochs for stage in config.stages],
        "device": session.runtime.title,
        "precision": session.runtime.precision,
        "processes": session.ranks.count,
    }
    session.log.restart(start, records)
    where = f"{session.runtime.title}, {session.runtime.precision}"
    log.info("run %s: %d cases on %s", config.run_id[:12], len(examples), where)
