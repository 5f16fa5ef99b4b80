"""A training run in a process of its own, the same command as `medmm train`; it can be killed and goes on later."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from medmm.core.errors import ModelError
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.storage.paths import ensure_folder
from medmm.workflow.command_child import last_words, start_command, stop_command
from medmm.workflow.training_log import LogReader, TrainingProgress

SAID = "training.out"
LOOK_EVERY_S = 0.3
STOP_WITHIN_S = 1.0


def train_in_child(
    config: Path, out: Path, *, tell: Callable[[TrainingProgress], None], cancel: CancelToken
) -> TrainingProgress:
    """Train as a YAML file says, below a folder, and tell how far it is; give the state at the end.

    A run that was stopped goes on from its last finished epoch when it is started again with the same two.
    Raises ModelError with what the run said last, Cancelled.
    """
    reader = LogReader(out)
    with (ensure_folder(out) / SAID).open("wb") as said:
        child = start_command(["train", str(config), "--out", str(out)], said.fileno())
        try:
            told = reader.progress
            while child.poll() is None:
                cancel.raise_if_set()
                time.sleep(LOOK_EVERY_S)
                if (progress := reader.read()) is not told:
                    told = progress
                    tell(progress)
        finally:
            stop_command(child, within_s=STOP_WITHIN_S)
    if child.returncode != 0:
        raise ModelError(
            Words("the training stopped: {reason}", reason=last_words(out / SAID)),
            Words("The whole text is in {said}, in the output folder.", said=SAID),
            out,
        )
    return reader.read()
