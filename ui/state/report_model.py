"""A structured report as a tree of text that is narrowed as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from medmm.core.image_places import ImagePlace, Places, place_of_reference
from medmm.imaging.structured_report import ReportNode, StructuredReport
from ui import theme
from ui.language import mark, told, tr
from ui.state.reference_words import reference_words
from ui.state.tree_model import OUTSIDE, AnyIndex, TreeModel
from ui.viewer.outlined_text import plain

ITEM, VALUE, CODE, RELATION = range(4)
ITEM_WORD = mark("Item")
TYPE_WORDS = {
    "CONTAINER": mark("Section"),
    "IMAGE": mark("Image"),
    "COMPOSITE": mark("Object"),
    "WAVEFORM": mark("Waveform"),
    "SCOORD": mark("Region"),
    "SCOORD3D": mark("Region"),
    "TCOORD": mark("Time range"),
    "TEXT": mark("Text"),
}
# How an item belongs to the one above it (PS3.3 table C.17.3.2.4-1); another word stands as it is written.
RELATIONSHIPS = (
    mark("contains"),
    mark("has obs context"),
    mark("has acq context"),
    mark("has concept mod"),
    mark("has properties"),
    mark("inferred from"),
    mark("selected from"),
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A content item with what is written in its cells; image: the slice that it names, where that is open."""

    node: ReportNode
    cells: tuple[str, str, str, str]
    depth: int
    parent: int
    image: ImagePlace | None = None


class ReportModel(TreeModel):
    """Looks for words in concept, value, code and relation."""

    TITLES = (ITEM_WORD, mark("Value"), mark("Code"), mark("Relation"))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ReportRow] = []

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """All rows, whether shown or not."""
        return tuple(self._rows)

    def show_report(self, report: StructuredReport | None, places: Places) -> None:
        """Take another report; places: the slices that are open, which its items may name."""
        self._rows = []
        if report is not None:
            self._add(report.root, places, depth=0, parent=OUTSIDE)
        self.set_rows([row.parent for row in self._rows], [" ".join(row.cells).casefold() for row in self._rows])

    def row_at(self, index: AnyIndex) -> ReportRow | None:
        """Give the row of an index."""
        return self._rows[self.place_at(index)] if index.isValid() else None

    @override
    def cells_of(self, place: int) -> tuple[str, ...]:
        return self._rows[place].cells

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is not None and role == Qt.ItemDataRole.ForegroundRole:
            return _color(row, index.column())
        if row is not None and row.image is not None and role == Qt.ItemDataRole.ToolTipRole:
            return tr("Enter or a double click shows this image")
        if row is not None and role == Qt.ItemDataRole.FontRole and index.column() == ITEM:
            return theme.font(is_bold=row.node.value_type == "CONTAINER")
        return super().data(index, role)

    def _add(self, node: ReportNode, places: Places, *, depth: int, parent: int) -> None:
        at = len(self._rows)
        found = (place_of_reference(places, reference) for reference in node.references)
        image = next((place for place in found if place is not None), None)
        self._rows.append(ReportRow(node, _cells(node, places), depth, parent, image))
        for child in node.children:
            self._add(child, places, depth=depth + 1, parent=at)


def outline(rows: tuple[ReportRow, ...]) -> str:
    """Write a whole report as indented lines of text."""
    return "\n".join(_lines_of(row) for row in rows)


def _lines_of(row: ReportRow) -> str:
    item, value, code, _ = row.cells
    told = f"{item}: {value}" if value else item
    whole = f"{told} ({code})" if code else told
    return "\n".join(f"{'  ' * row.depth}{line}" for line in whole.split("\n"))


def _cells(node: ReportNode, places: Places) -> tuple[str, str, str, str]:
    item = plain(node.concept.text) or tr(TYPE_WORDS.get(node.value_type, ITEM_WORD))
    named = [reference_words(reference, places) for reference in node.references]
    parts = [_lines(told(node.value)), *dict.fromkeys(named), f"⚠ {told(node.trouble)}" if node.trouble else ""]
    value = "\n".join(part for part in parts if part)
    word = tr(node.relationship) if node.relationship in RELATIONSHIPS else node.relationship
    relation = f"{word}  {node.observed}".strip()
    return item, value, plain(node.code.key), plain(relation)


def _lines(text: str) -> str:
    # Line ends of a text item are its writer's; anything else that is no letter becomes a space.
    return "\n".join(plain(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _color(row: ReportRow, column: int) -> Any:
    if column == VALUE:
        if row.node.trouble:
            return theme.color(theme.WARNING)
        return theme.color(theme.ACCENT) if row.image is not None else None
    return theme.color(theme.TEXT_2) if column in (CODE, RELATION) else None
