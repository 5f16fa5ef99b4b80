"""One training run of the window: what it is given, how far it is, what came out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medmm.core.progress import CancelToken, Progress
from medmm.workflow.training_log import TrainingProgress
from ui.language import mark, tr
from ui.messages import Problem
from ui.tasks import Handlers, Job, Tasks

KEY, TOPIC = "training", "train"


class TrainingState(QObject):
    """Starts and stops the run's process through the tasks; nothing of the run happens in the window's process."""

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.progress = TrainingProgress()
        self.problem: Problem | None = None
        self.is_running = False
        self.was_stopped = False
        self.config: Path | None = None
        self.folder: Path | None = None

    def start(self, config: Path, out: Path) -> None:
        """Train as the file says; a run that was stopped goes on."""
        self.config, self.folder = config, out
        self.progress, self.problem = TrainingProgress(), None
        self.is_running, self.was_stopped = True, False
        handlers = Handlers(self._on_done, self._on_failed, self._on_stopped, arrived=self._on_arrived)

        def work(tell: Callable[[object], None], _progress: Progress, cancel: CancelToken) -> object:
            from medmm.workflow.training_run import train_in_child

            return train_in_child(config, out, tell=tell, cancel=cancel)

        self._tasks.stream(Job(KEY, TOPIC, mark("Training a model"), handlers), work)
        self.changed.emit()

    def stop(self) -> None:
        """Stop the run; its finished epochs stay."""
        self._tasks.cancel(KEY, TOPIC)

    @property
    def sentence(self) -> str:
        """Say how the run stands."""
        progress = self.progress
        if self.problem is not None:
            return f"{self.problem.sentence} {self.problem.hint}".strip()
        if progress.bundle and not self.is_running:
            words = tr("Finished: {bundle}. To score with it, give this folder as the model in the settings.")
            return words.format(bundle=progress.bundle)
        if self.was_stopped:
            return tr("Stopped. Start it again with the same folder, and it goes on after its last finished epoch.")
        if not self.is_running:
            return tr("Choose a training configuration and a folder for what it makes.")
        if not progress.n_epochs:
            return tr("Preparing: patients are simulated or read once, then training begins.")
        done = min(len(progress.points) + 1, progress.n_epochs)
        words = tr("Epoch {n} of {total}").format(n=done, total=progress.n_epochs)
        if progress.loss is not None:
            words += tr(", ") + tr("loss {loss}").format(loss=f"{progress.loss:.3f}")
        return words + _left(progress.left_s)

    def _on_arrived(self, progress: TrainingProgress) -> None:
        self.progress = progress
        self.changed.emit()

    def _on_done(self, progress: TrainingProgress) -> None:
        self.progress, self.is_running = progress, False
        self.changed.emit()

    def _on_failed(self, problem: Problem) -> None:
        self.problem, self.is_running = problem, False
        self.changed.emit()

    def _on_stopped(self) -> None:
        self.is_running, self.was_stopped = False, True
        self.changed.emit()


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        return tr(", ") + tr("about {n} s left").format(n=max(1, round(seconds)))
    return tr(", ") + tr("about {n} min left").format(n=round(seconds / 60))
