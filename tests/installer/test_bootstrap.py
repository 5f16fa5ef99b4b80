"""The bootstrap script, without installing anything."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
import venv
from pathlib import Path

import pytest

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


def test_a_half_made_environment_is_not_left_for_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap = runpy.run_path(str(SCRIPT))
    make = bootstrap["make_environment"]

    def without_ensurepip(folder: Path, *, with_pip: bool) -> None:
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "python").touch()
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setitem(make.__globals__, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(venv, "create", without_ensurepip)

    assert not make()
    assert "python3-venv" in capsys.readouterr().out
    assert not (tmp_path / ".venv").exists()
