"""Which way a command line goes: a subcommand to the commands, paths or nothing to the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

# Those of the contract; the ones that are not there yet are refused by the commands, not opened as a patient.
COMMANDS = (
    *("score", "batch", "report", "info", "deid", "simulate", "train", "evaluate", "compare", "models"),
    *("send", "query", "retrieve", "listen", "doctor"),
)


def start(argv: Sequence[str] | None = None) -> int:
    """Run a command or the window, whichever the words ask for; give the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and (words[0] in COMMANDS or not Path(words[0]).exists()):
        from medmm.cli.main import main

        return main(words)
    # Looked up only when it is asked for: `medmm` itself is free of Qt, and the window starts without the commands.
    code: int = import_module("ui.app").run([Path(word) for word in words])
    return code
