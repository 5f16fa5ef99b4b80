"""Paints what a file lays over its pixels: overlays in the image's own bits, and the shutter over all of it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from medmm.core.planes import Overlay, Shutter
from medmm.imaging.shutters import hidden_pixels, place_bits
from ui import theme
from ui.state.view_state import ViewState
from ui.viewer.placement import Placement, pixel_aspect

# Values of an overlay's picture: nothing, the dark rim that keeps light lines readable on white, lines, regions.
CLEAR, RIM, LINE, REGION = range(4)
Mask = NDArray[np.bool_]


class PlanePainter:
    """Keeps the pictures of one slice's planes, so that a repaint only draws them."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[object, QImage]] = {}

    def clear(self) -> None:
        """Let go of the pictures."""
        self._made.clear()

    def paint(self, painter: QPainter, view: ViewState, placement: Placement) -> None:
        """Paint the planes of the slice shown, as far as they are switched on."""
        image = view.shown.seen
        assert image is not None, "nothing to paint"
        planes, size = image.instances[view.slice_index].planes, image.size
        halvings = _halvings(placement.scale * painter.device().devicePixelRatio())
        if planes.overlays and view.layers.graphics:
            key = (planes, size, halvings)
            shown = self._picture("overlays", key, lambda: _overlay_picture(planes.overlays, size, halvings))
            _draw(painter, shown, placement, halvings)
        if planes.shutter is not None and view.layers.shutter:
            shutter, aspect = planes.shutter, pixel_aspect(image)
            shown = self._picture("shutter", (planes, size), lambda: _shutter_picture(shutter, size, aspect))
            _draw(painter, shown, placement, 0)

    def _picture(self, name: str, key: object, make: Callable[[], QImage]) -> QImage:
        known = self._made.get(name)
        if known is None or known[0] != key:
            known = self._made[name] = (key, make())
        return known[1]


def _overlay_picture(overlays: tuple[Overlay, ...], size: tuple[int, int], halvings: int) -> QImage:
    values = np.full(_halved(np.zeros(size, bool), halvings).shape, CLEAR, np.uint8)
    lines = np.zeros(values.shape, bool)
    for overlay in overlays:
        seen = _halved(place_bits(overlay.bits, overlay.origin, size), halvings)
        if overlay.is_region:
            values[seen] = REGION
        else:
            lines |= seen
    values[_grown(lines)] = RIM
    values[lines] = LINE
    rim, line, region = theme.color("#000000", alpha=0.6), theme.color(theme.TEXT), theme.color(theme.TEXT, alpha=0.35)
    return _indexed(values, [QColor(0, 0, 0, 0), rim, line, region])


def _shutter_picture(shutter: Shutter, size: tuple[int, int], aspect: float) -> QImage:
    grey = round(shutter.p_value / 257)
    hidden = hidden_pixels(shutter, size, aspect=aspect)
    return _indexed(hidden.astype(np.uint8), [QColor(0, 0, 0, 0), QColor(grey, grey, grey)])


def _draw(painter: QPainter, picture: QImage, placement: Placement, halvings: int) -> None:
    step = 2**halvings
    painter.save()
    painter.setTransform(placement.to_screen, True)
    # Halved odd sizes reach past the edge by less than one of their pixels.
    painter.setClipRect(QRectF(0, 0, placement.cols, placement.rows))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    area = QRectF(0, 0, picture.width() * step, picture.height() * step)
    painter.drawImage(area, picture, QRectF(picture.rect()))
    painter.restore()


def _halvings(density: float) -> int:
    return max(math.floor(math.log2(1 / density)), 0) if density < 1 else 0


def _halved(bits: Mask, halvings: int) -> Mask:
    """Halve a bitmap so that a set bit stays seen: a thin line must not fall between the pixels of the screen."""
    for _ in range(halvings):
        even = np.pad(bits, [(0, length % 2) for length in bits.shape])
        bits = even[::2, ::2] | even[1::2, ::2] | even[::2, 1::2] | even[1::2, 1::2]
    return bits


def _grown(bits: Mask) -> Mask:
    """Widen a bitmap by one pixel to all sides."""
    wide = np.pad(bits, 1)
    down = wide[:-2] | wide[1:-1] | wide[2:]
    return down[:, :-2] | down[:, 1:-1] | down[:, 2:]


def _indexed(values: NDArray[np.uint8], colors: list[QColor]) -> QImage:
    rows, cols = values.shape
    buffer = np.ascontiguousarray(values)
    picture = QImage(buffer.data, cols, rows, cols, QImage.Format.Format_Indexed8)
    picture.setColorTable([color.rgba() for color in colors])
    # A copy owns its pixels; the buffer goes.
    return picture.copy()
