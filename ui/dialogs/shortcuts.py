"""Every key on one page."""

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

from ui.action_table import TABLE
from ui.dialogs.close_box import close_box

# What the mouse and single keys do on the image; not actions, because they are held or turned.
ON_IMAGE = (
    ("Space (hold)", "See the map of the selected finding"),
    ("Left drag", "The tool chosen in the toolbar; Ctrl is faster, Shift finer"),
    ("Middle drag", "Move the image"),
    ("Right drag", "Magnify the image"),
    ("Right click, 1 to 9", "Choose a window"),
    ("Mouse wheel", "Go through the slices; with Ctrl, magnify at the pointer"),
    ("Up, Down, Home, End", "Previous, next, first and last slice; with Shift ten at a time"),
    ("+, -", "Magnify, shrink"),
    ("Esc", "Back to how the image was first shown, unless a run is to be cancelled"),
)


class ShortcutsDialog(QDialog):
    """Built from the table of actions, so it cannot forget one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(560, 620)
        table = _table(key_rows(), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(table, 1)
        column.addWidget(close_box(self))


def key_rows() -> list[tuple[str, str]]:
    """Give (keys, what they do) for the image and for every action that has a key."""
    return [*ON_IMAGE, *((row.keys, row.tip) for row in TABLE if row.keys)]


def _table(rows: Sequence[tuple[str, str]], parent: QWidget) -> QTableWidget:
    table = QTableWidget(len(rows), 2, parent)
    table.setHorizontalHeaderLabels(["Key", "What it does"])
    table.setAccessibleName("Keys")
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
