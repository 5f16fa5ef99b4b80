"""The scale bar and the words at the edges stay clear of each other at every text size."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.ui.viewer.builders import CHEST, SITUATION, make_image, make_view
from ui import theme
from ui.state.orientation import Orientation
from ui.viewer import corners, letters, scale_bar
from ui.viewer.corner_text import write_corners
from ui.viewer.corners import paint_corners
from ui.viewer.letters import paint_letters
from ui.viewer.outlined_text import draw_outlined
from ui.viewer.scale_bar import paint_scale_bar
from ui.viewer.slice_pixels import SlicePixels

pytestmark = pytest.mark.gui
SIZES = [(480, 560), (640, 640), (700, 640), (1240, 820)]


@pytest.fixture(params=[100, 150, 200])
def scaled(request: pytest.FixtureRequest, application: QApplication) -> Iterator[int]:
    theme.apply(application, theme.Look("dark", request.param))
    yield request.param
    theme.apply(application, theme.Look("dark", 100))


@pytest.mark.usefixtures("scaled")
@pytest.mark.parametrize("size", SIZES)
def test_no_word_lies_on_another(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[QRectF] = []

    def note(painter: QPainter, baseline: QPointF, text: str, **more: str) -> None:
        metrics = painter.fontMetrics()
        drawn.append(
            QRectF(baseline.x(), baseline.y() - metrics.ascent(), metrics.horizontalAdvance(text), metrics.ascent())
        )
        draw_outlined(painter, baseline, text, **more)

    for module in (corners, letters, scale_bar):
        monkeypatch.setattr(module, "draw_outlined", note)
    image = make_image(np.arange(1200, dtype=np.uint16).reshape(1, 30, 40))
    view = make_view(image)
    canvas, rect = QImage(*size, QImage.Format.Format_RGB32), QRectF(0, 0, *size)
    painter = QPainter(canvas)
    texts = paint_corners(painter, write_corners(view, SlicePixels(image, 0), SITUATION), rect, amount=view.corner_text)
    unknown = CHEST.__class__(CHEST.spacing_mm, CHEST.spacing_label)
    paint_letters(painter, unknown, Orientation(), rect=rect, clear_of=texts)
    paint_scale_bar(painter, unknown, scale=9.0, rect=rect, clear_of=texts)
    painter.end()

    assert len(drawn) > 6
    for number, one in enumerate(drawn):
        assert rect.contains(one)
        assert not any(one.intersects(other) for other in drawn[number + 1 :])
