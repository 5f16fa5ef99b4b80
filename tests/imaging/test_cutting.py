"""Planes and slabs of a volume against SimpleITK, on a small phantom with three different spacings."""

import math
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk

from medmm.core.errors import UnsupportedImage
from medmm.core.image import LookupTable
from medmm.core.quality import Severity
from medmm.imaging.cutting import Cut, body_planes, cut_planes, plane_directions, project_whole
from medmm.imaging.plane_stack import PlaneStack
from medmm.imaging.prepared import prepare_volume
from medmm.imaging.reader import read_image
from medmm.imaging.reformat import Plane, orthogonal
from medmm.imaging.slabs import Projection, Slab
from tests.imaging.builders import write_slice
from tests.imaging.phantoms import ORIGIN, SPACING, make_axial_affine, make_phantom, make_volume

OUTSIDE = -32000


def _itk(stored):
    image = sitk.GetImageFromArray(stored)
    image.SetSpacing(SPACING[::-1])
    image.SetOrigin(ORIGIN)
    return image


def _resampled(stored, affine, shape):
    """Resample by SimpleITK onto (plane, row, column) -> LPS mm."""
    spacing = np.linalg.norm(affine[:3, :3], axis=0)
    resample = sitk.ResampleImageFilter()
    resample.SetInterpolator(sitk.sitkLinear)
    resample.SetOutputPixelType(sitk.sitkFloat64)
    resample.SetDefaultPixelValue(OUTSIDE)
    resample.SetSize([int(n) for n in shape[::-1]])
    resample.SetOutputSpacing([float(mm) for mm in spacing[::-1]])
    resample.SetOutputOrigin([float(mm) for mm in affine[:3, 3]])
    resample.SetOutputDirection((affine[:3, :3] / spacing)[:, ::-1].ravel().tolist())
    return sitk.GetArrayFromImage(resample.Execute(_itk(stored)))


def _oblique(slab=None, pixel_mm=None):
    # Two turns, so that no axis of the plane is one of the volume; through a point that is no voxel.
    a, b = math.radians(25), math.radians(40)
    right = np.array([math.cos(a), math.sin(a), 0.0])
    down = np.array([-math.sin(a) * math.cos(b), math.cos(a) * math.cos(b), math.sin(b)])
    return Cut(down, right, np.array([-26.1, 16.3, 2.2]), slab or Slab(), pixel_mm)


def test_an_oblique_plane_equals_simpleitk():
    stored = make_phantom()
    volume = prepare_volume(make_volume(stored))

    found = cut_planes(volume, _oblique())

    planes = np.asarray(found.stored)
    expected = _resampled(stored, found.geometry.affine, planes.shape)
    is_outside = expected == OUTSIDE
    assert planes.dtype == np.int16
    assert np.array_equal(planes == found.padding_value, is_outside)
    assert 0.2 < is_outside.mean() < 0.9
    assert np.abs(planes - expected)[~is_outside].max() <= 0.51


def test_one_oblique_plane_runs_exactly_through_the_point():
    volume = prepare_volume(make_volume(make_phantom()))
    cut = _oblique()

    affine = cut_planes(volume, cut).geometry.affine

    index = np.linalg.inv(affine) @ (*cut.through_mm, 1)
    assert index[0] == pytest.approx(round(index[0]), abs=1e-9)


def test_oblique_planes_cover_the_whole_volume():
    volume = prepare_volume(make_volume(make_phantom()))

    found = cut_planes(volume, _oblique())

    corners = np.linalg.inv(found.geometry.affine) @ np.vstack([volume.corners_mm.T, np.ones(8)])
    for axis, size in enumerate(found.stored.shape):
        assert corners[axis].min() >= -1.5
        assert corners[axis].max() <= size + 0.5


def test_a_cut_along_the_bodys_axes_gives_the_stored_values_back():
    stored = make_phantom()
    cube = make_volume(stored, make_axial_affine((1.0, 1.0, 1.0)))
    volume = prepare_volume(cube)
    down, right = plane_directions(cube, Plane.CORONAL)

    found = cut_planes(volume, Cut(down, right, np.array([ORIGIN[0], ORIGIN[1] + 5, ORIGIN[2]])))

    assert np.array_equal(np.asarray(found.stored), orthogonal(cube, Plane.CORONAL).stored)


