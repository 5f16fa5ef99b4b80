"""The bootstrap script, without installing anything."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "installer" / "bootstrap.py"


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}

    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_wrong_usage_shows_both_commands_and_ends_with_2() -> None:
    found = subprocess.run([sys.executable, str(SCRIPT), "fly"], capture_output=True, text=True, check=False)

    assert found.returncode == 2
    assert "bootstrap.py run" in found.stdout
    assert "bootstrap.py test" in found.stdout
