"""The key images of the patient shown; choosing one shows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from ui import theme
from ui.language import tr
from ui.panels.empty_hint import paint_empty_hint
from ui.panels.two_lines import TwoLines
from ui.state.key_rows import STAR, KeyRow


class KeyImageList(QListWidget):
    """A click or Enter goes to a slice."""

    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[KeyRow, ...] = ()
        self.setAccessibleName(tr("Key images of this patient"))
        self.setToolTip(tr("Click a key image, or press Enter, to see it"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(TwoLines(self))
        theme.dress(self, "QListWidget::item { padding: 4px 8px; }")
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)

    @property
    def rows(self) -> tuple[KeyRow, ...]:
        """The slices listed."""
        return self._rows

    def show_rows(self, rows: Sequence[KeyRow]) -> None:
        """List other slices."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.clear()
        for row in self._rows:
            item = QListWidgetItem(f"{STAR} {row.title}\n{row.line}")
            if row.place is None:
                item.setForeground(theme.color(theme.TEXT_2))
            self.addItem(item)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_empty_hint(self, tr("No key image. K marks the slice shown."))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        place = self._rows[self.row(item)].place
        if place is not None:
            self.place_wanted.emit(place)
