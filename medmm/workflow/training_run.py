"""A training run in a process of its own, the same command as `medmm train`; it can be killed and goes on later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from medmm.core.errors import ModelError
from medmm.core.progress import CancelToken
from medmm.core.words import Words
from medmm.storage.paths import ensure_folder
from medmm.workflow.training_log import LogReader, TrainingProgress

SAID = "training.out"
LOOK_EVERY_S = 0.3
STOP_WITHIN_S = 1.0
_START = "import sys; from medmm.cli.start import start; sys.exit(start(sys.argv[1:]))"


def train_in_child(
    config: Path, out: Path, *, tell: Callable[[TrainingProgress], None], cancel: CancelToken
) -> TrainingProgress:
    """Train as a YAML file says, below a folder, and tell how far it is; give the state at the end.

    A run that was stopped goes on from its last finished epoch when it is started again with the same two.
    Raises ModelError with what the run said last, Cancelled.
    """
    reader = LogReader(out)
    with (ensure_folder(out) / SAID).open("wb") as said:
        child = _start(["train", str(config), "--out", str(out)], said.fileno())
        try:
            told = reader.progress
            while child.poll() is None:
                cancel.raise_if_set()
                time.sleep(LOOK_EVERY_S)
                if (progress := reader.read()) is not told:
                    told = progress
                    tell(progress)
        finally:
            _stop(child)
    if child.returncode != 0:
        raise ModelError(
            Words("the training stopped: {reason}", reason=_last_words(out / SAID)),
            Words("The whole text is in {said}, in the output folder.", said=SAID),
            out,
        )
    return reader.read()


def _start(words: Sequence[str], said: int) -> subprocess.Popen[bytes]:
    is_frozen = bool(getattr(sys, "frozen", False))
    command = [sys.executable, *words] if is_frozen else [sys.executable, "-c", _START, *words]
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    # A session of its own, so that its readers end with it.
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End a run and its readers: it is asked first, and killed when it does not listen (an epoch may be lost)."""
    if child.poll() is not None:
        return
    _tell_all(child, signal.SIGINT)
    try:
        child.wait(STOP_WITHIN_S)
    except subprocess.TimeoutExpired:
        _tell_all(child, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        child.wait()


def _tell_all(child: subprocess.Popen[bytes], number: int) -> None:
    if hasattr(os, "killpg"):
        os.killpg(child.pid, number)
    else:
        child.terminate()


def _last_words(path: Path) -> str:
    lines = [line for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return " ".join(lines[-2:])[:400] or "-"
