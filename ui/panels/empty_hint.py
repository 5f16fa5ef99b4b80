"""What an empty list says instead of being blank."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

from ui import theme


def paint_empty_hint(view: QAbstractItemView, text: str) -> None:
    """Write a quiet sentence at the top of a list that has no rows; nothing otherwise."""
    model = view.model()
    if model is not None and model.rowCount() > 0:
        return
    painter = QPainter(view.viewport())
    painter.setFont(theme.font(theme.SIZE_SECOND))
    painter.setPen(theme.color(theme.TEXT_2))
    area = view.viewport().rect().adjusted(12, 12, -12, -12)
    painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, text)
