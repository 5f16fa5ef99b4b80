"""How often each value occurs in a region, as bars with their range and the mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from medmm.imaging.roi_statistics import Histogram
from ui import theme

HEIGHT, LEAST_HEIGHT, GAP = 64, 48, 4.0


class HistogramView(QWidget):
    """Paints one histogram; nothing where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self._mean, self._texts = 0.0, ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_histogram(self, histogram: Histogram, *, mean: float, texts: tuple[str, str, str]) -> None:
        """Show how values are spread; texts: the smallest value, the mean and the largest one, as they are written."""
        self._histogram, self._mean, self._texts = histogram, mean, texts
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, theme.scaled(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.scaled(LEAST_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._histogram is None:
            return
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SIZE_CORNER))
        foot = QFontMetricsF(painter.font()).height() + GAP
        area = QRectF(self.rect()).adjusted(0, GAP, 0, -foot)
        self._paint_bars(painter, self._histogram, area)
        self._paint_foot(painter, QRectF(0, area.bottom() + GAP, self.width(), foot - GAP))
        painter.end()

    def _paint_bars(self, painter: QPainter, histogram: Histogram, area: QRectF) -> None:
        counts = histogram.counts
        wide, most = area.width() / len(counts), max(int(counts.max()), 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(theme.ACCENT, alpha=0.75))
        for number, count in enumerate(counts):
            # Even a single pixel among thousands is seen.
            high = max(area.height() * int(count) / most, 1.0) if count else 0.0
            painter.drawRect(QRectF(area.left() + number * wide, area.bottom() - high, max(wide - 0.5, 0.5), high))
        painter.setPen(QPen(theme.color(theme.CONTROL_LINE), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        low, high_edge = float(histogram.edges[0]), float(histogram.edges[-1])
        at = area.left() + area.width() * (self._mean - low) / (high_edge - low)
        painter.setPen(QPen(theme.color(theme.TEXT), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))

    def _paint_foot(self, painter: QPainter, foot: QRectF) -> None:
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        painter.setPen(theme.color(theme.TEXT_2))
        for side, text in zip(sides, self._texts, strict=True):
            painter.drawText(foot, side | Qt.AlignmentFlag.AlignVCenter, text)
