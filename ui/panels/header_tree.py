"""The elements of a DICOM header as a tree that keeps the row looked at while files and filters change."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget
from typing_extensions import override

from medmm.imaging.header_rows import HeaderRow
from ui import theme
from ui.language import tr
from ui.panels.empty_hint import paint_empty_hint
from ui.state.header_model import N_VALUES, NAME, TAG, VR, HeaderModel

# Opening every sequence of more rows than this takes longer than a key stroke may.
MOST_EXPANDED = 4000
WIDTHS = {TAG: 200, NAME: 280, VR: 44, N_VALUES: 44}
INDENT = 12


class HeaderTree(QTreeView):
    """Shows a header model; text is drawn plainly, nothing of it is a tooltip."""

    def __init__(self, model: HeaderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kept_path = ""
        self._hint = ""
        self.setModel(model)
        self.setUniformRowHeights(True)
        theme.dress(self, "QTreeView::item { padding: 3px 4px; }")
        self.setIndentation(INDENT)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(tr("Elements of the file"))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, theme.scaled(width))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        model.modelReset.connect(self._on_reset)

    @property
    def current(self) -> HeaderRow | None:
        """The row looked at."""
        return self._model.row_at(self.currentIndex())

    @property
    def current_path(self) -> str:
        """Where the row looked at lies, through all sequences."""
        return self._model.path_at(self.currentIndex())

    def set_hint(self, text: str) -> None:
        """Say what stands in place of the rows while there are none."""
        self._hint = text
        self.viewport().update()

    def copy_rows(self) -> None:
        """Put the rows chosen on the clipboard, a line each, with their whole values."""
        indexes = sorted(self.selectionModel().selectedRows(), key=QModelIndex.internalId)
        lines = [as_line(row) for index in indexes if (row := self._model.row_at(index)) is not None]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, self._hint)

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._kept_path = self._model.path_at(current)

    def _on_reset(self) -> None:
        if self._model.is_filtered and self._model.n_shown <= MOST_EXPANDED:
            self.expandAll()
        kept = self._model.index_at(self._kept_path)
        if kept.isValid():
            self.setCurrentIndex(kept)
            self.scrollTo(kept, QAbstractItemView.ScrollHint.PositionAtCenter)


def as_line(row: HeaderRow) -> str:
    """Write a row as one line of tab-separated text; line ends within the value stay visible."""
    value = row.value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", " ⏎ ")
    return "\t".join((row.tag_text, row.keyword or row.name, row.vr, f"{row.n_values}", value))


def as_paragraph(row: HeaderRow, path: str) -> str:
    """Write a row with everything known of it, its value as it stands."""
    names = [part for part in (row.name, row.keyword, f"[{row.creator}]" if row.creator else "") if part]
    place = [path] if path != row.tag_text else []
    return "\n".join([f"{row.tag_text}  {row.vr}  {'  '.join(names)}".replace("    ", "  "), *place, row.value])
