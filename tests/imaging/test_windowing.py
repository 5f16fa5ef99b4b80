"""Stored values to display values, against numbers computed by hand from PS3.3 C.11."""

import numpy as np
import pytest

from medmm.core.errors import UnsupportedImage
from medmm.core.image import LookupTable, Window
from medmm.imaging.windowing import (
    apply_lookup,
    apply_window,
    auto_window,
    default_voi,
    display_lut,
    to_display,
    to_modality,
    without_useless_voi,
)
from tests.imaging.builders import make_image


def test_linear_window_follows_the_formula_of_the_standard():
    # C.11.2.1.2.1 with c = 100, w = 11: y = (x - 99.5) / 10 + 0.5
    shown = apply_window(np.array([94, 95, 97, 100, 104, 105]), Window(100, 11))

    assert shown == pytest.approx([0.0, 0.05, 0.25, 0.55, 0.95, 1.0], abs=1e-6)


def test_linear_window_of_width_one_is_a_step():
    assert apply_window(np.array([9, 10]), Window(10, 1)).tolist() == [0.0, 1.0]


def test_linear_exact_window_is_symmetric_about_its_centre():
    # C.11.2.1.3.2: y = (x - c) / w + 0.5
    shown = apply_window(np.array([0, 25, 50, 100]), Window(50, 100, function="LINEAR_EXACT"))

    assert shown == pytest.approx([0.0, 0.25, 0.5, 1.0])


def test_sigmoid_window_is_one_half_at_its_centre():
    # C.11.2.1.3.1: y = 1 / (1 + exp(-4 (x - c) / w))
    shown = apply_window(np.array([50.0, 75.0]), Window(50, 100, function="SIGMOID"))

    assert shown == pytest.approx([0.5, 1 / (1 + np.exp(-1.0))])


def test_window_scales_to_the_range_asked_for():
    shown = apply_window(np.array([0, 100]), Window(50, 100, function="LINEAR_EXACT"), out_range=(-1, 1))

    assert shown.tolist() == [-1.0, 1.0]


@pytest.mark.parametrize(("function", "width"), [("LINEAR", 0.5), ("LINEAR_EXACT", 0), ("SIGMOID", 0)])
def test_a_width_that_the_standard_forbids_is_refused(function, width):
    with pytest.raises(UnsupportedImage, match="width"):
        apply_window(np.array([1]), Window(0, width, function=function))


def test_ct_values_stay_int16():
    image = make_image(np.array([[0, 1024, 2024]], dtype=np.uint16), intercept=-1024.0)

    values = to_modality(image, 0)

    assert values.dtype == np.int16
    assert values.tolist() == [[-1024, 0, 1000]]


def test_values_that_leave_int16_become_float():
    image = make_image(np.array([[0, 65535]], dtype=np.uint16), intercept=-1.0)

    assert to_modality(image, 0).tolist() == [[-1.0, 65534.0]]


def test_fractional_slope_is_applied():
    image = make_image(np.array([[2, 4]], dtype=np.int16), slope=0.5, intercept=1.0)

    assert to_modality(image, 0).tolist() == [[2.0, 3.0]]


def test_lookup_holds_its_end_values_outside():
    table = LookupTable(10, np.array([5, 6, 7], dtype=np.uint16), 8)

    assert apply_lookup(np.array([-3, 10, 11, 12, 99]), table).tolist() == [5, 5, 6, 7, 7]


def test_monochrome1_is_inverted_after_the_window():
    stored = np.array([[0, 25, 100]], dtype=np.uint8)
    window = Window(50, 100, function="LINEAR_EXACT")
    image = make_image(stored, photometric_interpretation="MONOCHROME1")

    assert to_display(image, 0, window)[0] == pytest.approx([1.0, 0.75, 0.0])


def test_negative_slope_and_monochrome1_do_not_cancel_wrongly():
    # Modality value = -stored; the window sees -100..0, only then black and white change places.
    image = make_image(np.array([[0, 100]], dtype=np.uint8), slope=-1.0, photometric_interpretation="MONOCHROME1")

    assert to_display(image, 0, Window(-50, 100, function="LINEAR_EXACT"))[0].tolist() == [0.0, 1.0]


def test_auto_window_leaves_padding_out():
    stored = np.full((10, 10), -2000, dtype=np.int16)
    stored[:, 5:] = np.arange(50).reshape(10, 5)

    window = auto_window(make_image(stored, padding_value=-2000))

    assert 0 <= window.center - window.width / 2 < 1
    assert 48 < window.center + window.width / 2 <= 49


def test_voi_lut_is_used_where_there_is_no_window():
    table = LookupTable(0, np.array([0, 255, 0], dtype=np.uint16), 8)
    image = make_image(np.array([[0, 1, 2]], dtype=np.uint8), voi_luts=(table,))

    assert default_voi(image) is table
    assert to_display(image, 0)[0].tolist() == [0.0, 1.0, 0.0]


def test_a_window_beside_all_values_is_left_out_and_named():
    stored = np.arange(1000, 1100, dtype=np.int16).reshape(10, 10)

    image = without_useless_voi(make_image(stored, windows=(Window(50, 10), Window(1050, 100))))

    assert image.windows == (Window(1050, 100),)
    assert [note.code for note in image.notes] == ["window_useless"]


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16])
@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
def test_display_lut_paints_what_to_display_computes(dtype, photometric):
    stored = np.array([[0, 3, 40, 100]], dtype=dtype)
    image = make_image(stored, windows=(Window(60, 80),), photometric_interpretation=photometric)

    painted = display_lut(image)[stored.astype(int) - np.iinfo(dtype).min]

    assert np.abs(painted / 255 - to_display(image, 0)[0]).max() <= 0.5 / 255 + 1e-6


def test_auto_window_of_a_large_film_is_near_the_exact_percentiles():
    stored = np.random.default_rng(5).integers(0, 4000, (1500, 1500)).astype(np.uint16)

    window = auto_window(make_image(stored))

    assert window.center - window.width / 2 == pytest.approx(20, abs=3)
    assert window.center + window.width / 2 == pytest.approx(3980, abs=3)
