"""How commands speak: tables on stdout, progress and trouble on stderr, Ctrl+C as a cancel token."""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from medmm.core.errors import MedMMError
from medmm.core.progress import CancelToken, Progress, no_progress

# A pipe or a file has no width of its own: 120 columns keep the tables whole.
out = Console(highlight=False, markup=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)
err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def show_every_letter() -> None:
    """Escape what the terminal or pipe cannot show (a name in another script, a sign) instead of failing on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_json(document: object) -> None:
    """Print exactly one JSON document in UTF-8, whatever the terminal's encoding."""
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def print_trouble(error: MedMMError) -> None:
    """Print one clear sentence and the hint."""
    err.print(error.message.rstrip(".") + ".", style="bold red")
    if error.hint:
        err.print(error.hint)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show progress on stderr when it is a terminal, else nothing."""
    if not err.is_terminal:
        yield no_progress
        return
    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def show(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total or None, description=text)

        yield show


@contextmanager
def cancel_on_interrupt() -> Iterator[CancelToken]:
    """Turn the first Ctrl+C into a cancel token, so that work ends at its next step; the second one ends at once."""
    token = CancelToken()

    def _stop(_number: int, _frame: FrameType | None) -> None:
        if token.is_set:
            raise KeyboardInterrupt
        token.set()

    former = signal.signal(signal.SIGINT, _stop)
    try:
        yield token
    finally:
        signal.signal(signal.SIGINT, former)
