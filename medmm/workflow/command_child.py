"""A command of ours in a process of its own, so that hours of work share nothing with the window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_START = "import sys; from medmm.cli.start import start; sys.exit(start(sys.argv[1:]))"


def start_command(words: Sequence[str], said: int) -> subprocess.Popen[bytes]:
    """Start `medmm WORDS`; what it says goes to an open file."""
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


def stop_command(child: subprocess.Popen[bytes], *, within_s: float) -> None:
    """End a command and its readers: it is asked first, and killed when it does not listen in time."""
    if child.poll() is not None:
        return
    _tell_all(child, signal.SIGINT)
    try:
        child.wait(within_s)
    except subprocess.TimeoutExpired:
        _tell_all(child, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        child.wait()


def last_words(path: Path) -> str:
    """Give the last two lines of what a command said, "-" where it said nothing."""
    lines = [line for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return " ".join(lines[-2:])[:400] or "-"


def _tell_all(child: subprocess.Popen[bytes], number: int) -> None:
    if hasattr(os, "killpg"):
        os.killpg(child.pid, number)
    else:
        child.terminate()
