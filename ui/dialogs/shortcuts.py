"""Every key on one page, as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.close_box import close_box
from ui.dialogs.size import open_in_size
from ui.key_table import Changes, key_rows, native, shown_keys
from ui.language import mark, tr

MOUSE = (
    (mark("Left drag"), mark("The tool chosen in the toolbar; Ctrl is faster, Shift finer")),
    (mark("Middle drag"), mark("Move the image")),
    (mark("Right drag"), mark("Magnify the image")),
    (mark("Right click"), mark("Choose a window")),
    (mark("Mouse wheel"), mark("Go through the slices; with Ctrl, magnify at the pointer")),
    (mark("Double click"), mark("One viewport alone, or all again")),
)


class ShortcutsDialog(QDialog):
    """Built from the table of keys, so it cannot forget one."""

    def __init__(self, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        open_in_size(self, 560, 620)
        table = _table(shortcut_rows(changes), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(table, 1)
        column.addWidget(close_box(self))


def shortcut_rows(changes: Changes) -> list[tuple[str, str]]:
    """Give (keys, what they do) for the mouse, the image and every action that has a key."""
    shown = shown_keys(changes)
    mouse = [(tr(gesture), tr(text)) for gesture, text in MOUSE]
    return mouse + [(native(shown[row.name]), tr(row.text)) for row in key_rows() if shown[row.name]]


def _table(rows: Sequence[tuple[str, str]], parent: QWidget) -> QTableWidget:
    table = QTableWidget(len(rows), 2, parent)
    table.setHorizontalHeaderLabels([tr("Key"), tr("What it does")])
    table.setAccessibleName(tr("Keys"))
    table.setToolTip(tr("Keys are changed in the settings"))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.setItem(row, column, QTableWidgetItem(text))
    return table
