"""The epochs of a run for TensorBoard or MLflow, both extras."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from medmm.core.errors import InputError
from medmm.core.words import Words
from medmm.training.options import Tracking
from medmm.training.run_log import EpochRecord


class Tracker(Protocol):
    """Takes what an epoch came to."""

    def note(self, member: int, record: EpochRecord) -> None:
        """Write the figures of one epoch of one member."""
        ...


class NoTracker:
    """Keeps nothing: the run log is there anyway."""

    def note(self, member: int, record: EpochRecord) -> None:
        """Ignore the epoch."""


class TensorBoardTracker:
    """Writes event files into a folder for `tensorboard --logdir`."""

    def __init__(self, folder: Path) -> None:
        from torch.utils.tensorboard import SummaryWriter

        self._folder = folder
        self._writer_of = SummaryWriter
        self._steps: dict[int, int] = {}

    def note(self, member: int, record: EpochRecord) -> None:
        """Append the figures to the member's event file."""
        step = self._steps[member] = self._steps.get(member, -1) + 1
        with self._writer_of(str(self._folder / f"member{member}")) as writer:
            for name, value in figures_of(record).items():
                writer.add_scalar(name, value, step)


class MlflowTracker:
    """Logs to the MLflow store that its own environment names (a folder beside the run unless MLFLOW_TRACKING_URI)."""

    def __init__(self, run_id: str) -> None:
        import mlflow

        self._mlflow = mlflow
        self._steps: dict[int, int] = {}
        mlflow.set_experiment("medmm")
        mlflow.start_run(run_name=run_id[:12])

    def note(self, member: int, record: EpochRecord) -> None:
        """Log the figures as metrics of the run."""
        step = self._steps[member] = self._steps.get(member, -1) + 1
        named = {f"member{member}/{name}": value for name, value in figures_of(record).items()}
        self._mlflow.log_metrics(named, step=step)


def make_tracker(kind: Tracking, folder: Path, *, run_id: str) -> Tracker:
    """Open the tracker that the configuration asks for. Raises InputError where its package is missing."""
    if kind == "none":
        return NoTracker()
    if importlib.util.find_spec(kind) is None:
        raise InputError(
            Words("tracking: {kind} is not installed", kind=kind),
            Words("Install it with `pip install {kind}`, or write `tracking: none`.", kind=kind),
        )
    return TensorBoardTracker(folder / "tensorboard") if kind == "tensorboard" else MlflowTracker(run_id)


def figures_of(record: EpochRecord) -> Mapping[str, float]:
    """Give the figures of an epoch by the names that the curves carry; what is not known is left out."""
    figures = {"loss": record.loss, "rate": record.rate, "seconds": record.seconds}
    figures |= {f"auroc/{name}": value for name, value in record.by_input.items()}
    return {name: value for name, value in figures.items() if math.isfinite(value)}
