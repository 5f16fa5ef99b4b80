"""The epochs of a run for TensorBoard or MLflow, both extras."""

from __future__ import annotations

import importlib.util
import math
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from medmm.core.errors import InputError
from medmm.core.words import Words
from medmm.training.options import Tracking
from medmm.training.run_log import EpochRecord

if TYPE_CHECKING:
    from torch.utils.tensorboard import SummaryWriter

EXPERIMENT = "medmm"
RUN_TAG = "medmm.run_id"
STORE = "MLFLOW_TRACKING_URI"


class Tracker(Protocol):
    """Takes what an epoch came to."""

    def note(self, member: int, step: int, record: EpochRecord) -> None:
        """Write the figures of one epoch of one member; step: how many epochs it had finished before."""
        ...

    def end(self) -> None:
        """Close what is open: the run is over."""
        ...


class NoTracker:
    """Keeps nothing: the run log is there anyway."""

    def note(self, member: int, step: int, record: EpochRecord) -> None:
        """Ignore the epoch."""

    def end(self) -> None:
        """Close nothing."""


class TensorBoardTracker:
    """Writes an event file a member into a folder for `tensorboard --logdir`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[int, SummaryWriter] = {}

    def note(self, member: int, step: int, record: EpochRecord) -> None:
        """Append the figures to the member's event file."""
        from torch.utils.tensorboard import SummaryWriter

        if member not in self._writers:
            self._writers[member] = SummaryWriter(str(self._folder / f"member{member}"))
        writer = self._writers[member]
        for name, value in figures_of(record).items():
            writer.add_scalar(name, value, step)
        # A run that is killed has lost no epoch that the log names.
        writer.flush()

    def end(self) -> None:
        """Close the event files."""
        for writer in self._writers.values():
            writer.close()


class MlflowTracker:
    """Logs to the store that MLFLOW_TRACKING_URI names, else to mlflow.db beside the run.

    A run that goes on keeps its entry. Metrics have no "+" in their names there: `auroc/image-note`.
    """

    def __init__(self, folder: Path, run_id: str) -> None:
        # MLflow would tell its makers about every run.
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        from mlflow import MlflowClient

        folder.mkdir(parents=True, exist_ok=True)
        is_ours = not os.environ.get(STORE)
        self._client = MlflowClient(f"sqlite:///{(folder / 'mlflow.db').as_posix()}" if is_ours else None)
        found = self._client.get_experiment_by_name(EXPERIMENT)
        # Otherwise MLflow would mean to keep artifacts in the working directory.
        place = (folder / "mlflow").resolve().as_uri() if is_ours else None
        experiment = found.experiment_id if found else self._client.create_experiment(EXPERIMENT, place)
        begun = self._client.search_runs([experiment], filter_string=f"tags.`{RUN_TAG}` = '{run_id}'")
        if begun:
            self._run: str = begun[0].info.run_id
            self._client.update_run(self._run, status="RUNNING")
        else:
            run = self._client.create_run(experiment, tags={RUN_TAG: run_id}, run_name=run_id[:12])
            self._run = run.info.run_id

    def note(self, member: int, step: int, record: EpochRecord) -> None:
        """Log the figures as metrics of the run."""
        from mlflow.entities import Metric

        now = int(time.time() * 1000)
        figures = {name.replace("+", "-"): value for name, value in figures_of(record).items()}
        metrics = [Metric(f"member{member}/{name}", value, now, step) for name, value in figures.items()]
        self._client.log_batch(self._run, metrics=metrics)

    def end(self) -> None:
        """Mark the run as finished."""
        self._client.set_terminated(self._run)


def make_tracker(kind: Tracking, folder: Path, *, run_id: str) -> Tracker:
    """Open the tracker that the configuration asks for. Raises InputError where its package is missing."""
    if kind == "none":
        return NoTracker()
    # A store of one's own is a database, which the small mlflow-skinny cannot open.
    needed = ("mlflow", "alembic") if kind == "mlflow" and not os.environ.get(STORE) else (kind,)
    for package in needed:
        if importlib.util.find_spec(package) is None:
            raise InputError(
                Words(
                    "tracking: {kind} needs the package {package}, which is not installed", kind=kind, package=package
                ),
                Words('Install it with `pip install "medmm[{kind}]"`, or write `tracking: none`.', kind=kind),
            )
    return TensorBoardTracker(folder / "tensorboard") if kind == "tensorboard" else MlflowTracker(folder, run_id)


def figures_of(record: EpochRecord) -> Mapping[str, float]:
    """Give the figures of an epoch by the names that the curves carry; what is not known is left out."""
    figures = {"loss": record.loss, "rate": record.rate, "seconds": record.seconds}
    figures |= {f"auroc/{name}": value for name, value in record.by_input.items()}
    return {name: value for name, value in figures.items() if math.isfinite(value)}
