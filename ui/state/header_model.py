"""The rows of a DICOM header as a tree that is narrowed as one types."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject
from typing_extensions import override

from medmm.imaging.header_rows import HeaderRow, HeaderTable, row_path
from ui.language import mark, tr
from ui.state.tree_model import AnyIndex, TreeModel
from ui.viewer.outlined_text import plain

TAG, NAME, VR, N_VALUES, VALUE = range(5)


class HeaderModel(TreeModel):
    """Looks for words in tag, keyword, name, creator and value."""

    TITLES = (mark("Tag"), mark("Name"), mark("VR"), mark("VM"), mark("Value"))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HeaderRow, ...] = ()
        self._is_private_only = False

    @property
    @override
    def is_filtered(self) -> bool:
        return super().is_filtered or self._is_private_only

    def show_table(self, table: HeaderTable | None) -> None:
        """Take another file's rows; the filter stays."""
        self._rows = table.rows if table else ()
        self.set_rows([row.parent for row in self._rows], [_searched(row) for row in self._rows])

    def set_private_only(self, is_on: bool) -> None:
        """Show private elements alone, or all."""
        if is_on != self._is_private_only:
            self._is_private_only = is_on
            self.refresh()

    def row_at(self, index: AnyIndex) -> HeaderRow | None:
        """Give the row of an index."""
        return self._rows[self.place_at(index)] if index.isValid() else None

    def path_at(self, index: AnyIndex) -> str:
        """Write where the row of an index lies, through all sequences."""
        return row_path(self._rows, self.place_at(index))

    def index_at(self, path: str) -> QModelIndex:
        """Find a row that is shown by its path; an invalid index where there is none."""
        depth = path.count("[") * 2
        found = (place for place in self.shown_places() if self._rows[place].depth == depth)
        place = next((place for place in found if row_path(self._rows, place) == path), None)
        return QModelIndex() if place is None else self.index_of(place)

    @override
    def cells_of(self, place: int) -> tuple[str, ...]:
        return cells(self._rows[place])

    @override
    def fits(self, place: int) -> bool:
        return (self._rows[place].is_private or not self._is_private_only) and super().fits(place)


def cells(row: HeaderRow) -> tuple[str, str, str, str, str]:
    """Write a row for the eye: one line a cell, control characters as spaces."""
    if row.is_item:
        return tr("Item {n}").format(n=row.name.removeprefix("Item ")), "", "", "", plain(row.value)
    name = row.name or (tr("Private element") if row.is_private else tr("Unknown element"))
    owner = f"  [{plain(row.creator)}]" if row.creator else ""
    return row.tag_text, f"{name}{owner}", row.vr, f"{row.n_values}", plain(row.value)


def _searched(row: HeaderRow) -> str:
    if row.is_item:
        return ""
    return f"{row.tag_text} {row.tag:08X} {row.keyword} {row.name} {row.creator} {row.value}".casefold()
