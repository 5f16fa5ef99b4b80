"""Pictures drawn in a worker: thumbnails and the chart of the vital signs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from medmm.core.image import Window
from medmm.core.progress import CancelToken
from tests.ui.builders import make_case, make_image, make_result
from ui.panels.thumbnail import draw_thumbnails
from ui.panels.vitals_chart import chart_request, draw_vitals

pytestmark = pytest.mark.gui


def test_a_thumbnail_shows_the_middle_slice_through_its_window(application: object) -> None:
    image = replace(make_image(n_slices=3), windows=(Window(20, 40),))
    stored = np.array(image.stored)
    stored[1] = 39
    picture = draw_thumbnails((replace(image, stored=stored),), cancel=CancelToken())[0]

    assert (picture.width(), picture.height()) == (40, 30)
    assert picture.pixelColor(0, 0).red() > 245


def test_a_large_image_is_sampled_before_it_is_converted(application: object) -> None:
    image = make_image()
    large = replace(image, stored=np.zeros((1, 3000, 2000), np.int16))

    picture = draw_thumbnails((large,), cancel=CancelToken())[0]

    assert max(picture.width(), picture.height()) <= 150


@pytest.mark.slow
def test_the_chart_has_a_strip_for_every_vital_sign_and_tells_high_values(application: object) -> None:
    request = chart_request(make_case(Path("/a")), make_result().explanations["pneumonia"], width=360, pixel_ratio=2.0)

    picture = draw_vitals(request)

    assert (picture.width(), picture.height()) == (720, 2 * request.height)
    assert picture.devicePixelRatio() == 2.0
    colors = {picture.pixelColor(x, y).name() for x in range(0, 720, 1) for y in range(0, 112, 1)}
    # The temperature of 39.1 lies above the reference range: its point and its words are in the warning colour.
    assert "#f2c94c" in colors
