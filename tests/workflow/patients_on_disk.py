"""Patient folders of small made-up series for the tests of opening."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.imaging.builders import UID_ROOT, write_image, write_slice

SMALL = np.arange(24, dtype=np.uint16).reshape(4, 6)


def write_film(folder: Path, number: int, **values: object) -> Path:
    """Write a small DX as a series of its own; keywords overwrite its attributes."""
    folder.mkdir(parents=True, exist_ok=True)
    own: dict[str, object] = {
        "SOPInstanceUID": f"{UID_ROOT}.20.{number}",
        "SeriesInstanceUID": f"{UID_ROOT}.30.{number}",
        "SeriesNumber": number,
        "BodyPartExamined": "CHEST",
    }
    return write_image(folder / f"film{number:03d}.dcm", SMALL, **{**own, **values})


def write_stack(folder: Path, number: int, *, n_slices: int, **values: object) -> None:
    """Write a CT series of small slices."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(n_slices):
        own: dict[str, object] = {
            "SOPInstanceUID": f"{UID_ROOT}.40.{number}.{place}",
            "SeriesInstanceUID": f"{UID_ROOT}.50.{number}",
            "SeriesNumber": number,
        }
        write_slice(folder, place, 2.0 * place, **{**own, **values})
