"""A label that ends in an ellipsis when there is no room, and tells the rest in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui import theme
from ui.panels.plain_label import plain_tip


class ElidedLabel(QWidget):
    """One line of plain text. Text from patient data never becomes markup here."""

    def __init__(
        self, parent: QWidget | None = None, *, token: str = theme.TEXT, pixels: int = theme.SIZE_BODY
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._token = token
        self._pixels = pixels
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The whole text, shortened or not."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def set_token(self, token: str) -> None:
        """Show the text in another colour of the theme."""
        self._token = token
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(24, self._metrics().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self._metrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self._text else plain_tip(self._text))
        painter.setFont(theme.font(self._pixels))
        painter.setPen(theme.color(self._token))
        painter.drawText(QRect(self.rect()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _metrics(self) -> QFontMetrics:
        # Anew each time: the text size may have changed.
        return QFontMetrics(theme.font(self._pixels))
