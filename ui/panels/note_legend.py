"""What the marks of the note mean: the tints of a finding, and the dots under what is denied."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.language import tr

BAR_WIDTH, BAR_HEIGHT = 72, 8
GAP = 8
SAMPLE = 20


class NoteLegend(QWidget):
    """One line: a bar from the strongest lowering to the strongest raising weight, and the mark of negation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_scale("", 0.0)

    def show_scale(self, title: str, scale: float) -> None:
        """Name the finding and the weight at the ends; at scale 0 the bar is left out."""
        self._scale = scale
        words = [tr("Dotted: negated, the cue and what it denies")]
        if scale > 0:
            tints = tr("Tints: weight of each word for {finding}, up to {scale} logits")
            words.insert(0, tints.format(finding=title, scale=f"{scale:.2f}"))
        self.setAccessibleName(". ".join(words))
        self.setToolTip("\n".join(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(3 * BAR_WIDTH, QFontMetrics(theme.font(theme.SIZE_CORNER)).height() + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SIZE_CORNER))
        self._paint_negated(painter)
        if self._scale > 0:
            self._paint_scale(painter)

    def _paint_scale(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        low, high = f"−{self._scale:.2f}", tr("+{scale} logits").format(scale=f"{self._scale:.2f}")
        left = metrics.horizontalAdvance(low) + GAP / 2
        bar = QRectF(left, (self.height() - BAR_HEIGHT) / 2, BAR_WIDTH, BAR_HEIGHT)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        gradient.setColorAt(0.0, theme.color(theme.NEGATIVE))
        gradient.setColorAt(0.5, theme.color(theme.PANEL))
        gradient.setColorAt(1.0, theme.color(theme.POSITIVE))
        painter.fillRect(bar, gradient)
        painter.setPen(theme.color(theme.TEXT_2))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, left, self.height()), middle, low)
        painter.drawText(QRectF(bar.right() + GAP / 2, 0, self.width(), self.height()), middle, high)

    def _paint_negated(self, painter: QPainter) -> None:
        words = tr("negated")
        left = self.width() - painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(QPen(theme.color(theme.TEXT_2), 1.5, Qt.PenStyle.DotLine))
        base = round(0.75 * self.height())
        painter.drawLine(left - GAP - SAMPLE, base, left - GAP, base)
        painter.setPen(theme.color(theme.TEXT_2))
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
