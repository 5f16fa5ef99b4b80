"""The three linked planes: through one point, at right angles however they are turned."""

import numpy as np
import pytest

from medmm.imaging.crosshair import (
    cut_at,
    index_at,
    make_crosshair,
    move,
    place_at,
    place_words,
    turn,
    turned_degrees,
)
from medmm.imaging.prepared import prepare_volume
from medmm.imaging.reformat import Plane, orthogonal
from medmm.imaging.slabs import Slab
from tests.imaging.phantoms import ORIGIN, all_orientations, make_phantom, make_volume

VOLUME = prepare_volume(make_volume(make_phantom()))


def _normals(crosshair):
    return np.stack([crosshair.planes[plane].normal for plane in Plane])


def test_the_planes_lie_as_in_the_body_and_meet_in_the_middle():
    crosshair = make_crosshair(VOLUME)

    assert crosshair.point_mm == pytest.approx(np.add(ORIGIN, (6.5 * 0.6, 5.5 * 0.8, 4 * 2.5)))
    assert _normals(crosshair) == pytest.approx(np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]]))


def test_turning_in_a_plane_leaves_it_alone_and_keeps_all_at_right_angles():
    crosshair = turn(turn(make_crosshair(VOLUME), Plane.AXIAL, 30), Plane.SAGITTAL, -50)

    assert _normals(crosshair) @ _normals(crosshair).T == pytest.approx(np.eye(3), abs=1e-12)
    for way in crosshair.planes.values():
        assert way.down @ way.right == pytest.approx(0, abs=1e-12)
    once = turn(make_crosshair(VOLUME), Plane.AXIAL, 30)
    assert np.array_equal(once.planes[Plane.AXIAL].right, (1, 0, 0))
    assert np.array_equal(once.planes[Plane.AXIAL].down, (0, 1, 0))


def test_turning_is_clockwise_as_the_plane_is_seen():
    crosshair = turn(make_crosshair(VOLUME), Plane.AXIAL, 90)

    # Right on the screen goes down: the coronal plane now runs from the front to the back.
    assert crosshair.planes[Plane.CORONAL].right == pytest.approx((0, 1, 0))
    assert turned_degrees(crosshair, VOLUME, Plane.CORONAL) == pytest.approx(90)


def test_a_turned_plane_goes_through_the_point_and_back_again_is_the_stored_one():
    crosshair = turn(move(make_crosshair(VOLUME), VOLUME, np.add(ORIGIN, (3.1, 2.2, 9.0))), Plane.AXIAL, 20)
    oblique = cut_at(VOLUME, crosshair, Plane.CORONAL)

    assert index_at(oblique, crosshair.point_mm)[0] == pytest.approx(round(index_at(oblique, crosshair.point_mm)[0]))
    back = turn(crosshair, Plane.AXIAL, -20)
    straight = cut_at(VOLUME, back, Plane.CORONAL)
    assert np.array_equal(straight.stored, orthogonal(VOLUME.image, Plane.CORONAL).stored)
    assert turned_degrees(back, VOLUME, Plane.CORONAL) < 1e-6


def test_a_point_shows_the_same_voxel_in_all_three_planes_of_all_48_ways():
    stored = make_phantom()
    for image in all_orientations(make_volume(stored))[::5]:
        volume = prepare_volume(image)
        crosshair = make_crosshair(volume, np.add(ORIGIN, (4 * 0.6, 7 * 0.8, 2 * 2.5)))
        for plane in Plane:
            stack = cut_at(volume, crosshair, plane)
            index = tuple(round(part) for part in index_at(stack, crosshair.point_mm))
            assert stack.stored[index] == stored[2, 7, 4]


def test_a_point_outside_is_brought_back_to_the_volume():
    far = move(make_crosshair(VOLUME), VOLUME, np.array([1e4, ORIGIN[1], -1e4]))

    assert far.point_mm == pytest.approx((ORIGIN[0] + 13 * 0.6, ORIGIN[1], ORIGIN[2]))


def test_coarse_planes_have_larger_pixels_at_the_same_place():
    crosshair = turn(make_crosshair(VOLUME), Plane.AXIAL, 20)

    fine, coarse = (cut_at(VOLUME, crosshair, Plane.CORONAL, Slab(2.0), coarseness=factor) for factor in (1, 3))

    assert coarse.geometry.spacing_mm == pytest.approx([3 * side for side in fine.geometry.spacing_mm])
    middle = [(size - 1) / 2 for size in coarse.size]
    at = place_at(coarse, (round(index_at(coarse, crosshair.point_mm)[0]), *middle))
    assert index_at(fine, at)[1:] == pytest.approx([(size - 1) / 2 for size in fine.size], abs=1e-6)


def test_a_slices_place_is_told_with_its_direction():
    assert place_words(VOLUME.image, 3) == "H 0.0 mm"
    assert place_words(VOLUME.image, 0) == "F 7.5 mm"
    assert place_words(orthogonal(VOLUME.image, Plane.SAGITTAL), 0) == "R 22.2 mm"
    assert place_words(orthogonal(VOLUME.image, Plane.CORONAL), 1) == "P 12.8 mm"
