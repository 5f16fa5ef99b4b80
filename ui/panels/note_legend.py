"""What the tints of the note mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui import theme

HEIGHT = 32
BAR_HEIGHT = 8


class NoteLegend(QWidget):
    """A bar from the strongest lowering to the strongest raising weight, in logits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._scale = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def show_scale(self, title: str, scale: float) -> None:
        """Name the finding and the weight at the ends; nothing is shown at scale 0."""
        self._title, self._scale = title, scale
        self.setVisible(scale > 0)
        self.setAccessibleName(f"Tints: weight of each word for {title}, up to {scale:.2f} logits")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        small = theme.font(theme.SIZE_CORNER)
        painter.setFont(small)
        line = QFontMetrics(small).height()
        bar = QRectF(0, line + 5, self.width(), BAR_HEIGHT)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        gradient.setColorAt(0.0, theme.color(theme.NEGATIVE))
        gradient.setColorAt(0.5, theme.color(theme.PANEL))
        gradient.setColorAt(1.0, theme.color(theme.POSITIVE))
        painter.fillRect(bar, gradient)
        painter.setPen(theme.color(theme.TEXT_2))
        words = QRectF(0, 0, self.width(), line + 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, f"lowers −{self._scale:.2f}")
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, self._title)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight, f"+{self._scale:.2f} logits, raises")
