"""Pictures drawn in a worker: thumbnails."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from medmm.core.image import Window
from tests.ui.builders import make_image
from ui.panels.thumbnail import draw_thumbnail

pytestmark = pytest.mark.gui


def test_a_thumbnail_shows_the_middle_slice_through_its_window(application: object) -> None:
    image = replace(make_image(n_slices=3), windows=(Window(20, 40),))
    stored = np.array(image.stored)
    stored[1] = 39
    picture = draw_thumbnail(replace(image, stored=stored))

    assert (picture.width(), picture.height()) == (40, 30)
    assert picture.pixelColor(0, 0).red() > 245


def test_a_large_image_is_sampled_before_it_is_converted(application: object) -> None:
    image = make_image()
    large = replace(image, stored=np.zeros((1, 3000, 2000), np.int16))

    picture = draw_thumbnail(large)

    assert max(picture.width(), picture.height()) <= 150
