"""Where the image lies in its view: one transform from stored pixels to the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from medmm.core.image import MedicalImage
from medmm.core.planes import Area
from ui.state.view_state import ViewState


@dataclass(frozen=True)
class Placement:
    """to_screen maps (x = column, y = row), pixel edges at whole numbers, to the widget; scale: screen px a column."""

    to_screen: QTransform
    scale: float
    rows: int
    cols: int

    def to_image(self, point: QPointF) -> QPointF:
        """Give the place in the stored image, (column, row), under a point of the widget."""
        inverse, _ = self.to_screen.inverted()
        return inverse.map(point)

    def pixel_at(self, point: QPointF) -> tuple[int, int] | None:
        """Give (row, column) of the stored pixel under a point of the widget, None outside the image."""
        place = self.to_image(point)
        row, col = math.floor(place.y()), math.floor(place.x())
        return (row, col) if 0 <= row < self.rows and 0 <= col < self.cols else None

    def visible(self, view: QRectF) -> QRectF:
        """Give the part of the stored image (x = column, y = row) that is seen in a rectangle of the widget."""
        inverse, _ = self.to_screen.inverted()
        return inverse.mapRect(view).intersected(QRectF(0, 0, self.cols, self.rows))


def pixel_aspect(image: MedicalImage) -> float:
    """Height of a pixel against its width: spacing between rows over spacing between columns, 1 where unknown."""
    _, between_rows, between_cols = image.geometry.spacing_mm
    known = math.isfinite(between_rows) and math.isfinite(between_cols) and between_rows > 0 and between_cols > 0
    return between_rows / between_cols if known else 1.0


def place(view: ViewState, width: float, height: float) -> Placement:
    """Lay the image of the view state out in a widget of this size; there must be an image."""
    assert view.image is not None, "nothing to place"
    rows, cols = view.image.size
    aspect, area = pixel_aspect(view.image), area_to_fit(view)
    scale = fit_scale(view, width, height) * view.zoom
    transform = QTransform()
    transform.translate(width / 2 + view.pan[0] * scale, height / 2 + view.pan[1] * scale)
    transform.scale(scale, scale)
    transform.rotate(90 * view.orientation.turns)
    transform.scale(-1 if view.orientation.is_mirrored else 1, aspect)
    transform.translate(-(area.left + area.right) / 2, -(area.top + area.bottom) / 2)
    return Placement(transform, scale, rows, cols)


def fit_scale(view: ViewState, width: float, height: float) -> float:
    """Screen pixels a column at which the whole image just fits, or the part or extent that its view keeps to."""
    assert view.image is not None, "nothing to place"
    area = area_to_fit(view)
    if area.magnification is not None:
        return area.magnification
    across, down = area.right - area.left, (area.bottom - area.top) * pixel_aspect(view.image)
    if view.shown.extent_mm is not None:
        down, across = (side / view.image.geometry.spacing_mm[2] for side in view.shown.extent_mm)
    if view.orientation.is_sideways:
        across, down = down, across
    return max(min(width / across, height / down), 1e-6)


def area_to_fit(view: ViewState) -> Area:
    """Give the part of the image that a zoom of 1 shows: a presentation state's displayed area, else all of it."""
    image = view.shown.seen
    assert image is not None, "nothing to place"
    rows, cols = image.size
    return image.instances[view.slice_index].planes.area or Area(0.0, 0.0, float(cols), float(rows))


def zoom_about(view: ViewState, factor: float, point: QPointF, size: tuple[float, float]) -> None:
    """Magnify so that the image stays put under a point of the widget (width, height)."""
    before = fit_scale(view, *size) * view.zoom
    view.set_zoom(view.zoom * factor)
    after = fit_scale(view, *size) * view.zoom
    shrink = 1 / after - 1 / before
    right, down = point.x() - size[0] / 2, point.y() - size[1] / 2
    view.set_pan(view.pan[0] + right * shrink, view.pan[1] + down * shrink)
