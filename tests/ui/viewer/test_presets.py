"""Which windows are on offer."""

from __future__ import annotations

import numpy as np

from medmm.core.image import LookupTable, StudyHeader, Window
from tests.ui.viewer.builders import make_image
from ui.viewer.presets import presets_of

PIXELS = np.zeros((1, 4, 4), np.int16)


def titles(**more: object) -> list[str]:
    return [preset.title for preset in presets_of(make_image(PIXELS, **more))]


def test_ct_offers_the_usual_windows_after_the_files_own() -> None:
    header = StudyHeader(modality="CT", units="HU")

    assert titles(header=header, windows=(Window(1, 2, ""),))[:4] == [
        "File window 1   W 2  L 1",
        "Automatic (0.5 to 99.5 percentile)",
        "Soft tissue   W 400  L 40",
        "Lung   W 1500  L -600",
    ]


def test_a_radiograph_never_gets_hounsfield_windows() -> None:
    table = LookupTable(0, np.zeros(4, np.uint16), 12, "HARDER")

    assert titles(voi_luts=(table,)) == ["HARDER", "Automatic (0.5 to 99.5 percentile)"]


def test_ct_in_another_unit_gets_none_of_them() -> None:
    assert titles(header=StudyHeader(modality="CT", units="US")) == ["Automatic (0.5 to 99.5 percentile)"]


def test_colour_has_no_windows() -> None:
    assert presets_of(make_image(np.zeros((1, 4, 4, 3), np.uint8))) == ()
