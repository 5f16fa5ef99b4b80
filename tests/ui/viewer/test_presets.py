"""Which windows are on offer, in which order, and by which digit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medmm.core.image import LookupTable, MedicalImage, StudyHeader, Window
from medmm.core.window_preset import WindowPreset
from tests.ui.viewer.builders import make_image, make_view
from ui.viewer.presets import Preset, offer_of
from ui.viewer.slice_pixels import SlicePixels
from ui.viewer.window_menu import choose_by_digit

PIXELS = np.array([[[0, 100], [200, 1000]]], np.int16)
PRESETS = {
    "CT": (WindowPreset("Soft tissue", 400, 40), WindowPreset("Lung", 1500, -600)),
    "PT": (WindowPreset("SUV 0 to 6", 6, 3),),
    # A file that names a radiograph's windows must not bring them onto one.
    "DX": (WindowPreset("Lung", 1500, -600),),
}
AUTO = ["Auto: full range", "Auto: 0.5 to 99.5 percentile"]
CT = StudyHeader(modality="CT", units="HU")


def offered(image: MedicalImage) -> list[tuple[str, int | None]]:
    return [(preset.title, preset.digit) for preset in offer_of(image, 0, PRESETS).entries]


def voi_of(preset: Preset, image: MedicalImage) -> Window:
    voi = preset.voi_of(SlicePixels(image, 0))
    assert isinstance(voi, Window)
    return voi


def test_ct_offers_the_files_own_then_automatic_ones_then_its_presets() -> None:
    image = make_image(PIXELS, header=CT, windows=(Window(1, 2, ""), Window(3, 4, "BONE")))

    assert offered(image) == [
        ("File window 1   W 2  L 1", None),
        ("BONE   W 4  L 3", None),
        (AUTO[0], None),
        (AUTO[1], None),
        ("Soft tissue   W 400  L 40", 1),
        ("Lung   W 1500  L -600", 2),
    ]


def test_a_slice_under_a_presentation_state_offers_the_states_window_first() -> None:
    image = make_image(PIXELS, windows=(Window(1, 2, "NORMAL"),))
    state = replace(image, instances=(replace(image.instances[0], voi=Window(3, 4)),))

    assert offered(state)[:2] == [("Presentation state   W 4  L 3", 1), ("NORMAL   W 2  L 1", 2)]


def test_a_radiograph_never_gets_presets_and_its_digits_are_its_own_windows() -> None:
    table = LookupTable(0, np.zeros(4, np.uint16), 12, "HARDER")
    image = make_image(PIXELS, windows=(Window(1, 2, "NORMAL"),), voi_luts=(table,))

    assert offered(image) == [("NORMAL   W 2  L 1", 1), ("HARDER   VOI LUT", 2), (AUTO[0], 3), (AUTO[1], 4)]


def test_ct_in_another_unit_gets_none_of_them() -> None:
    image = make_image(PIXELS, header=StudyHeader(modality="CT", units="US"))

    assert [title for title, _ in offered(image)] == AUTO


def test_suv_windows_are_offered_in_the_images_own_values_only_where_suv_is_known() -> None:
    image = make_image(PIXELS, header=StudyHeader(modality="PT", units="BQML"))
    assert [title for title, _ in offered(image)] == AUTO

    # One SUV is 500 Bq/ml.
    known = replace(image, instances=(replace(image.instances[0], suv_factor=0.002),))

    assert offered(known)[-1] == ("SUV 0 to 6   W 6  L 3", 1)
    assert voi_of(offer_of(known, 0, PRESETS).usual[0], known) == Window(1500, 3000, "SUV 0 to 6", "LINEAR_EXACT")


def test_the_automatic_windows_are_the_range_and_the_percentiles() -> None:
    image = make_image(np.arange(1001, dtype=np.int16).reshape(1, 7, 143))
    whole, percentiles = offer_of(image, 0, PRESETS).automatic

    assert (voi_of(whole, image).center, voi_of(whole, image).width) == (500, 1000)
    assert (voi_of(percentiles, image).center, voi_of(percentiles, image).width) == pytest.approx((500, 990))


def test_padding_is_no_part_of_the_full_range() -> None:
    image = make_image(PIXELS, padding_value=1000)

    assert voi_of(offer_of(image, 0, PRESETS).automatic[0], image).width == 200


def test_colour_has_no_windows() -> None:
    assert offered(make_image(np.zeros((1, 4, 4, 3), np.uint8))) == []


def test_a_digit_chooses_the_preset_of_the_modality() -> None:
    view = make_view(make_image(PIXELS, header=CT, windows=(Window(1, 2, ""),)))
    view.set_habits(replace(view.habits, presets=PRESETS))
    assert view.image is not None

    assert choose_by_digit(2, view, SlicePixels(view.image, 0))
    assert view.voi == Window(-600, 1500, "Lung")
    assert not choose_by_digit(3, view, SlicePixels(view.image, 0))
