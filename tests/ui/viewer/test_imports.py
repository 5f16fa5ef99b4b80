"""The viewer starts light: nothing heavy is loaded with it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("torch", "monai", "transformers", "scipy", "pandas", "matplotlib", "pydicom", "sklearn", "PIL")


def test_importing_the_canvas_loads_only_numpy_and_qt() -> None:
    code = f"import sys, ui.viewer.canvas, ui.theme, ui.icons; print([m for m in {HEAVY!r} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip() == "[]"