@pytest.mark.parametrize(
    ("projection", "itk_filter"),
    [
        (Projection.MAXIMUM, sitk.MaximumProjectionImageFilter),
        (Projection.MINIMUM, sitk.MinimumProjectionImageFilter),
        (Projection.MEAN, sitk.MeanProjectionImageFilter),
    ],
)
@pytest.mark.parametrize("plane", list(Plane))
def test_an_orthogonal_slab_equals_simpleitk(projection, itk_filter, plane):
    thin = orthogonal(make_volume(make_phantom()), plane)
    step = thin.geometry.spacing_mm[0]
    # Four steps thick: two planes on either side of the middle one.
    thick = body_planes(prepare_volume(make_volume(make_phantom())), plane, Slab(4 * step, projection))

    project = itk_filter()
    project.SetProjectionDimension(2)
    block = sitk.Cast(sitk.GetImageFromArray(np.ascontiguousarray(thin.stored[3:8])), sitk.sitkFloat64)
    expected = sitk.GetArrayFromImage(project.Execute(block))[0]
    assert np.abs(thick.stored[5] - expected).max() <= (0.5 if projection is Projection.MEAN else 0)
    assert thick.stored[5].dtype == np.int16
    assert thick.n_slices == thin.n_slices


@pytest.mark.parametrize(
    ("projection", "itk_filter"),
    [
        (Projection.MAXIMUM, sitk.MaximumProjectionImageFilter),
        (Projection.MINIMUM, sitk.MinimumProjectionImageFilter),
        (Projection.MEAN, sitk.MeanProjectionImageFilter),
    ],
)
def test_an_oblique_slab_equals_simpleitk(projection, itk_filter):
    stored = make_phantom()
    volume = prepare_volume(make_volume(stored))
    found = cut_planes(volume, _oblique(Slab(2.4, projection), 0.6))
    middle = found.n_slices // 2

    expected = _resampled(stored, found.geometry.affine, found.stored.shape)[middle - 2 : middle + 3]
    project = itk_filter()
    project.SetProjectionDimension(2)
    projected = sitk.GetArrayFromImage(project.Execute(sitk.GetImageFromArray(expected)))[0]
    is_whole = np.all(expected != OUTSIDE, axis=0)
    assert is_whole.sum() > 40
    assert np.abs(found.stored[middle] - projected)[is_whole].max() <= 0.51


@pytest.mark.parametrize("padding", [None, -1000])
def test_an_overview_is_the_projection_of_everything(padding):
    stored = make_phantom()
    volume = prepare_volume(make_volume(stored, padding_value=padding))

    overview = project_whole(volume, Plane.CORONAL, Projection.MAXIMUM)

    assert np.array_equal(overview.stored, stored.max(axis=1)[::-1][None])
    assert overview.n_slices == len(overview.instances) == 1


def test_an_overview_of_a_tilted_stack_stands_upright():
    tilt = math.radians(15)
    affine = make_axial_affine((2.0, 0.5, 0.5))
    affine[:3, 1] = 0.5 * np.array([0, math.cos(tilt), -math.sin(tilt)])
    image = make_volume(make_phantom(), affine)

    overview = project_whole(prepare_volume(image), Plane.SAGITTAL, Projection.MAXIMUM)

    assert overview.geometry.row_direction.startswith("P")
    assert overview.stored.max() > 1000


def test_a_slab_at_the_edge_takes_the_planes_there_are():
    volume = prepare_volume(make_volume(make_phantom()))

    thick = body_planes(volume, Plane.AXIAL, Slab(5.0, Projection.MAXIMUM))

    assert np.array_equal(thick.stored[0], make_phantom()[:2].max(axis=0))


def test_a_negative_slope_turns_the_maximum_round():
    image = make_volume(make_phantom(), slope=-1.0)

    thick = body_planes(prepare_volume(image), Plane.AXIAL, Slab(5.0, Projection.MAXIMUM))

    assert np.array_equal(thick.stored[4], make_phantom()[3:6].min(axis=0))


