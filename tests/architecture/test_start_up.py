"""What a fresh interpreter loads before the first paint and before a command runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "monai", "transformers", "scipy", "pandas", "matplotlib", "sklearn", "pydicom", "SimpleITK", "captum")


@pytest.mark.parametrize("modules", ["ui.app", "medmm.workflow.engine_process, medmm.workflow.batch", "medmm.cli.main"])
def test_nothing_heavy_is_imported_at_start(modules: str) -> None:
    program = f"import sys\nimport {modules}\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.split() == []


def test_the_window_brings_neither_the_store_nor_validation_before_its_first_paint() -> None:
    program = (
        "import sys\nimport ui.app\nprint(*sorted({'sqlalchemy', 'pydantic', 'asyncio', 'yaml'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.split() == []


def test_the_first_paint_needs_no_pixels_and_no_panel() -> None:
    program = (
        "import sys\nimport ui.app\n"
        "print(*sorted({'numpy', 'ui.furniture', 'ui.session', 'medmm.core.image'} & set(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.split() == []
