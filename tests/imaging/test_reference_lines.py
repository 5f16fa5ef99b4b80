"""Reference lines and matching slices on an axial and a sagittal stack with hand-computed places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from medmm.core.identity import PatientIdentity
from medmm.core.image import ImageGeometry, ImageInstance, MedicalImage, StudyHeader
from medmm.imaging.geometry import make_affine
from medmm.imaging.reference_lines import matching_slice, reference_line, share_space

AXIAL, SAGITTAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0), (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


def make_stack(affine: NDArray[np.float64] | None, shape: tuple[int, int, int], *, frame: str = "1.2") -> MedicalImage:
    instances = tuple(ImageInstance(f"1.{n}", Path("a.dcm")) for n in range(shape[0]))
    geometry = ImageGeometry(affine=affine, frame_of_reference_uid=frame)
    return MedicalImage(np.zeros(shape, np.int16), PatientIdentity(), StudyHeader(), geometry, instances)


@pytest.fixture
def axial() -> MedicalImage:
    """10 slices of 20 x 40 pixels, 2 mm a slice from z = 100 mm up, 1 mm a pixel, first pixel at (0, 0)."""
    return make_stack(make_affine(AXIAL, (0, 0, 100), np.array([0, 0, 2.0]), (1, 1)), (10, 20, 40))


@pytest.fixture
def sagittal() -> MedicalImage:
    """4 slices of 60 x 20 pixels, 5 mm a slice from x = 10 mm on, 0.5 mm a row downward from z = 120 mm."""
    return make_stack(make_affine(SAGITTAL, (10, 0, 120), np.array([5.0, 0, 0]), (0.5, 1)), (4, 60, 20))


def test_an_axial_slice_is_a_level_line_in_a_sagittal_one(axial: MedicalImage, sagittal: MedicalImage) -> None:
    # Slice 3 lies at z = 106 mm: (120 - 106) / 0.5 = row 28; it spans y = -0.5 .. 19.5 mm.
    line = reference_line(axial, 3, sagittal, 1)

    assert line is not None
    assert sorted((line.start, line.end)) == [(pytest.approx(28), pytest.approx(-0.5)), (pytest.approx(28), 19.5)]


def test_a_sagittal_slice_is_an_upright_line_in_an_axial_one(axial: MedicalImage, sagittal: MedicalImage) -> None:
    # Slice 2 lies at x = 20 mm: column 20 of every row.
    line = reference_line(sagittal, 2, axial, 0)

    assert line is not None
    assert [line.start[1], line.end[1]] == pytest.approx([20, 20])
    assert sorted((line.start[0], line.end[0])) == [pytest.approx(-0.5), pytest.approx(19.5)]


def test_slices_that_do_not_reach_each_other_have_no_line(axial: MedicalImage) -> None:
    high = make_stack(make_affine(SAGITTAL, (10, 0, 500), np.array([5.0, 0, 0]), (0.5, 1)), (4, 60, 20))

    assert reference_line(axial, 3, high, 1) is None


def test_parallel_slices_have_no_line(axial: MedicalImage) -> None:
    assert reference_line(axial, 3, axial, 5) is None


@pytest.mark.parametrize("frame", ["", "1.3"])
def test_other_or_unknown_frames_of_reference_share_no_space(axial: MedicalImage, frame: str) -> None:
    other = make_stack(axial.geometry.affine, (10, 20, 40), frame=frame)

    assert not share_space(axial, other)
    assert matching_slice(axial, 3, other) is None
    assert reference_line(other, 0, other, 0) is None


def test_the_matching_slice_is_the_nearest_in_millimetres(axial: MedicalImage) -> None:
    # 5 mm a slice from z = 97 mm: 106 mm is 1.8 slices up.
    coarse = make_stack(make_affine(AXIAL, (0, 0, 97), np.array([0, 0, 5.0]), (1, 1)), (6, 20, 40))

    assert matching_slice(axial, 3, coarse) == 2


def test_a_stack_that_runs_the_other_way_is_matched_by_place(axial: MedicalImage) -> None:
    downward = make_stack(make_affine(AXIAL, (0, 0, 118), np.array([0, 0, -2.0]), (1, 1)), (10, 20, 40))

    assert matching_slice(axial, 3, downward) == 6


def test_beyond_the_end_of_the_other_stack_nothing_matches(axial: MedicalImage) -> None:
    above = make_stack(make_affine(AXIAL, (0, 0, 110), np.array([0, 0, 2.0]), (1, 1)), (10, 20, 40))

    assert matching_slice(axial, 3, above) is None
    assert matching_slice(axial, 5, above) == 0
