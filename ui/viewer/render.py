"""From a slice and the view state to a QImage that covers what is seen, no finer than the screen can show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from medmm.core.image import MedicalImage, Window
from ui.state.view_state import ViewState, Voi
from ui.viewer.grey_table import GreyTable, make_table, to_greys
from ui.viewer.placement import Placement
from ui.viewer.plane_paint import PlanePainter
from ui.viewer.slice_pixels import SlicePixels

# While dragging, at most this many pixels are looked up for a repaint; the rest follows on release.
DRAG_BUDGET = 600_000
# From this magnification on single pixels are shown as squares: there is nothing between them.
SQUARE_PIXELS_FROM = 6.0
# Colours are shown as they are (PS3.3 C.11.2: VOI is for greys only).
WHOLE_COLOR_RANGE = Window(127.5, 255, function="LINEAR_EXACT")


@dataclass(frozen=True)
class Patch:
    """A painted part of the image and the stored pixels (x, y) that it covers; the QImage borrows the buffer."""

    image: QImage
    area: QRectF
    buffer: NDArray[np.uint8]


class SliceRenderer:
    """Keeps the slice shown, its grey table and the last patch, so that only what changed is made again."""

    def __init__(self) -> None:
        self._pixels: SlicePixels | None = None
        self._table: tuple[object, GreyTable | None] = (None, None)
        self._patch: tuple[object, Patch | None] = (None, None)
        self._still = StillLayer()
        self.planes = PlanePainter()

    def pixels(self, image: MedicalImage, slice_index: int) -> SlicePixels:
        """Give the pixels of a slice; the last one asked for is kept."""
        if self._pixels is None or self._pixels.image is not image or self._pixels.slice_index != slice_index:
            self._pixels = SlicePixels(image, slice_index)
            self._table = self._patch = (None, None)
        return self._pixels

    def clear(self) -> None:
        """Let go of the image, so that its memory returns."""
        self._pixels = None
        self._table = self._patch = (None, None)
        self._still.clear()
        self.planes.clear()

    def paint(self, painter: QPainter, view: ViewState, placement: Placement, *, rect: QRectF) -> None:
        """Paint the part of the image that is seen in `rect` of the widget."""
        image = view.shown.seen
        assert image is not None, "nothing to paint"
        pixels = self.pixels(image, view.slice_index)
        seen = placement.visible(rect)
        if seen.isEmpty():
            return
        density = placement.scale * painter.device().devicePixelRatio()
        patch = self._find_patch(pixels, view, seen, density)
        self._still.paint(painter, patch, placement, rect=rect)

    def _find_patch(self, pixels: SlicePixels, view: ViewState, seen: QRectF, density: float) -> Patch:
        halvings = _halvings(density, seen, is_coarse=view.is_interacting)
        level = pixels.level(halvings)
        box = _cover(seen, 2**halvings, level.shape[:2])
        voi = current_voi(view, pixels)
        look = (voi if isinstance(voi, Window) else id(voi), view.is_inverted)
        key = (halvings, box, look)
        patch = self._patch[1]
        if patch is None or key != self._patch[0]:
            block = level[box[0] : box[1], box[2] : box[3]]
            patch = _to_patch(self._paintable(pixels, block, look, voi), box, 2**halvings)
            self._patch = (key, patch)
        return patch

    def _paintable(self, pixels: SlicePixels, block: NDArray[Any], look: tuple[object, bool], voi: Voi) -> NDArray[Any]:
        """Give greys [rows, cols] or RGB [rows, cols, 3] of a block of stored values."""
        if pixels.image.is_color:
            return 255 - block if look[1] else block
        if look != self._table[0]:
            self._table = (look, make_table(pixels, voi, is_inverted=look[1]))
        table = self._table[1]
        return table.apply(block) if table else to_greys(pixels, block, voi, is_inverted=look[1])


class StillLayer:
    """The image as it lies on the screen, kept while only what is painted over it changes, as in a measuring drag.

    It is made at the second paint alike: what scrolls or is windowed is never alike and does not pay for it.
    """

    def __init__(self) -> None:
        self._patch: Patch | None = None
        self._place: object = None
        self._layer: QImage | None = None

    def clear(self) -> None:
        """Let go of the picture."""
        self._patch = self._place = self._layer = None

    def paint(self, painter: QPainter, patch: Patch, placement: Placement, *, rect: QRectF) -> None:
        """Paint a patch where it belongs, from the layer where there is one."""
        ratio = painter.device().devicePixelRatio()
        place = (placement, rect, ratio)
        if patch is not self._patch or place != self._place:
            self._patch, self._place, self._layer = patch, place, None
            _draw(painter, patch, placement)
            return
        if self._layer is None:
            self._layer = _to_layer(patch, placement, rect, ratio)
        painter.drawImage(rect.topLeft(), self._layer)


def _to_layer(patch: Patch, placement: Placement, rect: QRectF, ratio: float) -> QImage:
    layer = QImage((rect.size() * ratio).toSize(), QImage.Format.Format_RGB32)
    layer.setDevicePixelRatio(ratio)
    layer.fill(0)
    painter = QPainter(layer)
    try:
        painter.translate(-rect.topLeft())
        _draw(painter, patch, placement)
    finally:
        painter.end()
    return layer


def _draw(painter: QPainter, patch: Patch, placement: Placement) -> None:
    density = placement.scale * painter.device().devicePixelRatio()
    painter.save()
    painter.setTransform(placement.to_screen, True)
    # Halved odd sizes reach past the edge by less than one of their pixels.
    painter.setClipRect(QRectF(0, 0, placement.cols, placement.rows))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, density < SQUARE_PIXELS_FROM)
    painter.drawImage(patch.area, patch.image, QRectF(patch.image.rect()))
    painter.restore()


def current_voi(view: ViewState, pixels: SlicePixels) -> Voi:
    """Give the window or VOI LUT in force: the user's, else the file's window, VOI LUT, or the automatic window."""
    if pixels.image.is_color:
        return WHOLE_COLOR_RANGE
    if view.voi is not None:
        return view.voi
    presented = pixels.image.instances[pixels.slice_index].voi
    if presented is not None:
        return presented
    if pixels.image.voi_luts and not pixels.image.windows:
        return pixels.image.voi_luts[0]
    return pixels.default_window


def _halvings(density: float, seen: QRectF, *, is_coarse: bool) -> int:
    halvings = max(math.floor(math.log2(1 / density)), 0) if density < 1 else 0
    while is_coarse and seen.width() * seen.height() / 4**halvings > DRAG_BUDGET:
        halvings += 1
    return halvings


def _cover(seen: QRectF, step: int, size: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Give (row0, row1, col0, col1) of a halved level that covers a part of the image, one pixel wider all round."""
    row0, col0 = max(int(seen.top() // step) - 1, 0), max(int(seen.left() // step) - 1, 0)
    row1, col1 = int(seen.bottom() // step) + 2, int(seen.right() // step) + 2
    return row0, min(row1, size[0]), col0, min(col1, size[1])


def _to_patch(block: NDArray[Any], box: tuple[int, int, int, int], step: int) -> Patch:
    rows, cols = block.shape[:2]
    is_color = block.ndim == 3
    buffer = np.ascontiguousarray(block, dtype=np.uint8)
    shape = QImage.Format.Format_RGB888 if is_color else QImage.Format.Format_Grayscale8
    image = QImage(buffer.data, cols, rows, cols * (3 if is_color else 1), shape)
    return Patch(image, QRectF(box[2] * step, box[0] * step, cols * step, rows * step), buffer)
