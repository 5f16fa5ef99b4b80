"""Draws one column of a tree with its lines wrapped, as high as its text needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QTreeView
from typing_extensions import override

from ui import theme
from ui.panels.plain_label import plain_tip

MARGIN = 4
# Padding of the style sheet and what the style keeps free besides.
SIDES = 2 * MARGIN + 8
# A page of text in one row is the most; the rest is in the copied text.
MOST_LINES = 60


class WrappedCells(QStyledItemDelegate):
    """For a tree whose rows differ in height; the column's width decides."""

    def __init__(self, tree: QTreeView, column: int) -> None:
        super().__init__(tree)
        self._tree, self._column = tree, column
        tree.setWordWrap(True)
        theme.dress(tree, f"QTreeView::item {{ padding: {MARGIN}px; }}")
        tree.header().sectionResized.connect(lambda: tree.scheduleDelayedItemsLayout())

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        if index.column() != self._column:
            # One line, cut at its end and not at the first word that would wrap.
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        # A word longer than its column, such as a UID, cannot be wrapped.
        text = str(index.data() or "")
        is_cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - SIDES
        if event.type() is not QEvent.Type.ToolTip or index.data(Qt.ItemDataRole.ToolTipRole) or not is_cut:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tip(text), view)
        return True

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        metrics = QFontMetrics(theme.font())
        height = metrics.lineSpacing() + 2 * MARGIN
        if index.column() == self._column:
            width = max(self._tree.columnWidth(self._column) - SIDES, 40)
            room = QRect(0, 0, width, MOST_LINES * metrics.lineSpacing())
            needed = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data() or ""))
            height = min(needed.height(), room.height()) + 2 * MARGIN
        return QSize(hint.width(), max(height, metrics.lineSpacing() + 2 * MARGIN))
