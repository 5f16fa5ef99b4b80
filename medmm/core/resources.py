"""Where the files that ship with the program lie (read-only)."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Give the path of a shipped file or folder below `resources/`.

    A frozen application unpacks itself into sys._MEIPASS; otherwise the folder lies beside the packages.
    """
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
    return root.joinpath("resources", *parts)
