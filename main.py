"""Start MedMM: a subcommand goes to the command line, anything else opens the window with these patients."""

from __future__ import annotations

import sys
from pathlib import Path

COMMANDS = (
    *("score", "batch", "report", "info", "deid", "simulate", "train", "evaluate", "models"),
    *("send", "query", "retrieve", "listen", "doctor"),
)


def main(argv: list[str]) -> int:
    """Run a command or the window; give the exit code."""
    if argv and (argv[0] in COMMANDS or not Path(argv[0]).exists()):
        from medmm.cli.main import main as run_command

        return run_command() or 0
    from ui.app import run

    return run([Path(name) for name in argv])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
