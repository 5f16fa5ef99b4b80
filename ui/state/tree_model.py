"""A tree of rows as a Qt model that is narrowed as one types; made for tens of thousands of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.language import tr

NO_PARENT = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex
OUTSIDE = -1


class TreeModel(QAbstractItemModel):
    """Shows the rows that hold all words looked for, with what lies around them and what those hold.

    A row is a place in a flat list whose parents come first; an index carries that place, so that nothing is searched.
    Subclasses say what the cells of a place are.
    """

    TITLES: tuple[str, ...] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parents: Sequence[int] = ()
        self._texts: Sequence[str] = ()
        self._children: dict[int, list[int]] = {}
        self._row_of: dict[int, int] = {}
        self._words: tuple[str, ...] = ()

    @property
    def n_shown(self) -> int:
        """Count the rows that are shown."""
        return len(self._row_of)

    @property
    def n_rows(self) -> int:
        """Count all rows."""
        return len(self._parents)

    @property
    def is_filtered(self) -> bool:
        """Tell whether rows may be left out."""
        return bool(self._words)

    def look_for(self, text: str) -> None:
        """Show the rows that hold every word."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self.refresh()

    def set_rows(self, parents: Sequence[int], texts: Sequence[str]) -> None:
        """Take other rows: the place of each one's parent, OUTSIDE for none, and the folded text it is found by."""
        self._parents, self._texts = parents, texts
        self.refresh()

    def refresh(self) -> None:
        """Work out anew which rows are shown."""
        self.beginResetModel()
        self._children, self._row_of = {}, {}
        for place in self._shown():
            siblings = self._children.setdefault(self._parents[place], [])
            self._row_of[place] = len(siblings)
            siblings.append(place)
        self.endResetModel()

    def place_at(self, index: AnyIndex) -> int:
        """Give the place of an index, OUTSIDE for an invalid one."""
        return int(index.internalId()) if index.isValid() else OUTSIDE

    def index_of(self, place: int) -> QModelIndex:
        """Give the index of a place; an invalid one where it is not shown."""
        row = self._row_of.get(place)
        return QModelIndex() if row is None else self.createIndex(row, 0, place)

    def shown_places(self) -> tuple[int, ...]:
        """Give the places that are shown, in order."""
        return tuple(self._row_of)

    def cells_of(self, place: int) -> tuple[str, ...]:
        """Write the cells of a place, one text a column."""
        raise NotImplementedError

    def fits(self, place: int) -> bool:
        """Tell whether a place is looked for."""
        text = self._texts[place]
        return all(word in text for word in self._words)

    @override
    def index(self, row: int, column: int, parent: AnyIndex = NO_PARENT) -> QModelIndex:
        children = self._children.get(self.place_at(parent), [])
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    @override
    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]  # QObject has a parent() of its own
        place = self.place_at(index)
        return QModelIndex() if place == OUTSIDE else self.index_of(self._parents[place])

    @override
    def rowCount(self, parent: AnyIndex = NO_PARENT) -> int:
        if parent.isValid() and parent.column() != 0:
            return 0
        return len(self._children.get(self.place_at(parent), ()))

    @override
    def columnCount(self, parent: AnyIndex = NO_PARENT) -> int:
        return len(self.TITLES)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        return self.cells_of(self.place_at(index))[index.column()]

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        is_title = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return tr(self.TITLES[section]) if is_title else None

    def _shown(self) -> list[int]:
        if not self.is_filtered:
            return list(range(self.n_rows))
        chosen: set[int] = set()
        is_whole = [False] * self.n_rows
        for place, parent in enumerate(self._parents):
            # What was looked for is shown with all that it holds.
            is_whole[place] = self.fits(place) or (parent != OUTSIDE and is_whole[parent])
            around = place if is_whole[place] else OUTSIDE
            while around != OUTSIDE and around not in chosen:
                chosen.add(around)
                around = self._parents[around]
        return sorted(chosen)
