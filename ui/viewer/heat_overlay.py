"""Paints a heat map where it belongs: its own cells, outlined, on an absolute scale in logits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QTransform

from medmm.core.prediction import HeatMap
from ui import theme
from ui.viewer.heat_colors import heat_colors
from ui.viewer.placement import Placement

# The scale's end in logits, the same for every finding and case; what lies above is drawn in the end colour.
SCALE_END = 0.5
# Cells below a twentieth of the scale stay clear, so that "nothing" does not darken the film.
CLEAR_BELOW = SCALE_END / 20


def grid_to_image(heatmap: HeatMap) -> QTransform:
    """Give the way from the grid (x = column, y = row) to the stored image (x = column, y = row)."""
    matrix = heatmap.to_stored
    return QTransform(
        matrix[1, 1], matrix[0, 1], matrix[2, 1],
        matrix[1, 0], matrix[0, 0], matrix[2, 0],
        matrix[1, 2], matrix[0, 2], matrix[2, 2],
    )  # fmt: skip


def to_rgba(values: NDArray[np.float32], *, opacity: float, threshold: float) -> NDArray[np.uint8]:
    """Colour a grid: [rows, cols, 4] RGBA, clear where the value is below the threshold."""
    index = np.rint(np.clip(np.nan_to_num(values) / SCALE_END, 0, 1) * 255).astype(np.intp)
    alpha = np.where(values >= max(threshold, CLEAR_BELOW), round(opacity * 255), 0)
    return np.dstack([heat_colors()[index], alpha.astype(np.uint8)])


def paint_heatmap(
    painter: QPainter, heatmap: HeatMap, placement: Placement, *, opacity: float, threshold: float
) -> None:
    """Paint the cells, their outlines and the box that the network saw."""
    rgba = np.ascontiguousarray(to_rgba(heatmap.values, opacity=opacity, threshold=threshold))
    rows, cols = rgba.shape[:2]
    cells = QImage(rgba.data, cols, rows, cols * 4, QImage.Format.Format_RGBA8888)
    painter.save()
    painter.setTransform(grid_to_image(heatmap) * placement.to_screen, True)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QRectF(0, 0, cols, rows), cells)
    painter.setPen(_hairline(theme.TEXT, 0.28))
    for col in range(cols + 1):
        painter.drawLine(QPointF(col, 0), QPointF(col, rows))
    for row in range(rows + 1):
        painter.drawLine(QPointF(0, row), QPointF(cols, row))
    painter.restore()
    _paint_seen_box(painter, heatmap, placement)


def caption(heatmap: HeatMap, finding: str) -> str:
    """Name what is painted: finding, method and the map's own resolution."""
    rows, cols = heatmap.values.shape
    named = [finding, heatmap.method, f"map resolution {rows}x{cols}"]
    return " · ".join(part for part in named if part)


def _paint_seen_box(painter: QPainter, heatmap: HeatMap, placement: Placement) -> None:
    row0, col0, row1, col1 = heatmap.seen_box
    painter.save()
    painter.setTransform(placement.to_screen, True)
    pen = _hairline(theme.ACCENT, 0.9)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRect(QRectF(col0, row0, col1 - col0, row1 - row0))
    painter.restore()


def _hairline(token: str, alpha: float) -> QPen:
    pen = QPen(theme.color(token, alpha=alpha))
    pen.setCosmetic(True)
    return pen
