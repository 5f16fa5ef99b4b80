"""The patients that ship with the program."""

from __future__ import annotations

from pathlib import Path

from medmm.core.resources import resource


def sample_folders() -> tuple[Path, ...]:
    """List the shipped sample patients, the one with every input first."""
    root = resource("samples")
    return tuple(sorted(path for path in root.iterdir() if path.is_dir())) if root.is_dir() else ()


def first_sample() -> Path:
    """Give the sample patient that has an image, a note and vital signs."""
    return resource("samples", "chest_pneumonia")