def test_padding_never_mixes_into_a_plane_or_a_slab():
    stored = np.full((5, 6, 7), 100, np.int16)
    stored[:, :, :3] = -2000
    image = make_volume(stored, make_axial_affine((1.0, 1.0, 1.0)), padding_value=-2000)
    volume = prepare_volume(image)
    down, right = plane_directions(image, Plane.AXIAL)
    between = Cut(down, right, np.add(ORIGIN, (0.3, 0, 2.5)))

    assert set(np.unique(np.asarray(cut_planes(volume, between).stored))) == {-2000, 100}
    for projection in Projection:
        thick = body_planes(volume, Plane.SAGITTAL, Slab(2.0, projection))
        # The plane beside the padding sees one padding plane and two others.
        assert np.all(thick.stored[3] == 100)
        assert np.all(thick.stored[6] == -2000)


def test_outside_of_unsigned_values_from_zero_is_marked_as_padding():
    stored = np.zeros((4, 5, 6), np.uint16)
    stored[2] = 4095

    found = cut_planes(prepare_volume(make_volume(stored)), _oblique())

    assert found.padding_value == -1
    assert found.stored.dtype == np.int16


@pytest.mark.parametrize(
    ("stored", "more", "fill"),
    [
        (np.arange(60, dtype=np.uint8), {}, -1),
        (np.arange(60, dtype=np.int16), {"slope": -1.0}, 60),
        (np.arange(60, dtype=np.int16), {"photometric_interpretation": "MONOCHROME1"}, 60),
        (np.linspace(10, 65535, 60).astype(np.uint16), {}, 9),
        (np.linspace(0, 65535, 60).astype(np.uint16), {}, None),
    ],
)
def test_the_outside_is_dark_and_is_no_value_of_the_volume(stored, more, fill):
    image = make_volume(stored.reshape(3, 4, 5), **more)

    found = cut_planes(prepare_volume(image), _oblique())

    assert found.padding_value == fill
    assert found.stored[0].dtype == (np.uint16 if stored.max() > 32767 else np.int16)


def test_a_stack_of_planes_reads_like_an_array():
    full = np.arange(24).reshape(2, 3, 4)
    stack = PlaneStack((2, 3, 4), full.dtype, lambda index: full[index])

    assert np.array_equal(stack[-1], full[-1])
    assert np.array_equal(stack[0:2, ::2, 1:], full[0:2, ::2, 1:])
    assert np.array_equal(stack[1, 2, :2], full[1, 2, :2])
    assert np.array_equal(np.asarray(stack), full)
    with pytest.raises(IndexError):
        stack[2]


def test_a_tilted_gantry_is_resampled_at_right_angles_with_a_record():
    tilt = math.radians(15)
    affine = make_axial_affine((2.0, 0.5, 0.5))
    affine[:3, 1] = 0.5 * np.array([0, math.cos(tilt), -math.sin(tilt)])
    row, column = np.arange(40)[:, None], np.arange(9)
    # A field that rises linearly along the patient's own axes: any true plane must show it again.
    slices = np.arange(12)[:, None, None]
    places = affine[:3, 3] + slices[..., None] * affine[:3, 0] + (row * np.ones_like(column))[..., None] * affine[:3, 1]
    places = places + (np.ones_like(row) * column)[..., None] * affine[:3, 2]
    stored = np.rint(places @ (10, 20, 30)).astype(np.int16)
    image = make_volume(stored, affine)

    sagittal = body_planes(prepare_volume(image), Plane.SAGITTAL)

    assert [note.code for note in sagittal.notes] == ["tilt_resampled"]
    assert "15.0 degrees" in sagittal.notes[0].message
    steps = sagittal.geometry.affine[:3, :3]
    assert abs(steps[:, 0] @ steps[:, 1]) + abs(steps[:, 1] @ steps[:, 2]) < 1e-9
    plane = sagittal.n_slices // 2
    rows, cols = np.nonzero(sagittal.stored[plane] != sagittal.padding_value)
    at = sagittal.geometry.affine @ np.stack([np.full_like(rows, plane), rows, cols, np.ones_like(rows)])
    # Half a voxel beyond the outermost centres their values hold; within them the field is linear.
    index = np.linalg.inv(affine) @ at
    last = np.array(stored.shape) - 1
    is_within = np.all((index[:3].T >= 0) & (last >= index[:3].T), axis=1)
    deviation = np.abs(sagittal.stored[plane][rows, cols] - at[:3].T @ (10, 20, 30))
    assert is_within.sum() > 500
    assert deviation[is_within].max() <= 1.01


