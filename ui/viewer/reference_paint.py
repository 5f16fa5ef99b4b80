"""Paints where the slice of the active viewport crosses the image shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from medmm.imaging.reference_lines import Line
from ui import theme
from ui.viewer.placement import Placement

WIDTH = 1.5


def paint_reference_line(painter: QPainter, line: Line, placement: Placement) -> None:
    """Paint a line over a dark edge, so that it is seen on bone and on air."""
    # Pixel centres at whole numbers there, pixel edges here.
    start, end = (placement.to_screen.map(QPointF(col + 0.5, row + 0.5)) for row, col in (line.start, line.end))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in ((theme.color("#000000", alpha=0.6), WIDTH + 2), (theme.color(theme.ACCENT), WIDTH)):
        pen = QPen(color, width, Qt.PenStyle.DashLine)
        pen.setDashPattern([8 / width, 4 / width])
        painter.setPen(pen)
        painter.drawLine(start, end)
    painter.restore()
