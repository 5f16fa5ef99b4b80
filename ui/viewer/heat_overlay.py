"""Paints a heat map where it belongs: its own cells, outlined, on an absolute scale in logits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QTransform

from medmm.core.heat_map import HeatMap
from ui import theme
from ui.language import mark, tr
from ui.viewer.heat_colors import heat_colors
from ui.viewer.placement import Placement

# Cells below a twentieth of the scale stay clear, so that "nothing" does not darken the film.
CLEAR_BELOW = 0.05
# Weak cells are more transparent, by this much at the lower end, so that the film under them stays readable.
WEAKEST = 0.4
MEANING = mark("areas that changed the score")
SEEN_BOX = mark("dashed: what the network saw")
OUTSIDE = mark("the evidence lies outside the anatomy")


@dataclass(frozen=True)
class HeatLook:
    """How a map is drawn. opacity: 0 to 1; threshold: weaker cells stay clear (logits); scale: name of the colours."""

    opacity: float
    threshold: float
    scale: str = "inferno"


def grid_to_image(heatmap: HeatMap) -> QTransform:
    """Give the way from the grid (x = column, y = row) to the stored image (x = column, y = row)."""
    matrix = heatmap.to_stored
    return QTransform(
        matrix[1, 1], matrix[0, 1], matrix[2, 1],
        matrix[1, 0], matrix[0, 0], matrix[2, 0],
        matrix[1, 2], matrix[0, 2], matrix[2, 2],
    )  # fmt: skip


def to_rgba(heatmap: HeatMap, look: HeatLook) -> NDArray[np.uint8]:
    """Colour a grid: [rows, cols, 4] RGBA on the model's scale, clear below the threshold (logits)."""
    return colored(heatmap.values, look, top=heatmap.scale_logits)


def colored(values: NDArray[np.float32], look: HeatLook, *, top: float) -> NDArray[np.uint8]:
    """Colour weights [rows, cols] as [rows, cols, 4] RGBA; top: the upper end of the scale, in their unit."""
    values = np.nan_to_num(values)
    fraction = np.clip(values / top, 0, 1)
    is_seen = (fraction >= CLEAR_BELOW) & (values >= look.threshold)
    alpha = np.where(is_seen, look.opacity * (WEAKEST + (1 - WEAKEST) * fraction), 0)
    colors = heat_colors(look.scale)[np.rint(fraction * 255).astype(np.intp)]
    return np.dstack([colors, np.rint(alpha * 255).astype(np.uint8)])


def paint_heatmap(painter: QPainter, heatmap: HeatMap, placement: Placement, look: HeatLook) -> None:
    """Paint the cells, their outlines and the box that the network saw."""
    rgba = np.ascontiguousarray(to_rgba(heatmap, look))
    rows, cols = rgba.shape[:2]
    cells = QImage(rgba.data, cols, rows, cols * 4, QImage.Format.Format_RGBA8888)
    painter.save()
    painter.setTransform(grid_to_image(heatmap) * placement.to_screen, True)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(QRectF(0, 0, cols, rows), cells)
    _paint_grid(painter, rows, cols)
    painter.restore()
    _paint_seen_box(painter, heatmap, placement)


def caption(heatmap: HeatMap, finding: str) -> str:
    """Name what is painted: finding, method and the map's own resolution."""
    rows, cols = heatmap.values.shape
    named = [
        finding,
        heatmap.method * (heatmap.method not in finding),
        tr("map resolution {rows}×{cols}").format(rows=rows, cols=cols),
    ]
    return " · ".join(part for part in named if part)


def _paint_grid(painter: QPainter, rows: int, cols: int) -> None:
    """Outline every cell, light beside dark so that the lines show on any film."""
    lines = [QLineF(col, 0, col, rows) for col in range(cols + 1)]
    lines += [QLineF(0, row, cols, row) for row in range(rows + 1)]
    for pen in (_hairline(theme.GROUND, 0.3, width=2.0), _hairline(theme.TEXT, 0.4)):
        painter.setPen(pen)
        painter.drawLines(lines)


def _paint_seen_box(painter: QPainter, heatmap: HeatMap, placement: Placement) -> None:
    row0, col0, row1, col1 = heatmap.seen_box
    painter.save()
    painter.setTransform(placement.to_screen, True)
    pen = _hairline(theme.ACCENT, 0.9)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRect(QRectF(col0, row0, col1 - col0, row1 - row0))
    painter.restore()


def _hairline(token: str, alpha: float, *, width: float = 1.0) -> QPen:
    pen = QPen(theme.color(token, alpha=alpha), width)
    pen.setCosmetic(True)
    return pen
