"""The rows of a DICOM header as a Qt model: a tree that is filtered as one types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from medmm.imaging.header_rows import OUTSIDE, HeaderRow, HeaderTable, row_path
from ui.language import tr
from ui.viewer.outlined_text import plain

NO_PARENT = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex
TAG, NAME, VR, N_VALUES, VALUE = range(5)
TITLES = ("Tag", "Name", "VR", "VM", "Value")


class HeaderModel(QAbstractItemModel):
    """Shows the rows that hold all words looked for, with the sequences around them and what those hold.

    An index carries the row's place in the table, so that a parent is found without searching.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HeaderRow, ...] = ()
        self._texts: list[str] = []
        self._children: dict[int, list[int]] = {}
        self._row_of: dict[int, int] = {}
        self._words: tuple[str, ...] = ()
        self._is_private_only = False

    @property
    def n_shown(self) -> int:
        """Count the rows that are shown."""
        return len(self._row_of)

    @property
    def n_rows(self) -> int:
        """Count all rows."""
        return len(self._rows)

    @property
    def is_filtered(self) -> bool:
        """Tell whether rows may be left out."""
        return bool(self._words) or self._is_private_only

    def show_table(self, table: HeaderTable | None) -> None:
        """Take another file's rows; the filter stays."""
        self._rows = table.rows if table else ()
        self._texts = [_searched(row) for row in self._rows]
        self._refresh()

    def look_for(self, text: str) -> None:
        """Show the rows that hold every word: of tag, keyword, name, creator or value."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._refresh()

    def set_private_only(self, is_on: bool) -> None:
        """Show private elements alone, or all."""
        if is_on != self._is_private_only:
            self._is_private_only = is_on
            self._refresh()

    def row_at(self, index: AnyIndex) -> HeaderRow | None:
        """Give the row of an index."""
        return self._rows[index.internalId()] if index.isValid() else None

    def path_at(self, index: AnyIndex) -> str:
        """Write where the row of an index lies, through all sequences."""
        return row_path(self._rows, index.internalId()) if index.isValid() else ""

    def index_at(self, path: str) -> QModelIndex:
        """Find a row that is shown by its path; an invalid index where there is none."""
        depth = path.count("[") * 2
        found = (place for place in self._row_of if self._rows[place].depth == depth)
        place = next((place for place in found if row_path(self._rows, place) == path), None)
        return QModelIndex() if place is None else self.createIndex(self._row_of[place], TAG, place)

    @override
    def index(self, row: int, column: int, parent: AnyIndex = NO_PARENT) -> QModelIndex:
        children = self._children.get(parent.internalId() if parent.isValid() else OUTSIDE, [])
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    @override
    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]  # QObject has a parent() of its own
        place = self._rows[index.internalId()].parent if index.isValid() else OUTSIDE
        return QModelIndex() if place == OUTSIDE else self.createIndex(self._row_of[place], 0, place)

    @override
    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        if parent.isValid() and parent.column() != TAG:
            return 0
        return len(self._children.get(parent.internalId() if parent.isValid() else OUTSIDE, ()))

    @override
    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return len(TITLES)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        return cells(row)[index.column()]

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        is_title = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return tr(TITLES[section]) if is_title else None

    def _refresh(self) -> None:
        self.beginResetModel()
        self._children, self._row_of = {}, {}
        for place in self._shown():
            siblings = self._children.setdefault(self._rows[place].parent, [])
            self._row_of[place] = len(siblings)
            siblings.append(place)
        self.endResetModel()

    def _shown(self) -> list[int]:
        if not self.is_filtered:
            return list(range(len(self._rows)))
        chosen: set[int] = set()
        is_whole = [False] * len(self._rows)
        for place, row in enumerate(self._rows):
            is_hit = self._fits(place, row)
            # A sequence that was looked for is shown with all that it holds.
            is_whole[place] = is_hit or (row.parent != OUTSIDE and is_whole[row.parent])
            if is_whole[place]:
                around = place
                while around != OUTSIDE and around not in chosen:
                    chosen.add(around)
                    around = self._rows[around].parent
        return sorted(chosen)

    def _fits(self, place: int, row: HeaderRow) -> bool:
        if self._is_private_only and not row.is_private:
            return False
        text = self._texts[place]
        return all(word in text for word in self._words)


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
