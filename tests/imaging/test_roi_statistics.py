"""Regions against SimpleITK's statistics and against hand-computed numbers."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from medmm.core.image import ImageGeometry, LookupTable, MedicalImage
from medmm.core.measurement import Measurement, MeasurementKind, Point, SlicePlace
from medmm.imaging.reader import read_image
from medmm.imaging.roi_mask import RoiMask, area_px, roi_mask
from medmm.imaging.roi_statistics import roi_histogram, roi_statistics
from medmm.imaging.spacing import MILLIMETRES
from tests.imaging.builders import make_image

ROWS_MM, COLS_MM = 0.5954, 0.5454
UNEVEN = ImageGeometry((math.nan, ROWS_MM, COLS_MM), MILLIMETRES)
CT = np.random.default_rng(7).integers(-1000, 2000, (60, 80)).astype(np.int16)


def region(kind: str, *points: Point) -> Measurement:
    return Measurement("1", MeasurementKind(kind), SlicePlace("1.0"), points)


def whole(mask: RoiMask, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Give a mask of the whole slice."""
    full = np.zeros(size, dtype=bool)
    full[mask.rows, mask.cols] = mask.inside
    return full


def tilted_ellipse(degrees: float) -> tuple[Point, Point, Point]:
    """Give centre and half axes of 12 mm and 6 mm, perpendicular in millimetres, turned by some degrees."""
    angle, center = math.radians(degrees), (29.3, 41.7)
    first = (12 * math.sin(angle) / ROWS_MM, 12 * math.cos(angle) / COLS_MM)
    second = (6 * math.cos(angle) / ROWS_MM, -6 * math.sin(angle) / COLS_MM)
    return center, (center[0] + first[0], center[1] + first[1]), (center[0] + second[0], center[1] + second[1])


