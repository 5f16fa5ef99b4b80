"""Which way a command line goes: a subcommand to the commands, paths or nothing to the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

TROUBLE = 1
# Those of the contract; the ones that are not there yet are refused by the commands, not opened as a patient.
COMMANDS = (
    *("score", "batch", "report", "info", "deid", "simulate", "train", "evaluate", "recalibrate", "compare", "drift"),
    *("models", "send", "query", "retrieve", "listen", "doctor"),
)


def start(argv: Sequence[str] | None = None) -> int:
    """Run a command or the window, whichever the words ask for; give the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and not _is_for_window(words):
        from medmm.cli.main import main

        return main(words)
    if words and not any(Path(word).exists() for word in words):
        return _refuse(words[0])
    # Looked up only when it is asked for: `medmm` itself is free of Qt, and the window starts without the commands.
    code: int = import_module("ui.app").run([Path(word) for word in words])
    return code


def _refuse(word: str) -> int:
    from medmm.cli.console import print_trouble
    from medmm.core.errors import UnreadableFile
    from medmm.core.words import Words

    print_trouble(UnreadableFile(Words("'{word}' does not exist", word=word), Words("Check the path.")))
    return TROUBLE


def _is_for_window(words: Sequence[str]) -> bool:
    """Tell whether the words are meant as patients: what exists, is written as a path, or stands before such a one."""
    first = words[0]
    if first in COMMANDS or first.startswith("-"):
        return False
    if Path(first).exists() or "/" in first or "\\" in first or Path(first).suffix:
        return True
    from difflib import get_close_matches

    is_slip = bool(get_close_matches(first, COMMANDS, cutoff=0.75))
    return not is_slip and any(Path(word).exists() for word in words[1:])
