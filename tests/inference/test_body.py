"""Where no body is, and how much of a map's weight lies there."""

from __future__ import annotations

import numpy as np
import pytest

from medmm.core.heat_map import MAX_OUTSIDE, HeatMap
from medmm.inference.body import beyond_body, share_beyond
from medmm.inference.model_input import PreparedImage


def film() -> PreparedImage:
    """A bright trunk from side to side of the lower half, two dark lungs inside it, a marker in the air."""
    pixels = np.full((64, 64), -2.0, dtype=np.float32)
    pixels[12:, 12:52] = 1.5
    pixels[20:44, 16:28] = pixels[20:44, 36:48] = -2.0
    pixels[4:8, 54:60] = 2.0
    return PreparedImage(pixels, np.eye(3), (0.0, 0.0, 64.0, 64.0))


def test_air_is_beyond_the_body_lungs_are_not_and_a_marker_in_the_air_is() -> None:
    beyond = beyond_body(film())

    assert beyond[:12].all()
    assert beyond[12:, :12].all()
    assert not beyond[12:, 12:52].any()
    assert beyond[4:8, 54:60].all()


def test_padding_is_beyond_the_body() -> None:
    image = PreparedImage(film().pixels, np.eye(3), (0.0, 0.0, 64.0, 32.0))

    assert beyond_body(image)[:, 32:].all()


def test_evidence_in_the_corner_of_a_marker_is_flagged_and_evidence_in_a_lung_is_not() -> None:
    beyond = beyond_body(film())
    at_marker, in_lung = np.zeros((2, 4, 4), dtype=np.float32)
    at_marker[0, 3] = 0.4
    in_lung[1, 1] = 0.4

    # Three quarters of the cell's rows and a quarter of its columns are air: 1 - (4 / 16) (4 / 16).
    assert share_beyond(at_marker, beyond) == pytest.approx(1 - (4 / 16) * (4 / 16))
    assert share_beyond(in_lung, beyond) == 0
    assert share_beyond(np.zeros((4, 4), dtype=np.float32), beyond) == 0
    for values, is_flagged in ((at_marker, True), (in_lung, False)):
        outside = share_beyond(values, beyond)
        heatmap = HeatMap(values, np.eye(3), (0, 0, 64, 64), outside=outside)
        assert heatmap.lies_outside is is_flagged
        assert bool(heatmap.warning) is is_flagged
    assert 0 < MAX_OUTSIDE < 1
