"""Scan headers of an early 12-bit encoder."""

from __future__ import annotations

import pytest

from medmm.imaging.jpeg_scans import mend_scans

BASELINE, EXTENDED, LOSSLESS = (f"1.2.840.10008.1.2.4.{number}" for number in (50, 51, 70))
BEFORE = bytes.fromhex("ffd8 ffc1 0002 ffda 0008 01 0100 000000 fc5b ffd9")
AFTER = bytes.fromhex("ffd8 ffc1 0002 ffda 0008 01 0100 003f00 fc5b ffd9")


@pytest.mark.parametrize("syntax", [BASELINE, EXTENDED])
def test_a_scan_of_the_first_coefficient_alone_takes_all_of_them(syntax: str) -> None:
    assert mend_scans(BEFORE, syntax) == AFTER
    assert mend_scans(BEFORE + BEFORE, syntax) == AFTER + AFTER


def test_three_components_are_mended_as_well() -> None:
    before = bytes.fromhex("ffda 000c 03 0100 0211 0311 000000 12")

    assert mend_scans(before, BASELINE) == bytes.fromhex("ffda 000c 03 0100 0211 0311 003f00 12")


def test_sound_scans_and_lossless_ones_stay() -> None:
    assert mend_scans(AFTER, EXTENDED) == AFTER
    # Lossless coding keeps its predictor and point transform there.
    assert mend_scans(BEFORE, LOSSLESS) == BEFORE
