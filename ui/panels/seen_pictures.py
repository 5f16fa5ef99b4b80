"""The stored image with the box that the network saw, beside the very pixels that it got."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from medmm.core.network_input import NetworkImage
from ui import theme
from ui.language import tr
from ui.viewer.outlined_text import elide

GAP, CAPTION = 16.0, 8.0


@dataclass(frozen=True)
class StoredPicture:
    """A stored image, perhaps drawn smaller. rows, cols: of the stored image, which the box is told in."""

    picture: QImage
    rows: int
    cols: int


class SeenPictures(QWidget):
    """Paints both at the same height, the network's without smoothing: each of its pixels is a square."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: NetworkImage | None = None
        self._stored: StoredPicture | None = None
        self._captions, self._hint = ("", ""), ""
        self._slice = 0
        self.setToolTip(tr("Left the image as it is stored, right what the network got of it"))

    def show_image(
        self, image: NetworkImage | None, stored: StoredPicture | None, captions: tuple[str, str], *, hint: str
    ) -> None:
        """Show an image; stored: None where it is not in memory, which `hint` then says in its place."""
        self._image, self._stored, self._captions, self._hint = image, stored, captions, hint
        self.setAccessibleName(". ".join(captions).replace("\n", ", "))
        self.update()

    def show_slice(self, index: int) -> None:
        """Choose the slice of a volume that is shown of what the network got."""
        self._slice = index
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(640), theme.scaled(360))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(320), theme.scaled(180))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        with theme.image_colors():
            painter.fillRect(self.rect(), theme.color(theme.GROUND))
            if self._image is not None:
                self._paint(painter, self._image)
        painter.end()

    def _paint(self, painter: QPainter, image: NetworkImage) -> None:
        painter.setFont(theme.font(theme.SIZE_SECOND))
        foot = 2 * QFontMetricsF(painter.font()).lineSpacing() + 2 * CAPTION
        width = (self.width() - 3 * GAP) / 2
        # No taller than wide: films are nearly square, and the captions stay close to them.
        room = QRectF(GAP, GAP, width, min(self.height() - GAP - foot, 1.2 * width))
        other = room.translated(width + GAP, 0)
        if self._stored is None:
            painter.setPen(theme.color(theme.TEXT_2))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
        else:
            self._paint_stored(painter, room, self._stored, image)
        pixels = image.pixels if image.pixels.ndim == 2 else image.pixels[min(self._slice, len(image.pixels) - 1)]
        self._paint_tensor(painter, other, pixels, image)
        painter.setPen(theme.color(theme.TEXT_2))
        for area, text in zip((room, other), self._captions, strict=True):
            line = QRectF(area.left(), area.bottom() + CAPTION, width, foot)
            lines = "\n".join(elide(painter, one, width) for one in text.split("\n"))
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, lines)

    def _paint_stored(self, painter: QPainter, room: QRectF, stored: StoredPicture, image: NetworkImage) -> None:
        area = fitted(room, stored.cols, stored.rows)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(area, stored.picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        box = box_on(area, image.seen_box, rows=stored.rows, cols=stored.cols)
        for token, style in ((theme.GROUND, Qt.PenStyle.SolidLine), (theme.ACCENT, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(theme.color(token), 1.5, style))
            painter.drawRect(box)

    def _paint_tensor(self, painter: QPainter, room: QRectF, pixels: np.ndarray, image: NetworkImage) -> None:
        rows, cols = pixels.shape
        low, high = float(image.pixels.min()), float(image.pixels.max())
        grey = np.ascontiguousarray(np.rint((pixels - low) * (255 / ((high - low) or 1.0))).astype(np.uint8))
        picture = QImage(grey.tobytes(), cols, rows, cols, QImage.Format.Format_Grayscale8)
        area = fitted(room, cols, rows)
        painter.drawImage(area, picture)
        painter.setPen(QPen(theme.color(theme.LINE), 1))
        painter.drawRect(area)


def fitted(room: QRectF, width: float, height: float) -> QRectF:
    """Give the largest place of a picture in a room, in its middle, its aspect kept."""
    scale = min(room.width() / width, room.height() / height)
    area = QRectF(0, 0, width * scale, height * scale)
    area.moveCenter(room.center())
    return area


def box_on(area: QRectF, box: tuple[float, float, float, float], *, rows: int, cols: int) -> QRectF:
    """Give where a box (row0, col0, row1, col1) of a stored image lies on its picture."""
    row0, col0, row1, col1 = box
    x, y = area.width() / cols, area.height() / rows
    return QRectF(area.left() + col0 * x, area.top() + row0 * y, (col1 - col0) * x, (row1 - row0) * y)
