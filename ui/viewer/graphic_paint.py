"""Draws the graphics and texts of a presentation state (PS3.3 C.10.5) with a dark rim, readable on any film."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from medmm.core.planes import Graphic, GraphicKind, Point
from ui import theme
from ui.state.view_state import ViewState
from ui.viewer.outlined_text import draw_outlined, plain
from ui.viewer.placement import Placement

CROSS = 5.0
PEN_WIDTH, RIM_WIDTH = 1.5, 4.0
FILL_OPACITY = 0.35
GAP = 12.0
# How much of the free room stands left of a line.
SHARES = {"LEFT": 0.0, "CENTER": 0.5, "RIGHT": 1.0}


def paint_graphics(painter: QPainter, view: ViewState, placement: Placement) -> None:
    """Draw what the presentation state draws over the slice shown, unless it is switched off."""
    image = view.shown.seen
    assert image is not None, "nothing to draw on"
    if not view.layers.graphics:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for graphic in image.instances[view.slice_index].planes.graphics:
        if graphic.kind is GraphicKind.TEXT:
            _paint_text(painter, graphic, placement)
        else:
            _stroke(painter, _path(graphic, placement), graphic)
    painter.restore()


def _path(graphic: Graphic, placement: Placement) -> QPainterPath:
    points = [_on_screen(point, placement) for point in graphic.points]
    return _PATHS[graphic.kind](points)


def _on_screen(point: Point, placement: Placement) -> QPointF:
    return placement.to_screen.map(QPointF(*point))


def _cross(points: Sequence[QPointF]) -> QPainterPath:
    path, at = QPainterPath(), points[0]
    for way in (QPointF(CROSS, 0), QPointF(0, CROSS)):
        path.moveTo(at - way)
        path.lineTo(at + way)
    return path


def _lines(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    return path


def _curve(points: Sequence[QPointF]) -> QPainterPath:
    """Lead a smooth line through all points (Catmull-Rom); closed where the last point is the first."""
    path = QPainterPath(points[0])
    is_closed = points[0] == points[-1] and len(points) > 2
    before = points[-2] if is_closed else points[0]
    after = points[1] if is_closed else points[-1]
    ring = [before, *points, after]
    for number in range(1, len(points)):
        start, end = ring[number], ring[number + 1]
        path.cubicTo(start + (end - ring[number - 1]) / 6, end - (ring[number + 2] - start) / 6, end)
    return path


def _circle(points: Sequence[QPointF]) -> QPainterPath:
    path, radius = QPainterPath(), QLineF(points[0], points[1]).length()
    path.addEllipse(points[0], radius, radius)
    return path


def _ellipse(points: Sequence[QPointF]) -> QPainterPath:
    """Draw it in the frame of its own axes, whatever their direction."""
    long, short = QLineF(points[0], points[1]), QLineF(points[2], points[3])
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), long.length() / 2, short.length() / 2)
    turn = QTransform().translate(long.center().x(), long.center().y()).rotate(-long.angle())
    return turn.map(path)


_PATHS: dict[GraphicKind, Callable[[Sequence[QPointF]], QPainterPath]] = {
    GraphicKind.POINT: _cross,
    GraphicKind.POLYLINE: _lines,
    GraphicKind.INTERPOLATED: _curve,
    GraphicKind.CIRCLE: _circle,
    GraphicKind.ELLIPSE: _ellipse,
}


def _stroke(painter: QPainter, path: QPainterPath, graphic: Graphic) -> None:
    if graphic.is_filled:
        painter.fillPath(path, _color(graphic, alpha=FILL_OPACITY))
    painter.strokePath(path, QPen(theme.color("#000000", alpha=0.7), RIM_WIDTH))
    painter.strokePath(path, QPen(_color(graphic), PEN_WIDTH))


def _color(graphic: Graphic, *, alpha: float = 1.0) -> QColor:
    return theme.color(graphic.color or theme.TEXT, alpha=alpha)


def _paint_text(painter: QPainter, graphic: Graphic, placement: Placement) -> None:
    painter.setFont(theme.font(theme.SIZE_BODY))
    metrics = QFontMetricsF(painter.font())
    lines = [plain(line) for line in graphic.text.split("\n")]
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    box = _text_box(graphic, placement, QRectF(0, 0, wide, metrics.lineSpacing() * len(lines)))
    if graphic.has_leader and graphic.anchor is not None:
        anchor = _on_screen(graphic.anchor, placement)
        _stroke(painter, _lines((_nearest(box.adjusted(-2, -2, 2, 2), anchor), anchor)), graphic)
    for number, line in enumerate(lines):
        left = box.left() + (wide - metrics.horizontalAdvance(line)) * SHARES.get(graphic.alignment, 0.0)
        baseline = box.top() + metrics.ascent() + number * metrics.lineSpacing()
        draw_outlined(painter, QPointF(round(left), round(baseline)), line, color=graphic.color or theme.TEXT)


def _text_box(graphic: Graphic, placement: Placement, needed: QRectF) -> QRectF:
    """Find where a text stands: upright in its box, however the image is turned; without a box beside its anchor."""
    if len(graphic.points) == 2:
        corners = (_on_screen(point, placement) for point in graphic.points)
        stated = QRectF(*corners).normalized()
        room = max(stated.width() - needed.width(), 0.0)
        return needed.translated(stated.topLeft() + QPointF(room * SHARES.get(graphic.alignment, 0.0), 0))
    anchor = _on_screen(graphic.anchor or (0.0, 0.0), placement)
    return needed.translated(anchor + QPointF(GAP, -GAP - needed.height()))


def _nearest(box: QRectF, point: QPointF) -> QPointF:
    return QPointF(
        min(max(point.x(), box.left()), box.right()),
        min(max(point.y(), box.top()), box.bottom()),
    )
