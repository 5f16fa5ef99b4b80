"""Rows of two lines in a list, high enough for Chinese as well."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui import theme

# A line of Chinese glyphs is higher than Qt reckons from the font of the interface.
HEIGHT = 52


class TwoLines(QStyledItemDelegate):
    """Leaves everything but the height to Qt; a line that is too long ends in an ellipsis."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.scaled(HEIGHT))
