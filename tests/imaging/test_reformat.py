"""Orthogonal planes: the same pixels in the same places, however the volume was stored."""

import math
from dataclasses import replace

import numpy as np
import pytest

from medmm.core.errors import UnsupportedImage
from medmm.core.image import Window
from medmm.core.quality import QualityNote, Severity
from medmm.imaging.geometry import orientation_letters
from medmm.imaging.reader import read_image
from medmm.imaging.reformat import Plane, acquired_plane, orthogonal
from tests.imaging.builders import write_slice
from tests.imaging.phantoms import ORIGIN, all_orientations, make_axial_affine, make_phantom, make_volume


def test_an_axial_series_as_axial_planes_is_what_was_stored():
    volume = make_volume(make_phantom())

    axial = orthogonal(volume, Plane.AXIAL)

    assert np.array_equal(axial.stored, volume.stored)
    assert np.array_equal(axial.geometry.affine, volume.geometry.affine)
    assert [found.sop_instance_uid for found in axial.instances] == [
        found.sop_instance_uid for found in volume.instances
    ]


def test_a_coronal_plane_has_the_head_up_and_the_patients_right_at_the_left():
    stored = make_phantom()

    coronal = orthogonal(make_volume(stored), Plane.CORONAL)

    assert np.array_equal(coronal.stored[3], stored[::-1, 3, :])
    assert coronal.geometry.spacing_mm == pytest.approx((0.8, 2.5, 0.6))
    letters = orientation_letters(coronal.geometry)
    assert (letters.left, letters.top, letters.right, letters.bottom) == ("R", "H", "L", "F")


def test_a_sagittal_plane_has_the_head_up_and_anterior_at_the_left():
    stored = make_phantom()

    sagittal = orthogonal(make_volume(stored), Plane.SAGITTAL)

    assert np.array_equal(sagittal.stored[0], stored[::-1, :, -1])
    letters = orientation_letters(sagittal.geometry)
    assert (letters.left, letters.top, letters.right, letters.bottom) == ("A", "H", "P", "F")


def test_every_pixel_of_a_plane_keeps_its_place_in_the_patient():
    stored = make_phantom()
    sagittal = orthogonal(make_volume(stored), Plane.SAGITTAL)

    place = sagittal.geometry.affine @ (2, 1, 4, 1)

    # Third plane from the left side, second row from the head, fifth column from the front: stored[7, 4, 11].
    assert sagittal.stored[2, 1, 4] == stored[7, 4, 11]
    assert place[:3] == pytest.approx((ORIGIN[0] + 11 * 0.6, ORIGIN[1] + 4 * 0.8, ORIGIN[2] + 7 * 2.5))


@pytest.mark.parametrize("plane", list(Plane))
def test_all_48_ways_of_storing_a_volume_give_the_same_planes(plane):
    reference = orthogonal(make_volume(make_phantom()), plane)
    stored_ways = all_orientations(make_volume(make_phantom()))

    planes = [orthogonal(volume, plane) for volume in stored_ways]

    assert len({volume.stored.tobytes() for volume in stored_ways}) == 48
    for found in planes:
        assert np.array_equal(found.stored, reference.stored)
        assert found.geometry.affine == pytest.approx(reference.geometry.affine)
        assert orientation_letters(found.geometry) == orientation_letters(reference.geometry)
        assert [part.position_mm for part in found.instances] == pytest.approx(
            [part.position_mm for part in reference.instances]
        )


@pytest.mark.parametrize("plane", list(Plane))
def test_planes_are_views_not_copies(plane):
    for volume in all_orientations(make_volume(make_phantom()))[::7]:
        assert np.shares_memory(orthogonal(volume, plane).stored, volume.stored)


def test_slices_keep_their_own_objects_when_the_stack_is_turned_round():
    affine = make_axial_affine()
    affine[2, 0] *= -1
    volume = make_volume(make_phantom(), affine)

    axial = orthogonal(volume, Plane.AXIAL)

    assert [found.sop_instance_uid for found in axial.instances] == [f"1.{n}" for n in range(8, -1, -1)]
    assert axial.instances[0].position_mm == pytest.approx(ORIGIN[2] - 8 * 2.5)


def test_slices_that_are_turned_in_their_plane_are_no_longer_their_objects():
    affine = make_axial_affine()
    affine[0, 2] *= -1
    volume = make_volume(make_phantom(), affine)

    axial = orthogonal(volume, Plane.AXIAL)

    assert {found.sop_instance_uid for found in axial.instances} == {""}


