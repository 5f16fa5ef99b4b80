"""The curves of a training run: loss and validation AUROC by epoch, drawn with QPainter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from medmm.workflow.training_log import EpochPoint
from ui import theme
from ui.language import tr

LEFT, TOP, BOTTOM, GAP = 48, 28, 24, 32
DOT = 2.5
# A figure of each epoch with its member, None where there is none.
Values = Sequence[tuple[int, float | None]]


class TrainingCurves(QWidget):
    """Two fields side by side, their lines one a member; an empty one says what will be there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[EpochPoint] = ()
        self.setAccessibleName(tr("Curves of the training"))
        self.setToolTip(tr("Loss on the training part and mean AUROC on the validation part after each epoch"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.scaled(180))

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(720), theme.scaled(220))

    def show_points(self, points: Sequence[EpochPoint]) -> None:
        """Draw other epochs."""
        if points != self._points:
            self._points = points
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SIZE_SECOND))
        if not self._points:
            painter.setPen(theme.color(theme.TEXT_2))
            words = tr("The curves of loss and validation AUROC appear after the first epoch.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        width = (self.width() - GAP) / 2
        losses = [(p.member, p.loss) for p in self._points]
        figures = [(p.member, p.auroc) for p in self._points]
        top = max((value for _, value in losses), default=1.0)
        _paint_field(painter, QRectF(0, 0, width, self.height()), tr("Loss"), losses, (0.0, max(top * 1.05, 1e-6)))
        field = QRectF(width + GAP, 0, width, self.height())
        _paint_field(painter, field, tr("Validation AUROC"), figures, _auroc_range(figures))


def _auroc_range(values: Sequence[tuple[int, float | None]]) -> tuple[float, float]:
    known = [value for _, value in values if value is not None]
    return (min([0.5, *known]), 1.0)


def _paint_field(painter: QPainter, field: QRectF, title: str, values: Values, limits: tuple[float, float]) -> None:
    area = field.adjusted(LEFT, TOP, -8, -BOTTOM)
    low, high = limits
    painter.setPen(theme.color(theme.TEXT))
    last = next((value for _, value in reversed(values) if value is not None), None)
    words = title if last is None else f"{title}   {last:.3f}"
    painter.drawText(QRectF(field.left(), 0, field.width(), TOP - 8), Qt.AlignmentFlag.AlignLeft, words)
    for part in (0.0, 0.5, 1.0):
        y = area.bottom() - part * area.height()
        painter.setPen(QPen(theme.color(theme.LINE), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(theme.color(theme.TEXT_2))
        place = QRectF(field.left(), y - 10, LEFT - 8, 20)
        text = f"{low + part * (high - low):.2f}"
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    members = sorted({member for member, _ in values})
    longest = max(sum(1 for owner, _ in values if owner == member) for member in members)
    words = tr("{n} epochs").format(n=longest)
    below = QRectF(area.left(), area.bottom() + 4, area.width(), BOTTOM - 4)
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words)
    for member in members:
        own = [value for owner, value in values if owner == member]
        is_last = member == members[-1]
        _paint_line(painter, area, own, limits, n_epochs=longest, token=theme.ACCENT if is_last else theme.TEXT_2)


def _paint_line(
    painter: QPainter,
    area: QRectF,
    values: Sequence[float | None],
    limits: tuple[float, float],
    *,
    n_epochs: int,
    token: str,
) -> None:
    low, high = limits
    dots = [
        QPointF(
            area.left() + (place + 0.5) / max(n_epochs, 1) * area.width(),
            area.bottom() - (value - low) / (high - low) * area.height(),
        )
        for place, value in enumerate(values)
        if value is not None
    ]
    painter.setPen(QPen(theme.color(token), 1.5))
    painter.drawPolyline(QPolygonF(dots))
    painter.setBrush(theme.color(token))
    for dot in dots:
        painter.drawEllipse(dot, DOT, DOT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
