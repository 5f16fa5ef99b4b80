"""What a header says for the corners."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from medmm.imaging.reader import read_image
from tests.imaging.builders import write_image

RAMP = np.arange(24, dtype=np.uint16).reshape(4, 6)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"LossyImageCompression": "00"}, ""),
        ({"LossyImageCompression": "01"}, "lossy"),
        ({"LossyImageCompression": "01", "LossyImageCompressionRatio": 12}, "lossy 12:1"),
        (
            {
                "LossyImageCompression": "01",
                "LossyImageCompressionRatio": [10, 3.5],
                "LossyImageCompressionMethod": ["ISO_10918_1", "ISO_15444_1"],
            },
            "lossy 10:1 JPEG → 3.5:1 JPEG 2000",
        ),
        ({"LossyImageCompression": "01", "LossyImageCompressionMethod": "OWN"}, "lossy OWN"),
    ],
)
def test_every_step_of_loss_is_named(tmp_path: Path, values: dict[str, object], expected: str) -> None:
    assert read_image(write_image(tmp_path / "x", RAMP, **values)).header.lossy == expected


def test_study_contrast_and_thickness_are_read(tmp_path: Path) -> None:
    header = read_image(
        write_image(tmp_path / "x", RAMP, StudyID="4711", ContrastBolusAgent="IODINE", SliceThickness="2.500000")
    ).header

    assert (header.study_id, header.contrast, header.slice_thickness) == ("4711", "IODINE", "2.5")


@pytest.mark.parametrize(("name", "expected"), [("x.jpg", "lossy JPEG"), ("x.png", "")])
def test_a_picture_says_whether_it_lost_something(tmp_path: Path, name: str, expected: str) -> None:
    Image.fromarray(RAMP.astype(np.uint8)).save(tmp_path / name)

    assert read_image(tmp_path / name).header.lossy == expected