def test_a_tilted_stack_keeps_its_own_slices_as_views():
    tilt = math.radians(15)
    affine = make_axial_affine()
    affine[:3, 1] = 0.8 * np.array([0, math.cos(tilt), -math.sin(tilt)])
    image = make_volume(make_phantom(), affine)

    assert np.shares_memory(body_planes(prepare_volume(image), Plane.AXIAL).stored, image.stored)


def test_the_remark_about_the_tilt_gives_way_to_the_record_of_resampling(tmp_path):
    tilt = math.radians(15)
    cosines = [1, 0, 0, 0, round(math.cos(tilt), 6), round(-math.sin(tilt), 6)]
    paths = [write_slice(tmp_path, n, 2.0 * n, ImageOrientationPatient=cosines) for n in range(5)]
    volume = prepare_volume(read_image(paths))

    codes = {plane: [note.code for note in body_planes(volume, plane).notes] for plane in Plane}

    assert codes[Plane.AXIAL] == ["gantry_tilt"]
    assert codes[Plane.CORONAL] == codes[Plane.SAGITTAL] == ["tilt_resampled"]


def test_values_from_a_table_are_not_averaged():
    table = LookupTable(0, np.arange(10, dtype=np.uint16), 16)
    image = replace(make_volume(make_phantom()), modality_lut=table)

    with pytest.raises(UnsupportedImage, match="come from a table"):
        prepare_volume(image)


def test_the_volume_is_not_copied():
    image = make_volume(make_phantom())

    assert np.shares_memory(prepare_volume(image).image.stored, image.stored)


def test_slices_of_different_intercept_are_shifted_exactly(tmp_path):
    paths = [write_slice(tmp_path, n, n, RescaleIntercept=-1000 - 10 * n) for n in range(4)]
    image = read_image(paths)

    even = prepare_volume(image).image

    assert {(part.rescale_slope, part.rescale_intercept) for part in even.instances} == {(1.0, -1000.0)}
    assert np.array_equal(even.stored, image.stored - 10 * np.arange(4)[:, None, None])
    assert even.notes == image.notes


def test_slices_of_different_slope_are_rounded_to_half_a_step_and_say_so(tmp_path):
    slopes = (0.5, 1.25, 3.0, 0.01)
    image = read_image([write_slice(tmp_path, n, n, RescaleSlope=s, RescaleIntercept=0) for n, s in enumerate(slopes)])

    even = prepare_volume(image).image

    first = even.instances[0]
    values = even.stored * first.rescale_slope + first.rescale_intercept
    expected = image.stored * np.array(slopes)[:, None, None]
    assert even.stored.dtype == np.int16
    assert np.abs(values - expected).max() <= np.ptp(expected) / 65_533 / 2 * 1.001
    assert np.all(values[expected == 0] == 0)
    assert "slopes 0.01 to 3" in even.notes[-1].message


def test_the_largest_rounding_is_told_in_suv_too_and_warns_where_it_loses_steps_of_a_slice(tmp_path):
    # The values run from 0 to 300; 65,533 steps of 300 / 65,533 are coarser than 0.001 and finer than 0.01.
    def rounded(finest: float):
        stored = np.zeros((3, 4, 5), np.int16)
        stored[0, 0, 0] = 300
        volume = make_volume(stored)
        parts = zip(volume.instances, (1.0, 0.5, finest), strict=True)
        instances = tuple(replace(part, rescale_slope=slope, suv_factor=0.002) for part, slope in parts)
        header = replace(volume.header, units="BQML")
        return prepare_volume(replace(volume, instances=instances, header=header)).image.notes[-1]

    assert rounded(0.001).message.endswith("rounded by at most 0.00229 BQML (4.6e-06 SUVbw).")
    assert rounded(0.001).severity is Severity.WARNING
    assert rounded(0.01).severity is Severity.INFO


def test_cutting_needs_no_second_volume():
    stored = np.zeros((256, 256, 256), np.int16)
    image = make_volume(stored, make_axial_affine((1.0, 1.0, 1.0)))
    tracemalloc.start()
    try:
        volume = prepare_volume(image)
        for slab in (Slab(), Slab(20.0, Projection.MEAN)):
            for plane in Plane:
                np.asarray(body_planes(volume, plane, slab).stored[40])
            cut_planes(volume, _oblique(slab)).stored[40].sum()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 0.2 * stored.nbytes