def inside_tilted_ellipse(degrees: float, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Decide each pixel by the textbook equation in millimetres, with the axes turned back."""
    angle = math.radians(degrees)
    full = np.zeros(size, dtype=bool)
    for row in range(size[0]):
        for col in range(size[1]):
            y, x = (row + 0.5 - 29.3) * ROWS_MM, (col + 0.5 - 41.7) * COLS_MM
            along = x * math.cos(angle) + y * math.sin(angle)
            across = -x * math.sin(angle) + y * math.cos(angle)
            full[row, col] = (along / 12) ** 2 + (across / 6) ** 2 <= 1
    return full


def reference(values: NDArray[Any], mask: NDArray[np.bool_]) -> tuple[float, float, float, float, int, float]:
    """Give mean, SD, minimum, maximum, count and physical area by SimpleITK."""
    import SimpleITK as sitk

    picture, labels = sitk.GetImageFromArray(values), sitk.GetImageFromArray(mask.astype(np.uint8))
    for part in (picture, labels):
        part.SetSpacing((COLS_MM, ROWS_MM))
    found = sitk.LabelStatisticsImageFilter()
    found.Execute(picture, labels)
    shape = sitk.LabelShapeStatisticsImageFilter()
    shape.Execute(labels)
    extremes = found.GetMinimum(1), found.GetMaximum(1)
    return found.GetMean(1), found.GetSigma(1), *extremes, found.GetCount(1), shape.GetPhysicalSize(1)


SHAPES = {
    "upright ellipse": ("ellipse", (30.0, 40.0), (30.0, 60.0), (42.0, 40.0)),
    "ellipse turned by 33 degrees": ("ellipse", *tilted_ellipse(33)),
    "ellipse turned by 118 degrees": ("ellipse", *tilted_ellipse(118)),
    "rectangle": ("rectangle", (10.2, 5.5), (33.8, 61.49)),
    "freehand star": ("freehand", (5.0, 40.0), (50.3, 12.2), (20.1, 70.9), (21.7, 9.3), (52.2, 66.6)),
    "over the edge": ("ellipse", (2.0, 3.0), (2.0, 20.0), (14.0, 3.0)),
}


@pytest.mark.parametrize("shape", SHAPES, ids=list(SHAPES))
@pytest.mark.parametrize(("slope", "intercept"), [(1.0, -1024.0), (0.37, 11.0), (-2.0, 5.0)])
def test_statistics_equal_those_of_simpleitk(shape: str, slope: float, intercept: float) -> None:
    kind, *points = SHAPES[shape]
    image = replace(make_image(CT, slope=slope, intercept=intercept), geometry=UNEVEN)
    mask = roi_mask(region(kind, *points), image.size)
    values = CT.astype(np.float64) * slope + intercept

    found = roi_statistics(image, 0, mask)

    mean, sd, low, high, count, area = reference(values, whole(mask, image.size))
    assert found is not None
    # Modality values of a broken slope are float32: seven digits.
    assert (found.mean, found.sd) == pytest.approx((mean, sd), rel=1e-6)
    assert (found.minimum, found.maximum) == pytest.approx((low, high), rel=1e-6)
    assert found.n_pixels == count
    assert found.n_pixels * ROWS_MM * COLS_MM == pytest.approx(area)


@pytest.mark.parametrize("degrees", [0, 33, 45, 90, 118])
def test_a_turned_ellipse_takes_the_pixels_whose_centres_it_holds(degrees: float) -> None:
    mask = roi_mask(region("ellipse", *tilted_ellipse(degrees)), (60, 80))

    assert (whole(mask, (60, 80)) == inside_tilted_ellipse(degrees, (60, 80))).all()
    assert area_px(region("ellipse", *tilted_ellipse(degrees))) * ROWS_MM * COLS_MM == pytest.approx(math.pi * 12 * 6)


def test_regions_side_by_side_share_no_pixel_and_leave_none_out() -> None:
    left, right = region("rectangle", (0, 0), (4, 2.5)), region("rectangle", (0, 2.5), (4, 6))
    lower = region("freehand", (4, 0), (4, 6), (9.5, 6), (9.5, 0))

    total = sum(whole(roi_mask(part, (10, 6)), (10, 6)).astype(int) for part in (left, right, lower))

    # Row 9 has its centre at 9.5, on the lower border: outside.
    assert (np.asarray(total)[:9] == 1).all()
    assert (np.asarray(total)[9] == 0).all()


def test_a_freehand_outline_equals_the_rectangle_that_it_draws() -> None:
    corners = ((2.2, 3.1), (2.2, 17.9), (11.6, 17.9), (11.6, 3.1))
    drawn, rectangle = region("freehand", *corners), region("rectangle", corners[0], corners[2])

    assert (whole(roi_mask(drawn, (20, 20)), (20, 20)) == whole(roi_mask(rectangle, (20, 20)), (20, 20))).all()
    assert area_px(drawn) == pytest.approx(area_px(rectangle))


def test_a_triangle_has_half_its_box_and_a_bow_tie_both_its_wings() -> None:
    # Base 10, height 8: 40. The bow tie crosses itself: two triangles of base 8, height 5 each, not their difference.
    assert area_px(region("freehand", (0, 0), (8, 0), (8, 10))) == pytest.approx(40)
    assert area_px(region("freehand", (0, 0), (8, 10), (0, 10), (8, 0))) == pytest.approx(40, rel=1e-3)
    assert whole(roi_mask(region("freehand", (0, 0), (8, 10), (0, 10), (8, 0)), (8, 10)), (8, 10)).sum() == 40


def test_three_pixels_by_hand() -> None:
    image = make_image(np.array([[1, 2, 6], [50, 60, 70]], np.uint16))

    found = roi_statistics(image, 0, roi_mask(region("rectangle", (0, 0), (1, 3)), image.size))

    # Mean 3, deviations -2 -1 3: variance 14 / 2.
    assert found is not None
    assert (found.n_pixels, found.mean, found.minimum, found.maximum) == (3, 3.0, 1.0, 6.0)
    assert found.sd == pytest.approx(math.sqrt(7))


def test_padding_is_left_out_and_counted() -> None:
    values = np.array([[-2000, 10], [20, -2000]], np.int16)
    image = make_image(values, padding_value=-2000, intercept=-5.0)

    found = roi_statistics(image, 0, roi_mask(region("rectangle", (0, 0), (2, 2)), image.size))

    assert found is not None
    assert (found.n_pixels, found.n_padding, found.mean, found.minimum) == (2, 2, 10.0, 5.0)


def test_a_modality_table_is_looked_up_first() -> None:
    table = LookupTable(0, np.array([100, 400, 900], np.uint16), 16)
    image = make_image(np.array([[0, 1, 2]], np.uint8), modality_lut=table)

    found = roi_statistics(image, 0, roi_mask(region("rectangle", (0, 1), (1, 3)), image.size))

    assert found is not None
    assert (found.mean, found.minimum, found.maximum) == (650, 400, 900)


def test_each_slice_has_its_own_rescale() -> None:
    image = make_image(np.full((2, 3, 3), 10, np.int16))
    steep = replace(image.instances[1], rescale_slope=3.0)
    image = replace(image, instances=(image.instances[0], steep))

    means = [roi_statistics(image, n, roi_mask(region("rectangle", (0, 0), (3, 3)), image.size)) for n in (0, 1)]

    assert [found.mean for found in means if found] == [10, 30]


def test_one_pixel_has_no_spread_and_none_has_no_statistics() -> None:
    image = make_image(CT)

    one = roi_statistics(image, 0, roi_mask(region("point", (3.9, 4.2)), image.size))

    assert one is not None
    assert one.mean == CT[3, 4]
    assert math.isnan(one.sd)
    for nothing in (region("rectangle", (3, 3), (3.4, 9)), region("ellipse", (-9, -9), (-9, -8), (-8, -9))):
        assert roi_statistics(image, 0, roi_mask(nothing, image.size)) is None


def test_colour_has_no_statistics() -> None:
    image = MedicalImage(**{**make_image(CT).__dict__, "stored": np.zeros((1, 60, 80, 3), np.uint8)})
    mask = roi_mask(region("rectangle", (0, 0), (5, 5)), image.size)

    assert roi_statistics(image, 0, mask) is None
    assert roi_histogram(image, 0, mask) is None


def test_the_histogram_has_whole_bins_of_whole_numbers() -> None:
    image = make_image(np.array([[0, 0, 1, 5], [9, 9, 9, 3]], np.uint8))
    mask = roi_mask(region("rectangle", (0, 0), (2, 4)), image.size)

    found = roi_histogram(image, 0, mask, n_bins=5)

    # Ten values in five bins: 0-1, 2-3, 4-5, 6-7, 8-9.
    assert found is not None
    assert found.edges.tolist() == [-0.5, 1.5, 3.5, 5.5, 7.5, 9.5]
    assert found.counts.tolist() == [3, 1, 1, 0, 3]


@pytest.mark.parametrize("slope", [1.0, 0.01])
def test_the_histogram_counts_every_pixel_once(slope: float) -> None:
    image = make_image(CT, slope=slope)
    mask = roi_mask(region("ellipse", *tilted_ellipse(33)), image.size)

    found, statistics = roi_histogram(image, 0, mask), roi_statistics(image, 0, mask)

    assert found is not None
    assert statistics is not None
    assert found.counts.sum() == statistics.n_pixels
    assert len(found.counts) <= 64
    assert (np.diff(found.edges) > 0).all()


def test_a_uniform_region_has_one_full_bin() -> None:
    for kind, slope in ((np.int16, 1.0), (np.uint16, 0.5)):
        image = make_image(np.full((4, 4), 7, kind), slope=slope)
        found = roi_histogram(image, 0, roi_mask(region("rectangle", (0, 0), (4, 4)), image.size))
        assert found is not None
        assert found.counts.max() == found.counts.sum() == 16


@pytest.mark.parametrize("name", ["ct_single/MANIX-IM-0001-0021.dcm", "pet/GH184.dcm"])
def test_a_region_of_a_real_file_equals_simpleitk_reading_the_same_file(shared_data: Path, name: str) -> None:
    import SimpleITK as sitk

    image = read_image([shared_data / "dicom" / name])
    rows, cols = image.size
    outline = (rows * 0.5, cols * 0.5), (rows * 0.55, cols * 0.8), (rows * 0.3, cols * 0.45)
    mask = roi_mask(region("ellipse", *outline), image.size)
    read = sitk.GetArrayFromImage(sitk.ReadImage(str(shared_data / "dicom" / name)))[0].astype(np.float64)

    found = roi_statistics(image, 0, mask)

    mean, sd, low, high, count, _ = reference(read, whole(mask, image.size))
    assert found is not None
    assert (found.mean, found.sd, found.minimum, found.maximum) == pytest.approx((mean, sd, low, high), rel=1e-5)
    assert found.n_pixels == count > 1000
