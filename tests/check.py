#!/usr/bin/env python3
"""The one developer door: format, lint, types, layers, sizes and the fast tests; --all adds slow and window tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
METRICS = ROOT.parent / "shared" / "tools" / "house_metrics.py"
SOURCES = ["medmm", "ui", "tests", "installer", "main.py"]


def steps(*, everything: bool) -> list[tuple[str, list[str]]]:
    """List what is run, the quick things first."""
    module = [sys.executable, "-m"]
    found = [
        ("format", [*module, "ruff", "format", "--check", *SOURCES]),
        ("lint", [*module, "ruff", "check", *SOURCES]),
        ("layers", [str(Path(sys.executable).with_name("lint-imports"))]),
        ("types", [*module, "mypy"]),
        ("fast tests", [*module, "pytest", "-m", "not slow and not gui"]),
    ]
    if METRICS.is_file():
        found.insert(3, ("sizes", [sys.executable, str(METRICS), "medmm", "ui", "--check"]))
    if everything:
        found.append(("slow and window tests", [*module, "pytest", "-m", "slow or gui"]))
    return found


def main() -> int:
    """Run every step and tell each one's verdict; exit 1 when one failed."""
    os.chdir(ROOT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    failed = []
    for name, command in steps(everything="--all" in sys.argv[1:]):
        began = time.monotonic()
        print(f"== {name}", flush=True)
        code = subprocess.call(command, env=environment)
        print(f"== {name}: {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - began:.0f} s)", flush=True)
        failed += [name] if code else []
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
