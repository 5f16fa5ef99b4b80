"""Paints the crosshair: each other plane as a line in its colour, named, with the handles that turn it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from medmm.imaging.reformat import Plane
from ui import theme
from ui.state.plane_words import plane_name
from ui.viewer.crosshair_figure import CENTRE_REACH, Figure, Grip, Held, PlaneLine
from ui.viewer.outlined_text import draw_outlined

PLANE_COLORS = {
    Plane.AXIAL: theme.PLANE_AXIAL,
    Plane.CORONAL: theme.PLANE_CORONAL,
    Plane.SAGITTAL: theme.PLANE_SAGITTAL,
}
WIDTH, HELD_WIDTH, HANDLE = 1.0, 2.0, 4.0
FRAME, EDGE = 2.0, 30.0
# Below this many pixels the edges of a slab would hide in the line itself.
LEAST_THICKNESS = 2.0


def paint_crosshair(painter: QPainter, figure: Figure, rect: QRectF, *, held: Held | None) -> None:
    """Paint the lines of the two other planes; the middle stays free for what is looked at."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    reach = rect.width() + rect.height()
    # Letters and scale keep the edges for themselves.
    painter.setClipRect(rect.adjusted(EDGE, EDGE, -EDGE, -EDGE))
    for line in figure.lines:
        is_held = held is not None and (held.grip is Grip.CENTRE or held.plane is line.plane)
        color = PLANE_COLORS[line.plane]
        for way in (line.direction, -line.direction):
            _stroke(painter, color, HELD_WIDTH if is_held else WIDTH, figure.centre + way * CENTRE_REACH, way * reach)
        _paint_slab(painter, figure, line, reach)
        for handle in figure.handles(line):
            _paint_handle(painter, handle, color, is_full=held == Held(Grip.HANDLE, line.plane))
        _paint_name(painter, figure, line, rect)


def paint_plane_frame(painter: QPainter, plane: Plane, rect: QRectF) -> None:
    """Mark a view by the colour that its plane has as a line elsewhere."""
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), FRAME), theme.color(PLANE_COLORS[plane]))


def _stroke(painter: QPainter, color: str, width: float, start: QPointF, way: QPointF) -> None:
    for pen in (QPen(theme.color("#000000", alpha=0.5), width + 2), QPen(theme.color(color), width)):
        painter.setPen(pen)
        painter.drawLine(QLineF(start, start + way))


def _paint_slab(painter: QPainter, figure: Figure, line: PlaneLine, reach: float) -> None:
    if line.half_thickness.manhattanLength() < LEAST_THICKNESS:
        return
    pen = QPen(theme.color(PLANE_COLORS[line.plane], alpha=0.7), WIDTH, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    for edge in (line.half_thickness, -line.half_thickness):
        middle = figure.centre + edge
        painter.drawLine(QLineF(middle - line.direction * reach, middle + line.direction * reach))


def _paint_handle(painter: QPainter, handle: QPointF, color: str, *, is_full: bool) -> None:
    painter.setPen(QPen(theme.color("#000000", alpha=0.5), HELD_WIDTH + 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(handle, HANDLE, HANDLE)
    painter.setPen(QPen(theme.color(color), HELD_WIDTH))
    painter.setBrush(theme.color(color) if is_full else theme.color("#000000", alpha=0.5))
    painter.drawEllipse(handle, HANDLE, HANDLE)


def _paint_name(painter: QPainter, figure: Figure, line: PlaneLine, rect: QRectF) -> None:
    # Beside the handle that lies farther right, or farther down: the colour alone would not do.
    painter.setFont(theme.font(theme.SIZE_CORNER))
    name = plane_name(line.plane)
    place = max(figure.handles(line), key=lambda handle: (round(handle.x()), handle.y()))
    metrics = QFontMetricsF(painter.font())
    width = metrics.horizontalAdvance(name)
    is_flat = abs(line.direction.x()) > abs(line.direction.y())
    left = place.x() - width / 2 if is_flat else place.x() + 2 * HANDLE
    base = place.y() - 2 * HANDLE if is_flat else place.y() + metrics.ascent() / 2
    left = min(max(left, rect.left() + HANDLE), rect.right() - width - HANDLE)
    draw_outlined(painter, QPointF(round(left), round(base)), name, color=PLANE_COLORS[line.plane])
