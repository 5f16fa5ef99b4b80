"""Stored values become the right greys, at every size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from medmm.core.image import ImageInstance, LookupTable, MedicalImage, Window
from medmm.imaging.windowing import to_display
from tests.ui.viewer.builders import make_image, make_view, paint
from ui.viewer.grey_table import make_table
from ui.viewer.placement import place
from ui.viewer.render import SliceRenderer
from ui.viewer.slice_pixels import SlicePixels


def greys(
    image: MedicalImage, *, slice_index: int = 0, voi: Window | LookupTable, is_inverted: bool = False
) -> list[int]:
    pixels = SlicePixels(image, slice_index)
    table = make_table(pixels, voi, is_inverted=is_inverted)
    assert table is not None
    return table.apply(pixels.stored)[0].tolist()


def test_a_window_maps_hu_to_grey_after_the_rescale() -> None:
    image = make_image(np.array([[[0, 24, 1024, 1424, 3000]]], np.uint16), slope=1, intercept=-1024, modality="CT")

    # LINEAR_EXACT: (hu - 200) / 400 + 0.5, so 0 HU is black and 400 HU is white.
    assert greys(image, voi=Window(200, 400, function="LINEAR_EXACT")) == [0, 0, 0, 255, 255]


def test_monochrome1_is_shown_the_other_way_round_and_inversion_turns_it_back() -> None:
    image = make_image(np.array([[[0, 100]]], np.uint16), photometric_interpretation="MONOCHROME1")
    window = Window(50, 100, function="LINEAR_EXACT")

    assert greys(image, voi=window) == [255, 0]
    assert greys(image, voi=window, is_inverted=True) == [0, 255]


def test_each_slice_has_its_own_rescale() -> None:
    image = make_image(np.array([[[0, 100]], [[0, 100]]], np.uint16))
    instances = (ImageInstance("1", Path("x")), ImageInstance("2", Path("x"), rescale_slope=0.5))
    image = MedicalImage(image.stored, image.identity, image.header, image.geometry, instances)

    assert greys(image, slice_index=0, voi=Window(50, 100, function="LINEAR_EXACT")) == [0, 255]
    assert greys(image, slice_index=1, voi=Window(50, 100, function="LINEAR_EXACT")) == [0, 128]


def test_a_voi_lut_is_looked_up() -> None:
    image = make_image(np.array([[[9, 10, 11, 12]]], np.uint16))

    assert greys(image, voi=LookupTable(10, np.array([0, 4095, 2048], np.uint16), 12)) == [0, 0, 255, 128]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, np.uint16, np.int32])
def test_the_table_agrees_with_the_display_pipeline_for_every_pixel(dtype: type) -> None:
    limits = np.iinfo(dtype)
    stored = np.linspace(max(limits.min, -2000), min(limits.max, 3000), 400).astype(dtype).reshape(1, 20, 20)
    image = make_image(stored, slope=2.5, intercept=-7)
    window = Window(40, 400)
    pixels = SlicePixels(image, 0)
    table = make_table(pixels, window, is_inverted=False)

    assert table is not None
    expected = np.rint(to_display(image, 0, window) * 255)
    assert np.abs(table.apply(pixels.stored) - expected).max() <= 1


def test_a_slice_with_a_wider_range_than_a_table_is_painted_without_one(application: object) -> None:
    stored = np.array([[[0, 2**30], [2**30, 0]]], np.int32)
    view = make_view(make_image(stored))
    view.set_voi(Window(2**29, 2**30, function="LINEAR_EXACT"))

    shown = paint(view, 200, 200)[:, :, 0]

    assert shown[60, 40] == 0
    assert shown[60, 150] == 255


def test_halving_averages_and_keeps_odd_edges() -> None:
    pixels = SlicePixels(make_image(np.array([[[0, 2, 10], [4, 6, 20]]], np.int16)), 0)

    assert pixels.level(1).tolist() == [[3, 15]]


def test_halving_negative_values_rounds_to_the_nearest() -> None:
    pixels = SlicePixels(make_image(np.array([[[-1000, -1000], [-1000, -999]]], np.int16)), 0)

    assert pixels.level(1).tolist() == [[-1000]]


def test_a_film_is_painted_pixel_for_pixel_at_its_own_size(application: object) -> None:
    stored = np.random.default_rng(3).integers(0, 256, (1, 150, 200)).astype(np.uint8)
    view = make_view(make_image(stored))
    view.set_voi(Window(127.5, 255, function="LINEAR_EXACT"))

    shown = paint(view, 200, 150)

    # Text covers the edges; the middle is free.
    assert (shown[40:90, 60:140, 0] == stored[0, 40:90, 60:140]).all()


@pytest.mark.parametrize("size", [(333, 257), (1001, 999)])
def test_a_drag_shows_the_same_picture_only_coarser(application: object, size: tuple[int, int]) -> None:
    rows, cols = np.mgrid[: size[0] * 3, : size[1] * 3]
    view = make_view(make_image((rows + cols)[None].astype(np.uint16)))
    fine = paint(view, 300, 300).astype(int)
    view.set_interacting(True)

    coarse = paint(view, 300, 300).astype(int)

    assert np.abs(fine - coarse)[40:200, 60:240].max() <= 3


def test_colour_is_shown_as_it_is(application: object) -> None:
    view = make_view(make_image(np.full((1, 40, 40, 3), (200, 30, 60), np.uint8)))

    assert paint(view, 200, 200)[120, 60].tolist() == [200, 30, 60]


def test_the_range_is_in_modality_units_without_padding() -> None:
    image = make_image(np.array([[[5, -2000]]], np.int16), slope=2, intercept=1, padding_value=-2000)
    pixels = SlicePixels(image, 0)

    assert pixels.value_range == (11, 11)


def test_a_still_image_is_painted_again_as_it_was_and_a_change_is_seen_at_once(application: object) -> None:
    stored = np.random.default_rng(2).integers(0, 4096, (2, 70, 90)).astype(np.uint16)
    view, renderer = make_view(make_image(stored)), SliceRenderer()
    view.set_voi(Window(2048, 4096))

    first, second, third = (paint(view, 160, 120, renderer=renderer) for _ in range(3))

    assert np.array_equal(first, second)
    assert np.array_equal(first, third)
    for change in (
        lambda: view.set_voi(Window(500, 600)),
        view.invert,
        lambda: view.set_zoom(1.7),
        lambda: view.set_pan(3.0, 2.0),
        view.rotate,
        lambda: view.set_slice(0),
    ):
        change()
        fresh = paint(view, 160, 120)
        for _ in range(3):
            assert np.array_equal(paint(view, 160, 120, renderer=renderer), fresh)


def test_a_still_image_is_as_sharp_on_a_dense_screen(application: object) -> None:
    stored = np.random.default_rng(2).integers(0, 4096, (1, 70, 90)).astype(np.uint16)
    view, renderer = make_view(make_image(stored)), SliceRenderer()
    painted = []
    for _ in range(3):
        canvas = QImage(300, 200, QImage.Format.Format_RGB32)
        canvas.setDevicePixelRatio(2.0)
        canvas.fill(0)
        painter = QPainter(canvas)
        renderer.paint(painter, view, place(view, 150, 100), rect=QRectF(0, 0, 150, 100))
        painter.end()
        painted.append(canvas)

    assert painted[0] == painted[1] == painted[2]