def test_planes_of_a_tilted_stack_of_slices_are_those_it_lies_nearest_to():
    turn = math.radians(20)
    affine = make_axial_affine()
    rotation = np.eye(4)
    rotation[1:3, 1:3] = [[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]
    volume = make_volume(make_phantom(), rotation @ affine)

    assert acquired_plane(volume) is Plane.AXIAL
    assert orientation_letters(orthogonal(volume, Plane.CORONAL).geometry).top == "HA"


def test_what_belongs_to_the_image_is_carried():
    note = QualityNote("x", "y", Severity.WARNING)
    volume = make_volume(
        make_phantom(), slope=2.0, intercept=-1024.0, windows=(Window(40, 400),), padding_value=-2000, notes=(note,)
    )

    coronal = orthogonal(volume, Plane.CORONAL)

    assert (coronal.windows, coronal.padding_value, coronal.notes) == ((Window(40, 400),), -2000, (note,))
    assert {(part.rescale_slope, part.rescale_intercept) for part in coronal.instances} == {(2.0, -1024.0)}
    assert coronal.identity == volume.identity
    assert coronal.geometry.frame_of_reference_uid == "1.2.3"


def test_the_suv_factor_is_carried_where_all_slices_share_it():
    volume = make_volume(make_phantom())
    known = tuple(replace(part, suv_factor=0.002) for part in volume.instances)
    mixed = (replace(known[0], suv_factor=0.003), *known[1:])

    carried, lost = (orthogonal(replace(volume, instances=parts), Plane.CORONAL) for parts in (known, mixed))

    assert {part.suv_factor for part in carried.instances} == {0.002}
    assert {part.suv_factor for part in lost.instances} == {None}


def test_only_the_stored_slices_are_as_thick_as_the_object_says():
    volume = make_volume(make_phantom())
    volume = replace(volume, header=replace(volume.header, slice_thickness="5"))

    assert orthogonal(volume, Plane.AXIAL).header.slice_thickness == "5"
    assert orthogonal(volume, Plane.SAGITTAL).header.slice_thickness == ""


def test_slices_of_different_rescale_are_refused_across_and_kept_along(tmp_path):
    volume = read_image([write_slice(tmp_path, n, n, RescaleSlope=n, RescaleIntercept=0) for n in (1, 2, 3)])

    assert [part.rescale_slope for part in orthogonal(volume, Plane.AXIAL).instances] == [1, 2, 3]
    with pytest.raises(UnsupportedImage, match="slope 1, intercept 0; slope 2, intercept 0"):
        orthogonal(volume, Plane.CORONAL)


def test_uneven_spacing_is_refused_with_both_numbers(tmp_path):
    volume = read_image([write_slice(tmp_path, n, 2.0 * n + (1.5 if n > 5 else 0)) for n in range(10)])

    with pytest.raises(UnsupportedImage, match=r"2\.00 mm and 3\.50 mm"):
        orthogonal(volume, Plane.CORONAL)


def test_a_missing_slice_is_refused_with_both_numbers(tmp_path):
    volume = read_image([write_slice(tmp_path, n, 2.0 * n) for n in range(20) if n != 9])

    with pytest.raises(UnsupportedImage, match=r"1 slices are missing.*2\.00 mm and 4\.00 mm"):
        orthogonal(volume, Plane.AXIAL)


def test_a_series_that_is_still_being_read_is_to_be_waited_for():
    note = QualityNote("still_reading", "One slice of 300 is shown.", Severity.WARNING)

    with pytest.raises(UnsupportedImage, match="still being read"):
        orthogonal(make_volume(make_phantom()[:1], notes=(note,)), Plane.AXIAL)


@pytest.mark.parametrize(
    ("stored", "affine", "words"),
    [
        (np.zeros((2, 3, 4), np.int16), True, "2 slices; planes need at least 3"),
        (np.zeros((5, 3, 4, 3), np.uint8), True, "in colour"),
        (np.zeros((5, 3, 4), np.int16), False, "places of its 5 slices are not stated"),
    ],
)
def test_what_is_no_volume_is_refused_in_one_sentence(stored, affine, words):
    volume = make_volume(stored)
    if not affine:
        volume = replace(volume, geometry=replace(volume.geometry, affine=None))

    with pytest.raises(UnsupportedImage, match=words):
        orthogonal(volume, Plane.AXIAL)
