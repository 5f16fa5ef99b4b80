"""Lines of text on a dark ground beside what they are about, inside the view and clear of each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from ui import theme
from ui.viewer.outlined_text import plain

GAP, PADDING, RADIUS, MARGIN = 10.0, 4.0, 3.0, 4.0
LEADING = 1.2


class LabelPlaces:
    """Finds room for one label after the other in a view."""

    def __init__(self, rect: QRectF) -> None:
        self._area = rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._taken: list[QRectF] = []
        self._avoided: list[QRectF] = []

    def avoid(self, reach: QRectF) -> None:
        """Leave a part of the view clear as long as there is room elsewhere."""
        self._avoided.append(reach)

    def take(self, beside: QRectF, size: QSizeF) -> QRectF:
        """Give the first of right, left, below and above that covers nothing, else that covers no label, else right."""
        width, height = size.width(), size.height()
        middle, across = beside.center().y() - height / 2, beside.center().x() - width / 2
        offered = (
            QPointF(beside.right() + GAP, middle),
            QPointF(beside.left() - GAP - width, middle),
            QPointF(across, beside.bottom() + GAP),
            QPointF(across, beside.top() - GAP - height),
        )
        boxes = [_inside(QRectF(corner, size), self._area) for corner in offered]
        # Pushed back into the view, a label may lie on what it is about.
        seen = [box for box in boxes if not box.intersects(beside) and not any(map(box.intersects, self._taken))]
        clear = (box for box in seen if not any(map(box.intersects, self._avoided)))
        chosen = next(clear, None) or next(iter(seen), boxes[0])
        self._taken.append(chosen)
        return chosen


def paint_label(
    painter: QPainter, lines: Sequence[str], beside: QRectF, *, color: QColor, places: LabelPlaces, is_dim: bool = False
) -> None:
    """Paint lines of text beside a part of the view, the first line in colour; is_dim: their numbers may change yet."""
    painter.setFont(theme.font(theme.SIZE_SECOND))
    metrics = QFontMetricsF(painter.font())
    texts = [plain(line) for line in lines]
    step = metrics.height() * LEADING
    width = max(metrics.horizontalAdvance(text) for text in texts) + 2 * PADDING
    box = places.take(beside, QSizeF(width, len(texts) * step + 2 * PADDING))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("#000000", alpha=0.68))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    baseline = box.top() + PADDING + metrics.ascent() + (step - metrics.height()) / 2
    for number, text in enumerate(texts):
        painter.setPen(color if number == 0 else theme.color(theme.TEXT_2 if is_dim else theme.TEXT))
        painter.drawText(QPointF(round(box.left() + PADDING), round(baseline + number * step)), text)
    painter.restore()


def _inside(box: QRectF, area: QRectF) -> QRectF:
    left = min(max(box.left(), area.left()), max(area.right() - box.width(), area.left()))
    top = min(max(box.top(), area.top()), max(area.bottom() - box.height(), area.top()))
    return QRectF(left, top, box.width(), box.height())
