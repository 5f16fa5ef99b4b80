"""Start MedMM: a subcommand goes to the command line, anything else opens the window with these patients."""

from __future__ import annotations

import sys


def main(argv: list[str]) -> int:
    """Run a command or the window; give the exit code."""
    from medmm.cli.start import start

    return start(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
